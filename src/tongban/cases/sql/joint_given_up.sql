-- Whether an applicant would not have a case back that has ended: all of the joint service was taken back since,
-- or the item applied for anew, and that not in vain. $1 id of the case, $2 when it ended
select exists (
           select from cases_case other join cases_event e on e.case_id = other.id
           where other.joint = c.joint and e.kind = 'withdrawn' and e.at >= $2::timestamptz
             and e.body::jsonb -> 'event' ? 'together'
       )
    or exists (
           select from cases_case anew
           where anew.applicant = c.applicant and anew.item = c.item and anew.id <> c.id
             and anew.received_at >= $2::timestamptz and coalesce(anew.granted, anew.open)
       )
from cases_case c
where c.id = $1::bigint
