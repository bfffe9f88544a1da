-- Where the leaves of events stand. $1 events
select event_id, index from ledger_leaf where event_id = any($1::bigint[])
