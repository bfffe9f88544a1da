-- Current versions published since $1, the latest first.
select v.slug, v.version, v.published_at
from catalogue_currentitem c join catalogue_itemversion v on v.id = c.version_id
where v.published_at >= $1::timestamptz
order by v.published_at desc, v.slug limit $2::bigint
