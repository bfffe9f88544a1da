select size, sealed_at, checkpoint, (select count(*) from ledger_pending) from ledger_head
