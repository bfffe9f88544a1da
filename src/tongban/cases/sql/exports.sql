-- The latest exports by officers of a body, or of all bodies of a region. $1 body, $2 prefix of the region, $3 at most
select at, officer, what, narrowed, rows, cut from cases_export
where body = $1::text or region like $2::text || '%'
order by id desc limit $3::int
