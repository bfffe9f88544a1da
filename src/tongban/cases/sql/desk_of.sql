-- Open cases in an officer's hands, and of whom they stand in for, most pressing first.
-- $1 the officer and the others, $2 body, $3 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word, c.taken_by
from cases_case c
where c.open and c.taken_by = any($1::uuid[]) and c.body = $2::text
order by c.due, c.id limit $3::int
