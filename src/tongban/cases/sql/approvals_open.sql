-- Approvals that wait for another officer's answer. $1 body, $2 the officer who would answer
select a.id, c.number, c.item_name, a.act, a.reason, a.asked_by, a.asked_at
from cases_approval a join cases_case c on c.id = a.case_id
where a.given is null and a.body = $1::text and a.asked_by <> $2::uuid
order by a.asked_at limit 200
