select index, entry from ledger_leaf where event_id = any ($1::bigint[]) order by index
