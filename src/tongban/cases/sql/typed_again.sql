-- What windows received since a moment and typed though it was known, by item and body of the window, the most first.
-- $1 since, $2 body or null, $3 prefix of regions or null. The two conditions first are those of the partial index.
select c.item, max(c.item_name), e.body::json #>> '{event,received,body}' as counter,
       count(*)::int, sum((e.body::json #>> '{event,received,typed_again}')::int)::int as again
from cases_event e
join cases_case c on c.id = e.case_id
where e.kind = 'submitted' and e.body::text like '%"received":%' and e.at >= $1::timestamptz
  and (e.body::json #>> '{event,received,body}' = $2::text or c.region like $3::text || '%')
group by c.item, counter
order by again desc, c.item, counter
