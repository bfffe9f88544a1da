-- The cases of the same joint service that wait for the result of this one, or have ended, and where this one
-- stands. $1 number of this one
select c.number, c.stage = 'terminated', one.stage, one.granted
from cases_case one
join cases_case c on c.joint = one.joint
where one.number = $1::text and c.stage in ('awaiting-result', 'terminated') and c.facts -> 'after' ? $1::text
order by c.id
