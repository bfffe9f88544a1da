-- The mandates that stand on the day: one's own, and those of the enterprises that one represents.
select
  m.id,
  m.enterprise_id,
  coalesce(p.masked_name, '') as holder,
  m.person_key = $1::bytea as own,
  m.represents,
  m.scope,
  m.since,
  m.until - 1 as last_day
from identity_mandate m
left join identity_sealedprofile p on p.person_key = m.person_key
where m.revoked_at is null
  and m.enterprise_id is not null
  and m.since <= $2::date
  and (m.until is null or m.until > $2::date)
  and (
    m.person_key = $1::bytea
    or m.enterprise_id in (
      select r.enterprise_id
        from identity_mandate r
       where r.person_key = $1::bytea
         and r.represents
         and r.revoked_at is null
         and r.since <= $2::date
         and (r.until is null or r.until > $2::date)
    )
  )
order by m.since, m.id
