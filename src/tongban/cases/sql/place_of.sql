-- A waiting case's place, and whether an earlier one waits before it. $1 case, $2 queue, $3 head
select w.position,
       exists (
           select from cases_waiting e join cases_case c on c.id = e.case_id and c.waits
           where e.queue = $2::text and e.position >= $3::bigint and e.position < w.position
       )
from cases_waiting w where w.case_id = $1::bigint
