-- Approvals that wait for another officer's answer: a leader's, or of a second where two decide, which nobody is
-- in whose hands the case is. What was granted may be revoked after all else is done; a government is asked for
-- longer until the case is decided.
-- $1 body, $2 the officer who would answer, $3 that one and the absent, $4 a leader
select a.id, c.number, c.item_name, a.act, a.reason, a.asked_by, a.asked_at
from cases_approval a join cases_case c on c.id = a.case_id
where a.given is null and a.body = $1::text and a.asked_by <> $2::uuid
  and case a.act when 'revoke' then true when 'extend-jointly' then c.open and c.decided_at is null else c.open end
  and case when a.act in ('grant', 'refuse') then c.taken_by <> all($3::uuid[]) else $4::bool end
order by a.asked_at limit 200
