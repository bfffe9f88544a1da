-- Cases of this number, or of this applicant, at a body, sent up by it, or in a region, the open ones first.
-- $1 number, $2 applicant, $3 body, $4 prefix of the region, $5 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word
from cases_case c
where (c.number = $1::text or c.applicant = $2::bytea)
  and (c.body = $3::text or c.facts ->> 'forwarded_by' = $3::text or c.region like $4::text || '%')
order by c.open desc, c.id desc limit $5::int
