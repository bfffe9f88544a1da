-- Officers changed since an edition, and one asked for by name, each with all posts ever held and suspensions.
select
  o.id,
  o.name,
  o.edition,
  (select coalesce(json_agg(json_build_array(b.code, b.region_id, p.roles, t.since, t.until)), '[]')
     from directory_tenure t
     join directory_post p on p.id = t.post_id
     join directory_body b on b.code = p.body_id
    where t.officer_id = o.id and (t.until is null or t.until > t.since)) as holdings,
  (select coalesce(json_agg(json_build_array(a.since, a.until)), '[]')
     from directory_absence a
    where a.officer_id = o.id and a.kind = 'suspended') as suspensions
from directory_officer o
where o.edition > $1::bigint or o.id = $2::uuid
