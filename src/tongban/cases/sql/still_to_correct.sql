-- The event that asked for a correction, if its case still waits for just that one. $1 event, $2 stage
select e.id, e.kind, e.body, c.number, c.item_name, c.applicant, c.filed_by, c.facts::text
from cases_event e
join cases_case c on c.id = e.case_id
where e.id = $1::bigint and c.stage = $2::text
  and not exists (
      select from cases_event later
      where later.case_id = e.case_id and later.seq > e.seq
        and later.kind = any (array['returned-for-correction', 'reminded'])
  )
