-- Queues with how many wait and since when. $1 body, $2 region prefix
select q.id, q.item, q.body, q.region, count(w.case_id), min(c.received_at)
from cases_queue q
left join cases_waiting w on w.queue = q.id and w.position >= q.head
left join cases_case c on c.id = w.case_id and c.waits
where q.body = $1::text or q.region like $2::text || '%'
group by q.id order by count(w.case_id) desc, q.id
