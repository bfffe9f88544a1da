insert into ledger_look (at, case_id, subject, officer, body, purpose, what)
values ($1::timestamptz, $2::bigint, $3::bytea, $4::uuid, $5::text, $6::text, $7::text)
