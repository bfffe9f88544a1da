-- Take a delivery in hand, unless it is over or another has had it in hand since $3. $1 delivery, $2 now
update notices_delivery d
set state = 'sending', begun_at = $2::timestamptz, tries = d.tries + 1
from notices_notice n
where n.id = d.notice_id and d.id = $1::uuid
  and (d.state = 'waiting' or (d.state = 'sending' and d.begun_at < $3::timestamptz))
returning d.channel, d.tries, n.id, n.reader, n.whose, n.kind, n.item, n.by_day
