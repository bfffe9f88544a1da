-- An act on a case: its events, the folded row, content, timers, queue place and pending leaves in one statement.
-- The case's row is locked by the caller. $1 document, $2 case id, $3 files claimed, $4 who claims them
with doc as materialized (select $1::jsonb as d),
changed as (
    update cases_case c
    set queue = r.queue, region = r.region, body = r.body, version = r.version, stage = r.stage, open = r.open, waits = r.waits, taken_by = r.taken_by,
        taken_at = r.taken_at, touched = r.touched, position = r.position, due = r.due, warn = r.warn,
        statutory_due = r.statutory_due, provisional = r.provisional, facts = r.facts,
        last_word = r.last_word, awaited = r.awaited, lateness = r.lateness, stands_since = r.stands_since,
        accepted_at = r.accepted_at, granted = r.granted, decided_at = r.decided_at, office_seconds = r.office_seconds,
        applicant_seconds = r.applicant_seconds
    from doc, jsonb_populate_record(null::cases_case, d -> 'row') r
    where c.id = $2::bigint
),
content as (
    insert into cases_content (case_id, name, sealed)
    select $2::bigint, x.name, x.sealed
    from doc, jsonb_to_recordset(d -> 'content') as x(name text, sealed bytea)
),
materials as (
    insert into cases_material (case_id, seq, kind, file, sealed)
    select $2::bigint, x.seq, x.kind, x.file, x.sealed
    from doc, jsonb_to_recordset(d -> 'materials') as x(seq int, kind text, file uuid, sealed bytea)
),
claimed as (
    select papers_claim($3::uuid[], $2::bigint, $4::bytea) as files where cardinality($3::uuid[]) > 0
),
over as (
    delete from cases_timer t using doc
    where t.case_id = $2::bigint
      and t.kind not in (select x.kind from jsonb_to_recordset(d -> 'timers') as x(kind text))
),
timers as (
    insert into cases_timer (case_id, kind, due_at)
    select $2::bigint, x.kind, x.due_at
    from doc, jsonb_to_recordset(d -> 'timers') as x(kind text, due_at timestamptz)
    on conflict (case_id, kind) do update set due_at = excluded.due_at
    where cases_timer.due_at <> excluded.due_at
),
left_queue as (
    delete from cases_waiting using doc where case_id = $2::bigint and d ->> 'turn' = 'leaves'
),
back_in_queue as (
    insert into cases_waiting (queue, position, case_id)
    select d -> 'row' ->> 'queue', (d -> 'row' ->> 'position')::bigint, $2::bigint
    from doc where d ->> 'turn' = 'returns'
),
headed as (
    update cases_queue q set head = (d ->> 'head')::bigint
    from doc where q.id = d -> 'row' ->> 'queue' and d ? 'head'
),
approvals as (
    insert into cases_approval as a
        (id, case_id, body, act, seq, reason, asked_by, asked_at, answered_by, answered_at, given)
    select x.id, $2::bigint, x.body, x.act, x.seq, x.reason, x.asked_by, x.asked_at,
           x.answered_by, x.answered_at, x.given
    from doc, jsonb_populate_recordset(null::cases_approval, d -> 'approvals') x
    on conflict (id) do update
    set answered_by = excluded.answered_by, answered_at = excluded.answered_at, given = excluded.given
),
told as (
    insert into cases_event (case_id, seq, kind, version, at, body)
    select $2::bigint, x.seq, x.kind, x.version, x.at, x.body
    from doc, jsonb_to_recordset(d -> 'events')
        as x(seq int, kind text, version int, at timestamptz, body text)
    order by x.seq
    returning id, seq
),
pending as (
    insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
    select told.id, $2::bigint, d -> 'row' ->> 'queue', x.leaf, x.told, x.entry
    from doc, told join lateral jsonb_to_recordset(d -> 'events')
        as x(seq int, leaf text, told text, entry text) on x.seq = told.seq
    order by told.seq
)
select (select files from claimed)
