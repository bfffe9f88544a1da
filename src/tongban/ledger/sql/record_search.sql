insert into ledger_look (at, case_id, subject, officer, body, purpose, what)
select $1::timestamptz, found, $3::bytea, $4::uuid, $5::text, $6::text, 'search'
from unnest($2::bigint[]) as found
