-- How it stands with each item: what came, what is open and under which light, what was decided.
-- $1 body, $2 prefix of the region, $3 today
select c.item, max(c.item_name),
       count(*) as received,
       count(*) filter (where c.open) as open,
       count(*) filter (where c.waits) as waiting,
       count(*) filter (where c.stage = 'awaiting-correction') as with_applicant,
       count(*) filter (where c.stage = 'special-procedure') as stopped,
       count(*) filter (where c.open and lit.day >= c.warn and lit.day <= c.due) as yellow,
       count(*) filter (where c.open and lit.day > c.due) as red,
       count(*) filter (where c.facts ->> 'granted' = 'true') as granted,
       count(*) filter (where c.facts ->> 'granted' = 'false') as refused,
       count(*) filter (where c.stage in ('not-accepted', 'withdrawn', 'terminated')) as ended_otherwise
from cases_case c
-- As `light_of` has it: a stopped case keeps the light of the day it was stopped.
cross join lateral (select least($3::date, (c.facts ->> 'stopped_since')::date) as day) lit
where c.body = $1::text or c.region like $2::text || '%'
group by c.item
order by count(*) filter (where c.open) desc, c.item
