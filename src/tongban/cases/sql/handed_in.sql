-- The case of a number, or every case of the joint service of that number. $1 number
select c.id, c.applicant from cases_case c where c.number = $1::text
union all
select c.id, c.applicant from cases_joint j join cases_case c on c.joint = j.id where j.number = $1::text
