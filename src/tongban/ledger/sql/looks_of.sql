select at, officer, body, purpose, what from ledger_look where subject = $1::bytea order by id desc limit $2::int
