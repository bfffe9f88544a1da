-- A reader's notices, the newest first, each with what became of its messages. $1 reader, $2 whose affairs the
-- reader may read of, $3 behind this id, $4 how many
select n.id, n.kind, n.item, n.by_day, n.at, n.read_at is not null,
       (select min(d.state) from notices_delivery d
         where d.notice_id = n.id and d.state = any (array['given-up', 'refused']))
from notices_notice n
where n.reader = $1::bytea and n.whose = any ($2::bytea[]) and n.id < $3::bigint
order by n.id desc
limit $4::bigint
