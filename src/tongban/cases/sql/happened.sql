-- What events were, with what lists may show of their cases. $1 events
select e.id, e.kind, e.body, c.number, c.item_name, c.applicant, c.filed_by
from cases_event e
join cases_case c on c.id = e.case_id
where e.id = any ($1::bigint[])
order by e.id
