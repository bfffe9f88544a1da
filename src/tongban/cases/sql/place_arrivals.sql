-- Sealed arrivals wait at the index of their leaf. Inserts only: a sealer must never wait for a case's lock.
-- $1 cases, $2 queues, $3 positions
insert into cases_waiting (queue, position, case_id)
select x.queue, x.position, x.case_id
from unnest($1::bigint[], $2::text[], $3::bigint[]) as x(case_id, queue, position)
where exists (select from cases_case c where c.id = x.case_id and c.waits)
