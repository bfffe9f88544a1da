-- Whose a token is, how lists name them, for which enterprises that person may act in everything on the day, and by
-- which other mandates for others: no row unless the token is valid. $1 digest, $2 now, $3 day
select
  a.id,
  a.person_key,
  a.officer_id,
  t.acting_for_id,
  coalesce(e.name, p.masked_name, '') as shown_as,
  case when e.key is null then '' else coalesce(p.masked_name, '') end as agent,
  held.mandates,
  held.trusts
from identity_token t
join identity_account a on a.id = t.account_id
left join identity_enterprise e on e.key = t.acting_for_id
left join identity_sealedprofile p on p.person_key = a.person_key
cross join lateral (
  select
    array_agg(m.enterprise_id) filter (where m.principal is null and m.scope = '{}') as mandates,
    jsonb_agg(jsonb_build_array(m.id, encode(coalesce(m.principal, m.enterprise_id), 'hex'), m.scope,
                                m.principal is not null))
      filter (where m.principal is not null or m.scope <> '{}')::text as trusts
  from identity_mandate m
  where m.person_key = a.person_key
    and m.revoked_at is null
    and m.since <= $3::date
    and (m.until is null or m.until > $3::date)
) held
where t.digest = $1::bytea
  and t.revoked_at is null
  and t.expires_at > $2::timestamptz
  and a.is_active
