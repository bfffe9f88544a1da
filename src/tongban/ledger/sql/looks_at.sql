select id, at, officer, body, purpose, what from ledger_look where case_id = $1::bigint order by id
