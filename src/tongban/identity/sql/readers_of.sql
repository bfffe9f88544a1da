-- Of persons and enterprises: whoever may see their affairs on the day, a person themselves; and, marked as no whole
-- reader, whoever may see of them what they filed. $1 keys, $2 day
select x.key, x.key, true
from unnest($1::bytea[]) as x(key)
where not exists (select from identity_enterprise e where e.key = x.key)
union all
select coalesce(m.principal, m.enterprise_id), m.person_key, m.principal is null and m.scope = '{}'
from identity_mandate m
where (m.enterprise_id = any ($1::bytea[]) or m.principal = any ($1::bytea[]))
  and m.revoked_at is null
  and m.since <= $2::date
  and (m.until is null or m.until > $2::date)
