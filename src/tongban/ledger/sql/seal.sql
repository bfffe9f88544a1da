-- Take the leaves that wait and can be seen, number them from $1 on, keep them; at most $2 of them.
-- No high-water mark: a leaf committed late, with a low id, is as visible to the next call as any other.
with gone as (
    delete from ledger_pending
    where id = any (array(select id from ledger_pending order by id limit $2::bigint))
    returning id, event_id, case_id, queue, kind, told, entry
), numbered as materialized (
    select $1::bigint + row_number() over (order by id) - 1 as index,
           event_id, case_id, queue, kind, told, entry
    from gone
), kept as (
    insert into ledger_leaf (index, event_id, entry) select index, event_id, entry from numbered
)
select index, event_id, case_id, queue, kind, told, entry from numbered order by index
