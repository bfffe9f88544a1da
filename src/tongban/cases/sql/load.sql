-- What lies open: in all, and by item, body, officer and step, each with its lights; a step also by the day since
-- when its cases stand there; and the first few, as they press and as they came. One look at each open case.
-- $1 body, $2 prefix of the region, $3 one body of these, or null, $4 stages of open cases, $5 today, $6 soon by,
-- $7 how many of the first
with found as materialized (
    select c.id, c.received_at, c.item, c.body, c.taken_by, c.stage, c.waits, c.due, lit.day > c.due as red,
           lit.day >= c.warn and lit.day <= c.due as yellow, lit.day < c.warn and lit.day <= c.due as green,
           (c.stands_since at time zone 'Asia/Shanghai')::date as since,
           case when c.waits then 'queue' when c.taken_by is not null then 'officer' else 'neither' end as place
    from (
        select distinct q.body from cases_queue q
        where (q.body = $1::text or q.region like $2::text || '%') and ($3::text is null or q.body = $3::text)
    ) b
    join cases_case c on c.body = b.body and c.stage = any($4::text[])
    -- As `light_of` has it: a stopped case keeps the light of the day it was stopped.
    cross join lateral (
        select case when c.stage = 'special-procedure' then least($5::date, (c.facts ->> 'stopped_since')::date)
                    else $5::date end as day
    ) lit
)
select case when grouping(item) = 0 then 'item' when grouping(body) = 0 then 'body'
            when grouping(taken_by) = 0 then 'officer' when grouping(stage) = 0 then 'step' else 'all' end,
       item, body, taken_by, stage, place, since,
       count(*) as open,
       count(*) filter (where waits) as waiting,
       count(*) filter (where stage = 'awaiting-correction') as with_applicant,
       count(*) filter (where stage = 'special-procedure') as stopped,
       count(*) filter (where green) as green,
       count(*) filter (where yellow) as yellow,
       count(*) filter (where due between $5::date and $6::date and stage <> 'special-procedure') as soon,
       count(*) filter (where red) as red,
       array(select f.id from found f order by f.due nulls last, f.id limit $7::int) as pressing,
       array(select f.id from found f order by f.received_at, f.id limit $7::int) as oldest
from found
group by grouping sets ((item), (body), (taken_by), (stage, place, since), ())
