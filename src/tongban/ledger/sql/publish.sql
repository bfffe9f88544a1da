-- Move the head on to size $1, with the roots that the new leaves completed.
with kept as (
    insert into ledger_subtree (level, index, root)
    select * from unnest($4::smallint[], $5::bigint[], $6::bytea[])
)
update ledger_head set size = $1::bigint, checkpoint = $2::text, sealed_at = $3::timestamptz
