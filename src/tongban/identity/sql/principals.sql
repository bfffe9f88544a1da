-- Everyone a viewer may act for: the enterprises in everything, and those of other mandates. $1 enterprises, $2 mandates
select e.code, e.key, e.name, false as person, '{}'::text[] as scope
from identity_enterprise e
where e.key = any ($1::bytea[])
union all
select coalesce(e.code, m.id::text), coalesce(m.principal, m.enterprise_id), coalesce(e.name, p.masked_name, ''),
       m.principal is not null, m.scope
from identity_mandate m
left join identity_enterprise e on e.key = m.enterprise_id
left join identity_sealedprofile p on p.person_key = m.principal
where m.id = any ($2::uuid[])
order by person desc, name, code
