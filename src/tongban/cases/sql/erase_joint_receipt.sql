-- The receipt that a case has together with others is closed with its own content. $1 case id
update cases_joint j set wrapped = null
from cases_case c
where c.id = $1::bigint and j.id = c.joint and j.wrapped is not null
returning j.id
