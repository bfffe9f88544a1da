-- Looks of officers at a person's affairs, whatever the case, the latest first. $1 whose, $2 before, $3 at most
select id, at, officer, body, purpose, what, case_id from (
    select unnest($1::bytea[]) as subject
) asked
cross join lateral (
    select id, at, officer, body, purpose, what, case_id from ledger_look l
    where l.subject = asked.subject and l.id < coalesce($2::bigint, 9223372036854775807)
    order by l.id desc limit $3::int
) found
order by id desc limit $3::int
