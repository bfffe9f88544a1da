-- The entries of the log in [$1, $2).
select entry from ledger_leaf where index >= $1::bigint and index < $2::bigint order by index
