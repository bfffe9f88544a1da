-- Several cases arrive as one: one statement, one transaction. A repeated key changes nothing.
-- $1 document: the joint service's row, and of each case what `submit.sql` takes of one, with its key, files,
-- receipt and submission key; $2 key, $3 digest of the content, $4 id of the joint service, $5 filed by
with given as materialized (select $1::jsonb as d),
joint as (
    insert into cases_joint as j
    select r.* from given, jsonb_populate_record(null::cases_joint, d -> 'joint') r
    on conflict (key) do update set key = j.key
    -- Sent again because its answer was lost, it names the same cases and yet was there before.
    returning j.number, j.digest = $3::bytea as same,
              j.id = $4::bigint and not exists (select from cases_joint b where b.key = $2::bytea) as fresh
),
cases as materialized (
    select c.ord, c.d, (c.d -> 'row' ->> 'id')::bigint as id
    from joint, given, jsonb_array_elements(given.d -> 'cases') with ordinality as c(d, ord)
    where fresh
),
opened as (
    insert into cases_case select r.* from cases c, jsonb_populate_record(null::cases_case, c.d -> 'row') r
),
keys as (
    insert into cases_submission (key, digest, case_id, receipt)
    select (c.d ->> 'submission')::bytea, $3::bytea, c.id, c.d ->> 'receipt' from cases c
),
locked as (
    insert into cases_key (case_id, wrapped) select c.id, (c.d ->> 'key')::bytea from cases c
),
content as (
    insert into cases_content (case_id, name, sealed)
    select c.id, x.name, x.sealed
    from cases c, jsonb_to_recordset(c.d -> 'content') as x(name text, sealed bytea)
),
materials as (
    insert into cases_material (case_id, seq, kind, file, sealed)
    select c.id, x.seq, x.kind, x.file, x.sealed
    from cases c, jsonb_to_recordset(c.d -> 'materials') as x(seq int, kind text, file uuid, sealed bytea)
),
claimed as (
    select papers_claim(array(select jsonb_array_elements_text(c.d -> 'files'))::uuid[], c.id, $5::bytea) as files
    from cases c where jsonb_array_length(c.d -> 'files') > 0
),
timers as (
    insert into cases_timer (case_id, kind, due_at)
    select c.id, x.kind, x.due_at
    from cases c, jsonb_to_recordset(c.d -> 'timers') as x(kind text, due_at timestamptz)
),
told as (
    insert into cases_event (case_id, seq, kind, version, at, body)
    select c.id, x.seq, x.kind, x.version, x.at, x.body
    from cases c, jsonb_to_recordset(c.d -> 'events')
        as x(seq int, kind text, version int, at timestamptz, body text)
    order by c.ord, x.seq
    returning id, case_id, seq
),
pending as (
    insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
    select told.id, c.id, c.d -> 'row' ->> 'queue', x.leaf, x.told, x.entry
    from told join cases c on c.id = told.case_id
    join lateral jsonb_to_recordset(c.d -> 'events')
        as x(seq int, leaf text, told text, entry text) on x.seq = told.seq
    order by c.ord, told.seq
)
select number, same, fresh, (select sum(files) from claimed) from joint
