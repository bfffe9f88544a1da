-- The cases of a joint service, in the order in which their queues are locked. $1 its number
select c.number from cases_joint j join cases_case c on c.joint = j.id
where j.number = $1::text
order by c.queue, c.id
