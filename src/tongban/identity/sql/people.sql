-- The mandates between a person and other people that stand on the day. $1 person, $2 day
select
  m.id,
  m.person_key = $1::bytea as own,
  coalesce(p.masked_name, '') as name,
  m.scope,
  m.register,
  m.until - 1 as last_day
from identity_mandate m
left join identity_sealedprofile p
  on p.person_key = case when m.person_key = $1::bytea then m.principal else m.person_key end
where m.revoked_at is null
  and m.since <= $2::date
  and m.until > $2::date
  and m.principal is not null
  and (m.person_key = $1::bytea or m.principal = $1::bytea)
order by m.since, m.id
