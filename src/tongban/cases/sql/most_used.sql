-- Which items were applied for since $1, the most often first.
select item, count(*) from cases_case where received_at >= $1::timestamptz
group by item order by 2 desc, item limit $2::bigint
