-- Of each case of a joint service, its submission and the kinds of what was handed in with it. $1 its number
select c.number, e.body,
       (select array_agg(m.kind order by m.id) from cases_material m where m.case_id = c.id and m.seq = 1) as kinds
from cases_joint j
join cases_case c on c.joint = j.id
join cases_event e on e.case_id = c.id and e.seq = 1
where j.number = $1::text
order by c.id
