-- How many cases were taken ahead of earlier ones, by reason.
-- $1 body, $2 prefix of the region, $3 one body of these, or null, $4 since
select e.body::jsonb -> 'event' ->> 'reason' as reason, count(distinct c.id)
from cases_event e
join cases_case c on c.id = e.case_id
join cases_queue q on q.id = c.queue
where e.kind = 'taken' and e.body like '%"reason":"%' and e.at >= $4::timestamptz
  and (q.body = $1::text or q.region like $2::text || '%') and ($3::text is null or q.body = $3::text)
group by 1 order by 2 desc, 1
