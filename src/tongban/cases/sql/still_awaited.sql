-- The event that asked for a correction, or said what is to follow, if its case still waits for just that. $1 event
select e.id, e.kind, e.body, c.number, c.item_name, c.applicant, c.filed_by, c.facts::text
from cases_event e
join cases_case c on c.id = e.case_id
where e.id = $1::bigint
  and case e.kind
          when 'accepted-tolerantly' then c.stage in ('accepted', 'special-procedure') and c.facts ? 'owed'
          else c.stage = 'awaiting-correction'
      end
  and not exists (
      select from cases_event later
      where later.case_id = e.case_id and later.seq > e.seq
        and later.kind = any (array['returned-for-correction', 'reminded', 'accepted-tolerantly'])
  )
