-- How lists name a person, for which enterprises the person may act in everything on the day, and by which other
-- mandates for others: always one row. $1 person, $2 day
select
  coalesce((select p.masked_name from identity_sealedprofile p where p.person_key = $1::bytea), '') as shown_as,
  array_agg(m.enterprise_id) filter (where m.principal is null and m.scope = '{}') as mandates,
  jsonb_agg(jsonb_build_array(m.id, encode(coalesce(m.principal, m.enterprise_id), 'hex'), m.scope,
                              m.principal is not null))
    filter (where m.principal is not null or m.scope <> '{}')::text as trusts
from identity_mandate m
where m.person_key = $1::bytea
  and m.revoked_at is null
  and m.since <= $2::date
  and (m.until is null or m.until > $2::date)
