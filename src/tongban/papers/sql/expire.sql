-- A batch of files that nobody attached in time; one being claimed at this moment is left to its case.
with gone as (
    delete from papers_file
    where id in (
        select id from papers_file
        where claimed_by is null and expires_at <= $1::timestamptz
        order by expires_at limit $2::int for update skip locked
    )
    returning 1
)
select count(*) from gone
