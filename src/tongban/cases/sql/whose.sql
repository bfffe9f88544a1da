-- Whose a case is and who filed it, or a joint service. $1 its number
select applicant, filed_by from cases_case where number = $1::text
union all
select applicant, filed_by from cases_joint where number = $1::text
