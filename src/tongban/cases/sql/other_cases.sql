-- Other cases of the same applicant with the same body, newest first. $1 applicant, $2 body, $3 this case, $4 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from cases_case c
where c.applicant = $1::bytea and c.body = $2::text and c.id <> $3::bigint
order by c.id desc limit $4::int
