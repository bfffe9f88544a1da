-- How many notices a reader has not opened; counted no further than $3. $1 reader, $2 whose affairs
select count(*) from (
    select from notices_notice
    where reader = $1::bytea and whose = any ($2::bytea[]) and read_at is null
    limit $3::bigint
) as unopened
