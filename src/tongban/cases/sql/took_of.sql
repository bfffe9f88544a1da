-- How long the latest decided cases took in a queue; where these are few, those of the item in all queues instead.
-- $1 queue, $2 item, $3 decided since, $4 decided until, $5 how many are enough, $6 at most
with here as materialized (
    select c.office_seconds, c.applicant_seconds
    from cases_case c
    where c.queue = $1::text and c.office_seconds is not null
      and c.decided_at >= $3::timestamptz and c.decided_at <= $4::timestamptz
    order by c.decided_at desc limit $6::int
), anywhere as (
    select found.office_seconds, found.applicant_seconds
    from cases_queue q
    cross join lateral (
        select c.decided_at, c.office_seconds, c.applicant_seconds
        from cases_case c
        where c.queue = q.id and c.office_seconds is not null
          and c.decided_at >= $3::timestamptz and c.decided_at <= $4::timestamptz
        order by c.decided_at desc limit $6::int
    ) found
    where q.item = $2::text and (select count(*) from here) < $5::int
    order by found.decided_at desc limit $6::int
)
select true, office_seconds, applicant_seconds from here where (select count(*) from here) >= $5::int
union all
select false, office_seconds, applicant_seconds from anywhere
