-- A case arrives: one statement, one transaction. A repeated key changes nothing and gives the first receipt.
-- $1 document, $2 key, $3 digest of the content, $4 receipt, $5 case id, $6 wrapped key, $7 files, $8 filed by
with doc as materialized (select $1::jsonb as d),
key as (
    insert into cases_submission as s (key, digest, case_id, receipt)
    values ($2::bytea, $3::bytea, $5::bigint, $4::text)
    on conflict (key) do update set key = s.key
    -- Sent again because its answer was lost, it names the same case and yet was there before.
    returning s.receipt, s.digest = $3::bytea as same,
              s.case_id = $5::bigint
              and not exists (select from cases_submission b where b.key = $2::bytea) as fresh
),
opened as (
    insert into cases_case
    select r.* from key, doc, jsonb_populate_record(null::cases_case, d -> 'row') r where fresh
),
locked as (
    insert into cases_key (case_id, wrapped) select $5::bigint, $6::bytea from key where fresh
),
content as (
    insert into cases_content (case_id, name, sealed)
    select $5::bigint, x.name, x.sealed
    from key, doc, jsonb_to_recordset(d -> 'content') as x(name text, sealed bytea) where fresh
),
materials as (
    insert into cases_material (case_id, seq, kind, file, sealed)
    select $5::bigint, x.seq, x.kind, x.file, x.sealed
    from key, doc, jsonb_to_recordset(d -> 'materials') as x(seq int, kind text, file uuid, sealed bytea)
    where fresh
),
claimed as (
    select papers_claim($7::uuid[], $5::bigint, $8::bytea) as files
    from key where fresh and cardinality($7::uuid[]) > 0
),
timers as (
    insert into cases_timer (case_id, kind, due_at)
    select $5::bigint, x.kind, x.due_at
    from key, doc, jsonb_to_recordset(d -> 'timers') as x(kind text, due_at timestamptz) where fresh
),
told as (
    insert into cases_event (case_id, seq, kind, version, at, body)
    select $5::bigint, x.seq, x.kind, x.version, x.at, x.body
    from key, doc, jsonb_to_recordset(d -> 'events')
        as x(seq int, kind text, version int, at timestamptz, body text)
    where fresh
    returning id, seq
),
pending as (
    insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
    select told.id, $5::bigint, d -> 'row' ->> 'queue', x.leaf, x.told, x.entry
    from doc, told join lateral jsonb_to_recordset(d -> 'events')
        as x(seq int, leaf text, told text, entry text) on x.seq = told.seq
)
select receipt, same, fresh, (select files from claimed) from key
