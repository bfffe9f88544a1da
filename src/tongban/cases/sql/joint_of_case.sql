-- The joint service that a case is one of, and every case of it. $1 case id
select j.service, j.version, c.item, c.number, c.stage, c.granted
from cases_case one
join cases_joint j on j.id = one.joint
join cases_case c on c.joint = j.id
where one.id = $1::bigint
