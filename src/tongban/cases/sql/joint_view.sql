-- A joint service and every case of it as its row tells it, the first of the plan first; receipts with them.
-- $1 number of the joint service
select j.id, j.service, j.version, j.name, j.received_at, j.wrapped, c.applicant_name, s.receipt,
       (select max(e.seq) from cases_event e
        where e.case_id = c.id and e.kind in ('granted', 'refused', 'not-accepted', 'revoked')),
       c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, null, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text
from cases_joint j
join cases_case c on c.joint = j.id
join cases_submission s on s.case_id = c.id
where j.number = $1::text
order by c.id
