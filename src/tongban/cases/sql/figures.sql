-- What came and what became of it, of all time, queue by queue: told from an index alone.
-- $1 body, $2 prefix of the region, $3 one body of these, or null
select q.item, q.body,
       (select n.item_name from cases_case n where n.queue = q.id order by n.stage, n.id desc limit 1) as name,
       count(*) as received,
       count(*) filter (where c.granted) as granted,
       count(*) filter (where not c.granted) as refused,
       count(*) filter (where c.stage in ('not-accepted', 'revoked', 'withdrawn', 'terminated')) as ended_otherwise
from cases_queue q
join cases_case c on c.queue = q.id
where (q.body = $1::text or q.region like $2::text || '%') and ($3::text is null or q.body = $3::text)
group by q.id
