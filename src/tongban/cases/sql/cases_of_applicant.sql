-- Cases of an applicant, or of those one acts for, newest first. $1 whose, $2 stage, $3 item, $4 queue, $5 open, $6 before, $7 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version
from cases_case c
where c.applicant = any($1::bytea[])
  and ($2::text is null or c.stage = $2::text) and ($3::text is null or c.item = $3::text)
  and ($4::text is null or c.queue = $4::text) and ($5::boolean is null or c.open = $5::boolean)
  and c.id < coalesce($6::bigint, 9223372036854775807)
order by c.id desc limit $7::int
