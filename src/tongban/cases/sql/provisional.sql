-- Open cases with a provisional deadline, page by page. $1 the last id of the page before
select c.id, c.number, c.tag, c.item, c.item_version, c.queue, c.region, c.body, c.applicant,
       c.version, c.waits, c.taken_by, c.taken_at, c.touched, c.position, c.facts::text, null, c.last_word,
       c.filed_by, c.awaited::text, c.lateness::text
from cases_case c
where c.open and c.provisional and c.id > $1::bigint
order by c.id
limit 500
