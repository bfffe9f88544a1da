-- Cases of one item or of one queue, at a body or in a region, newest first.
-- $1 body, $2 prefix of the region, $3 item, $4 queue, $5 stages, $6 before, $7 at most
-- Of each queue and stage only the newest, along an index: a rare item costs no more than a common one.
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from (
    select found.id
    from cases_queue q
    cross join unnest($5::text[]) as named(stage)
    cross join lateral (
        select n.id from cases_case n
        where n.queue = q.id and n.stage = named.stage and n.id < coalesce($6::bigint, 9223372036854775807)
        order by n.id desc limit $7::int
    ) found
    where (q.body = $1::text or q.region like $2::text || '%')
      and ($3::text is null or q.item = $3::text) and ($4::text is null or q.id = $4::text)
    order by found.id desc limit $7::int
) newest
join cases_case c on c.id = newest.id
order by c.id desc
