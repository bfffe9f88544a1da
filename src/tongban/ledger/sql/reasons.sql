-- How often each reason was given in [$1, $2), the most frequent first.
select split_part(entry, '"', 22), count(*) from ledger_leaf
where split_part(entry, '"', 20) = 'reason'
  and split_part(entry, '"', 14) >= $1::text and split_part(entry, '"', 14) < $2::text
group by 1 order by 2 desc, 1
