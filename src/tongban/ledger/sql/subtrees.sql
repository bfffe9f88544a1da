-- The roots of level $1 in [$2, $3).
select root from ledger_subtree
where level = $1::smallint and index >= $2::bigint and index < $3::bigint
order by index
