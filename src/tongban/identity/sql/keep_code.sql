-- Keep the code last sent, in place of the one before it. What ended a day ago is swept away in passing.
with swept as (
  delete from identity_onetimecode
   where key in (
     select key from identity_onetimecode
      where expires_at < $4::timestamptz - interval '1 day' and key <> $1::text
      limit 100
        for update skip locked
   )
)
insert into identity_onetimecode (key, digest, tries, expires_at)
values ($1::text, $2::bytea, 0, $3::timestamptz)
on conflict (key) do update set digest = excluded.digest, tries = 0, expires_at = excluded.expires_at
