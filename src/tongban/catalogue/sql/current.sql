-- Every current version, joint services last; the document only of those not held already.
select
  v.slug,
  v.version,
  v.digest,
  v.id,
  case when v.id = any($1::bigint[]) then null else v.document end as document
from catalogue_currentitem c
join catalogue_itemversion v on v.id = c.version_id
order by c.joint, v.slug collate "C"
