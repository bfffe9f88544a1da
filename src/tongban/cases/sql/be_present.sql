-- An officer has the page of a case open; who else had it open lately. What is an hour old is forgotten.
-- $1 case, $2 officer, $3 now, $4 since when others count
with gone as (
    delete from cases_presence
    where officer = $2::uuid and case_id <> $1::bigint and at < $3::timestamptz - interval '1 hour'
),
here as (
    insert into cases_presence (case_id, officer, at) values ($1::bigint, $2::uuid, $3::timestamptz)
    on conflict (case_id, officer) do update set at = excluded.at
)
select officer, at from cases_presence
where case_id = $1::bigint and officer <> $2::uuid and at > $4::timestamptz
order by at desc
