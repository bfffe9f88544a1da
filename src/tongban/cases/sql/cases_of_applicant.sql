-- Cases of an applicant, or of those one acts for, newest first: few, so that all may be looked at; of some only
-- what one filed oneself. $8 of whom, $9 who files.
-- $1 whose, $2 item, $3 queue, $4 stages, $5 before, $6 at most, $7 words of the item's name or of the number,
-- $10 those as well in which they still have to bring something
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word, owing.so
from cases_case c
cross join lateral (select c.stage in ('accepted', 'special-procedure') and c.facts ? 'owed') as owing (so)
where c.applicant = any($1::bytea[] || $8::bytea[])
  and (c.applicant = any($1::bytea[]) or c.filed_by = $9::bytea)
  and ($2::text is null or c.item = $2::text) and ($3::text is null or c.queue = $3::text)
  and (c.stage = any($4::text[]) or $10::boolean and owing.so) and c.id < coalesce($5::bigint, 9223372036854775807)
  and ($7::text is null or position(lower($7::text) in lower(c.item_name)) > 0
       or position(replace($7::text, '-', '') in replace(c.number, '-', '')) > 0)
order by c.id desc limit $6::int
