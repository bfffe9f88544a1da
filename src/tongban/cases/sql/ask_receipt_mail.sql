-- Somebody wants a receipt by mail: one row, unless the same is on its way already or too many were asked for since.
-- What was asked for a month ago is swept away in passing.
-- $1 id, $2 case, $3 reader, $4 now, $5 since when the same counts as a second press, $6 since when they are
-- counted, $7 how many at most, $8 until when they are over
with swept as (
    delete from cases_receiptmail where asked_at < $8::timestamptz and reader = $3::bytea
),
before as (
    select coalesce(bool_or(case_id = $2::bigint and asked_at > $5::timestamptz), false) as twice,
           count(*) filter (where asked_at > $6::timestamptz) as asked
    from cases_receiptmail where reader = $3::bytea
),
asked as (
    insert into cases_receiptmail (id, case_id, reader, asked_at)
    select $1::uuid, $2::bigint, $3::bytea, $4::timestamptz
    from before where not twice and asked < $7::int
    returning id
)
select twice, (select id from asked) from before
