-- The earliest case that waits in a queue whose row is locked; `head` skips what was taken before.
-- $1 queue, $2 head
with first as (
    select case_id, position from cases_waiting
    where queue = $1::text and position >= $2::bigint order by position limit 1
)
select c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, k.wrapped, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text, first.position
from first join cases_case c on c.id = first.case_id join cases_key k on k.case_id = c.id
for update of c
