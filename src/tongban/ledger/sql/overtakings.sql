-- The leaves of overtakings in [$1, $2) before index $3, the latest first.
select index, entry from ledger_leaf
where split_part(entry, '"', 20) = 'reason' and index < $3::bigint
  and split_part(entry, '"', 14) >= $1::text and split_part(entry, '"', 14) < $2::text
order by index desc limit $4::bigint
