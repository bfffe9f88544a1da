-- Of each queue: how many arrived in [$1, $2), how many were taken, how many of these with a reason.
select split_part(entry, '"', 10),
       count(*) filter (where split_part(entry, '"', 6) = 'arrived'),
       count(*) filter (where split_part(entry, '"', 6) = 'taken'),
       count(*) filter (where split_part(entry, '"', 20) = 'reason')
from ledger_leaf
where split_part(entry, '"', 14) >= $1::text and split_part(entry, '"', 14) < $2::text
  and split_part(entry, '"', 6) in ('arrived', 'taken')
group by 1 order by 1
