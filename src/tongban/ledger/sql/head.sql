select size, checkpoint from ledger_head
