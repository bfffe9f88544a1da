-- The cases of a joint service, by what they are called and where they stand. $1 its number
select j.name, c.number, c.item_name, c.stage,
       (select array_agg(x) from jsonb_array_elements_text(c.facts -> 'after') x) as after
from cases_joint j
join cases_case c on c.joint = j.id
where j.number = $1::text
order by c.id
