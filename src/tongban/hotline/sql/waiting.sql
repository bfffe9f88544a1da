-- Calls that wait for a body's own items ($1) or in a region with this prefix ($2), the most pressing first.
select id, about_name, hours, asked_at, due, tries from hotline_callback
where stage = 'waiting' and (body = $1::text or (body is null and region like $2::text || '%'))
order by due, asked_at limit $3::bigint
