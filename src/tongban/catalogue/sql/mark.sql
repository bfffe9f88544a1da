-- Changes with every publication: a pointer only ever moves to a row with a higher id; lists by their digests.
select
  count(*),
  coalesce(sum(version_id), 0)::bigint,
  (select md5(string_agg(digest, ' ' order by slug)) from catalogue_guidelist)
from catalogue_currentitem
