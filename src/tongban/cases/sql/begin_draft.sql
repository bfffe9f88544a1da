-- A draft, unless its person or browser has $12 open already: then no row comes back.
-- $1 id, $2 owner, $3 bearer, $4 wrapped key, $5 sealed, $6 item, $7 its version, $8 pages done, $9 of pages,
-- $10 now, $11 kept until
insert into cases_draft (id, owner, bearer, wrapped, sealed, item, item_version, version, done, steps,
                         changed_at, kept_until, told)
select $1::uuid, $2::bytea, $3::bytea, $4::bytea, $5::bytea, $6::text, $7::int, 1, $8::int, $9::int,
       $10::timestamptz, $11::timestamptz, false
where $12::int > (
    select count(*) from cases_draft
    where submitted is null and kept_until > $10::timestamptz and (owner = $2::bytea or bearer = $3::bytea)
)
returning 1
