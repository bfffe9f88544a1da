-- Whose a token is, how lists name them, and for which enterprises that person may act on the day: no row unless
-- the token is valid.
select
  a.id,
  a.person_key,
  a.officer_id,
  t.acting_for_id,
  coalesce(e.name, p.masked_name, '') as shown_as,
  array(
    select m.enterprise_id
      from identity_mandate m
     where m.person_key = a.person_key
       and m.revoked_at is null
       and m.since <= $3::date
       and (m.until is null or m.until > $3::date)
  ) as mandates
from identity_token t
join identity_account a on a.id = t.account_id
left join identity_enterprise e on e.key = t.acting_for_id
left join identity_sealedprofile p on p.person_key = a.person_key
where t.digest = $1::bytea
  and t.revoked_at is null
  and t.expires_at > $2::timestamptz
  and a.is_active
