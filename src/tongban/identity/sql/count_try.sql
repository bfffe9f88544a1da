-- Count a try for each key before any password is looked at, so that tries at the same time are counted too;
-- a window that began at or before $3 is over. What is a day old is swept away in passing.
with swept as (
  delete from identity_signincount
   where key in (
     select key from identity_signincount
      where since < $2::timestamptz - interval '1 day' and key <> all($1::text[])
      limit 100
        for update skip locked
   )
)
insert into identity_signincount as c (key, tries, since)
select key, 1, $2::timestamptz from unnest($1::text[]) as key order by key
on conflict (key) do update set
  tries = case when c.since <= $3::timestamptz then 1 else c.tries + 1 end,
  since = case when c.since <= $3::timestamptz then $2::timestamptz else c.since end
returning key, tries, since
