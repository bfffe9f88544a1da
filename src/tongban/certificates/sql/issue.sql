-- A certificate is issued: its row, its event and its pending leaf in one statement. $1 document
with doc as materialized (select $1::jsonb as d),
kept as (
    insert into certificates_certificate
    select r.* from doc, jsonb_populate_record(null::certificates_certificate, d -> 'row') r
    returning id
),
told as (
    insert into certificates_event (certificate_id, seq, kind, version, at, tag, body)
    select kept.id, x.seq, x.kind, x.version, x.at, x.tag, x.body
    from kept, doc, jsonb_to_recordset(d -> 'events')
        as x(seq int, kind text, version int, at timestamptz, tag text, body text)
    order by x.seq
    returning id, certificate_id, seq
)
insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
select told.id, told.certificate_id, x.queue, x.leaf, x.told, x.entry
from doc, told join lateral jsonb_to_recordset(d -> 'events')
    as x(seq int, queue text, leaf text, told text, entry text) on x.seq = told.seq
order by told.seq
