-- Cases of a region, newest first. $1 prefix, $2 stages, $3 before, $4 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from cases_case c
where c.region like $1::text || '%' and c.stage = any($2::text[])
  and c.id < coalesce($3::bigint, 9223372036854775807)
order by c.id desc limit $4::int
