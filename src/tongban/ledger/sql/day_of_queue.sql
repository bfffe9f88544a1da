-- The leaves of queue $3 in [$1, $2) behind index $4; what hides which event it was does not move the line.
select index, entry from ledger_leaf
where split_part(entry, '"', 14) >= $1::text and split_part(entry, '"', 14) < $2::text
  and split_part(entry, '"', 10) = $3::text and split_part(entry, '"', 6) <> 'other' and index > $4::bigint
order by index limit $5::bigint
