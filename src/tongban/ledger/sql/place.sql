-- Where the leaf of event $1 stands, and the head that has it.
select leaf.index, head.size, head.checkpoint
from ledger_leaf leaf cross join ledger_head head
where leaf.event_id = $1::bigint
