-- Officers changed since an edition, and one asked for by name, each with all posts ever held, absences, and
-- the absences of others in which they stand in.
select
  o.id,
  o.name,
  o.edition,
  (select coalesce(json_agg(json_build_array(b.code, b.name, b.kind, b.region_id, p.title, p.roles, t.since, t.until)), '[]')
     from directory_tenure t
     join directory_post p on p.id = t.post_id
     join directory_body b on b.code = p.body_id
    where t.officer_id = o.id and (t.until is null or t.until > t.since)) as holdings,
  (select coalesce(json_agg(json_build_array(a.kind, a.since, a.until)), '[]')
     from directory_absence a
    where a.officer_id = o.id) as absences,
  (select coalesce(json_agg(json_build_array(a.officer_id, a.since, a.until)), '[]')
     from directory_absence a
    where a.stand_in_id = o.id) as covers
from directory_officer o
where o.edition > $1::bigint or o.id = $2::uuid
