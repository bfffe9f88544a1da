-- Changes with every publication: a pointer only ever moves to a row with a higher id; all else by its digest.
select
  count(*),
  coalesce(sum(version_id), 0)::bigint,
  (select md5(string_agg(digest, ' ' order by slug)) from catalogue_guidelist),
  (select digest from catalogue_columns),
  (select md5(string_agg(digest, ' ' order by slug)) from catalogue_wordlist),
  (select md5(string_agg(digest, ' ' order by year)) from catalogue_calendaryear)
from catalogue_currentitem
