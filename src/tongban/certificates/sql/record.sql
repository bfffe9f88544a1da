-- An act on a certificate: the folded row, events, reasons and pending leaves in one statement.
-- The certificate's row is locked by the caller. $1 document, $2 certificate id
with doc as materialized (select $1::jsonb as d),
changed as (
    update certificates_certificate c
    set version = r.version, status = r.status, endorsed_until = r.endorsed_until,
        asked_by = r.asked_by, asked_ground = r.asked_ground, asked_seq = r.asked_seq
    from doc, jsonb_populate_record(null::certificates_certificate, d -> 'row') r
    where c.id = $2::bigint
),
reasons as (
    insert into certificates_reason (certificate_id, seq, sealed)
    select $2::bigint, x.seq, x.sealed
    from doc, jsonb_to_recordset(d -> 'reasons') as x(seq int, sealed bytea)
),
told as (
    insert into certificates_event (certificate_id, seq, kind, version, at, tag, body)
    select $2::bigint, x.seq, x.kind, x.version, x.at, x.tag, x.body
    from doc, jsonb_to_recordset(d -> 'events')
        as x(seq int, kind text, version int, at timestamptz, tag text, body text)
    order by x.seq
    returning id, seq
)
insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
select told.id, $2::bigint, x.queue, x.leaf, x.told, x.entry
from doc, told join lateral jsonb_to_recordset(d -> 'events')
    as x(seq int, queue text, leaf text, told text, entry text) on x.seq = told.seq
order by told.seq
