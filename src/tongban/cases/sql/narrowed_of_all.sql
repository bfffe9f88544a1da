-- The same as `narrowed.sql` of all cases that ever were, by nothing but what an index holds.
-- $1 body, $2 prefix of the region, $3 one body of these, $4 one item, $5 stages, $6 granted or refused,
-- $7 whether the newest come first, $8 behind this key, $9 at most
with found as materialized (
    select c.id, case when $7::boolean then -c.id else c.id end as key
    from cases_queue q
    join cases_case c on c.queue = q.id
    where (q.body = $1::text or q.region like $2::text || '%')
      and ($3::text is null or q.body = $3::text) and ($4::text is null or q.item = $4::text)
      and c.stage = any($5::text[]) and ($6::boolean is null or c.granted = $6::boolean)
)
select total.count, shown.key, c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due,
       c.warn, c.provisional, c.facts ->> 'stopped_since', c.version, c.last_word, c.body, c.taken_by, c.stands_since,
       c.decided_at
from (select count(*) from found) total
left join lateral (
    select * from found where $8::bigint is null or key > $8::bigint order by key limit $9::int
) shown on true
left join cases_case c on c.id = shown.id
order by shown.key
