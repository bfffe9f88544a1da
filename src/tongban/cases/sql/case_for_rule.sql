-- The case as `case_for_update` gives it, without a lock; and the answers last handed in. $1 number
select c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, k.wrapped, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text, a.name, a.sealed
from cases_case c join cases_key k on k.case_id = c.id
left join lateral (
    select name, sealed from cases_content where case_id = c.id and name like 'answers:%'
    order by split_part(name, ':', 2)::int desc limit 1
) a on true
where c.number = $1::text
