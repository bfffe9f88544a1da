-- What lies open: in all, and by item, body, officer, step and what was said of its being late, each with its lights;
-- a step also by the day since when its cases stand there; and the first few, as they press and as they came. One
-- look at each open case.
-- $1 body, $2 prefix of the region, $3 one body of these, or null, $4 stages of open cases, $5 today, $6 soon by,
-- $7 how many of the first
with found as materialized (
    select c.id, c.received_at, c.item, c.body, c.taken_by, c.stage, c.due,
           case when lit.day > c.due then 'red' when lit.day >= c.warn then 'yellow' when lit.day < c.warn then 'green'
           end as light,
           c.stage <> 'special-procedure' and c.due between $5::date and $6::date as soon,
           (c.stands_since at time zone 'Asia/Shanghai')::date as since,
           case when c.waits then 'queue' when c.taken_by is not null then 'officer' else 'neither' end as place,
           -- As `lateness.standing` has it.
           case when c.lateness ->> 'answer_by' is not null and c.due is not null then 'ordered'
                when lit.day <= c.due then null
                when c.lateness ->> 'due' = c.due::text and $5::date <= (c.lateness ->> 'until')::date
                then c.lateness ->> 'cause' when lit.day > c.due then 'unexplained' end as said
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
),
-- Counted once as finely as anybody asks, so that the six ways of counting sum few rows and not all.
fine as materialized (
    select item, body, taken_by, stage, place, since, said, light, soon, count(*) as n
    from found group by 1, 2, 3, 4, 5, 6, 7, 8, 9
)
select case when grouping(item) = 0 then 'item' when grouping(body) = 0 then 'body'
            when grouping(taken_by) = 0 then 'officer' when grouping(stage) = 0 then 'step'
            when grouping(said) = 0 then 'said' else 'all' end,
       item, body, taken_by, stage, place, since, said,
       coalesce(sum(n), 0)::int as open,
       coalesce(sum(n) filter (where place = 'queue'), 0)::int as waiting,
       coalesce(sum(n) filter (where stage = 'awaiting-correction'), 0)::int as with_applicant,
       coalesce(sum(n) filter (where stage = 'special-procedure'), 0)::int as stopped,
       coalesce(sum(n) filter (where light = 'green'), 0)::int as green,
       coalesce(sum(n) filter (where light = 'yellow'), 0)::int as yellow,
       coalesce(sum(n) filter (where soon), 0)::int as soon,
       coalesce(sum(n) filter (where light = 'red'), 0)::int as red,
       array(select f.id from found f order by f.due nulls last, f.id limit $7::int) as pressing,
       array(select f.id from found f order by f.received_at, f.id limit $7::int) as oldest
from fine
group by grouping sets ((item), (body), (taken_by), (stage, place, since), (said), ())
