-- The case and its key, its row locked until the end of the transaction. $1 number
select c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, k.wrapped, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text
from cases_case c join cases_key k on k.case_id = c.id
where c.number = $1::text
for update of c
