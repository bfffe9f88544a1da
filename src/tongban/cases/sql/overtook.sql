-- How many cases were taken ahead of earlier ones, by reason: of what was sent up since, by whom it was examined.
-- $1 body, $2 prefix of the region, $3 one body of these, or null, $4 since
select e.body::jsonb -> 'event' ->> 'reason' as reason, count(distinct c.id)
from cases_event e
join cases_case c on c.id = e.case_id
join lateral (
    select coalesce(min(sent.body::jsonb -> 'event' ->> 'was'), c.body) as body
    from cases_event sent where sent.case_id = c.id and sent.kind = 'forwarded' and sent.seq > e.seq
) then_of on true
join cases_queue q on q.item = c.item and q.body = then_of.body
where e.kind = 'taken' and e.body like '%"reason":"%' and e.at >= $4::timestamptz
  and (q.body = $1::text or q.region like $2::text || '%') and ($3::text is null or q.body = $3::text)
group by 1 order by 2 desc, 1
