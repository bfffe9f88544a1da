-- What arrived, was accepted, was decided and ended on each day, as far as it was not undone.
-- $1 body, $2 prefix of the region, $3 one body of these, or null, $4 since
-- Whatever happened since then stands as it does only since then, which an index tells.
select (happened.at at time zone 'Asia/Shanghai')::date as day,
       count(*) filter (where happened.what = 'arrived'),
       count(*) filter (where happened.what = 'accepted'),
       count(*) filter (where happened.what = 'decided'),
       count(*) filter (where happened.what = 'ended')
from (
    select distinct q.body from cases_queue q
    where (q.body = $1::text or q.region like $2::text || '%') and ($3::text is null or q.body = $3::text)
) b
join cases_case c on c.body = b.body and c.stands_since >= $4::timestamptz
cross join lateral (
    values ('arrived', c.received_at), ('accepted', c.accepted_at), ('decided', c.decided_at),
           ('ended', case when not c.open then c.stands_since end)
) as happened (what, at)
where happened.at >= $4::timestamptz
group by 1
