-- Questions that wait for an answer, the most pressing first: those this officer may answer, and those asked in
-- cases that this officer has. What is decided needs no answer any more.
-- $1 the officer and whom they stand in for, $2 their body, $3 whether they may answer at all, $4 at most
select c.number, t.seq, c.item_name, t.asked_by, t.asked_at, t.due, t.body, t.officer,
       $3::bool and t.asked_by <> ($1::uuid[])[1]
       and (t.officer = any($1::uuid[]) or t.officer is null and t.body = $2::text) as mine
from cases_consultation t join cases_case c on c.id = t.case_id
where t.answered_at is null and c.open and c.decided_at is null
  and (t.body = $2::text and $3::bool and (t.officer is null or t.officer = any($1::uuid[]))
       or c.taken_by = any($1::uuid[]) and c.body = $2::text)
order by t.due, t.id limit $4::int
