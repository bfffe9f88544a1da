select id, at, officer, body, purpose, what from ledger_look where id = $1::bigint and case_id = $2::bigint
