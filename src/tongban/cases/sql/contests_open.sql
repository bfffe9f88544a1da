-- Doubts about looks that wait for an answer, the most pressing first; nobody answers for their own look.
-- $1 body, $2 prefix of the region, $3 who asks
select c.number, t.seq, c.item_name, t.asked_at, t.due
from cases_contest t join cases_case c on c.id = t.case_id
where t.answered_at is null and t.looked_by <> $3::uuid
  and (t.body = $1::text or t.region like $2::text || '%')
order by t.due, t.id limit 200
