-- Cases of a body, or of all bodies of a region, newest first.
-- $1 body, $2 prefix of the region, $3 stages, $4 before, $5 at most
-- Of each body and stage only the newest, along an index: a rare stage costs no more than a common one.
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from (
    select found.id
    from (select distinct body from cases_queue where body = $1::text or region like $2::text || '%') b
    cross join unnest($3::text[]) as named(stage)
    cross join lateral (
        select n.id from cases_case n
        where n.body = b.body and n.stage = named.stage and n.id < coalesce($4::bigint, 9223372036854775807)
        order by n.id desc limit $5::int
    ) found
    order by found.id desc limit $5::int
) newest
join cases_case c on c.id = newest.id
order by c.id desc
