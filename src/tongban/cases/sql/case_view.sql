-- A case with everything its page shows, in one statement. $1 number
select c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, k.wrapped, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text, c.item_name, c.applicant_name, c.received_at,
       (select jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'body', e.body, 'id', e.id) order by e.seq)
        from cases_event e where e.case_id = c.id)::text,
       (select jsonb_object_agg(t.name, encode(t.sealed, 'hex')) from cases_content t where t.case_id = c.id)::text,
       (select jsonb_agg(jsonb_build_object('id', m.id, 'seq', m.seq, 'kind', m.kind, 'file', m.file,
                                            'sealed', encode(m.sealed, 'hex')) order by m.seq, m.id)
        from cases_material m where m.case_id = c.id)::text,
       (select jsonb_agg(jsonb_build_object('id', a.id, 'act', a.act, 'seq', a.seq, 'reason', a.reason,
                                            'asked_by', a.asked_by, 'body', a.body) order by a.asked_at)
        from cases_approval a where a.case_id = c.id and a.given is null)::text,
       (select count(*) + 1 from cases_waiting mine
        join cases_queue q on q.id = mine.queue
        join cases_waiting w on w.queue = mine.queue and w.position >= q.head and w.position < mine.position
        where c.waits and mine.case_id = c.id
        having exists (select from cases_waiting here where here.case_id = c.id)),
       c.agent_name,
       (select encode(l.sealed, 'hex') from cases_ticked l where l.case_id = c.id)
from cases_case c join cases_key k on k.case_id = c.id
where c.number = $1::text
