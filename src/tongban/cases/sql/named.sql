-- A few cases as lists show them. $1 ids
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from cases_case c where c.id = any($1::bigint[])
