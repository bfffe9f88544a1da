-- How lists name a person, and for which enterprises the person may act on the day: always one row.
select
  coalesce((select p.masked_name from identity_sealedprofile p where p.person_key = $1::bytea), '') as shown_as,
  array(
    select m.enterprise_id
      from identity_mandate m
     where m.person_key = $1::bytea
       and m.revoked_at is null
       and m.since <= $2::date
       and (m.until is null or m.until > $2::date)
  ) as mandates
