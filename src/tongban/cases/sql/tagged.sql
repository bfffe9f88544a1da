-- The events of the case that the public log calls $1.
select event.id from cases_case c join cases_event event on event.case_id = c.id where c.tag = $1::text
