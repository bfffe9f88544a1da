-- Open cases for which a word is owed: an order is open, or what is late was not explained, or no longer.
-- As `lateness.standing` has it. $1 the officer and whom they stand in for, $2 body, $3 whether all of the body,
-- $4 the stages of open cases, $5 today, $6 at most
select c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due, c.warn, c.provisional,
       c.facts ->> 'stopped_since', c.version, c.last_word, (c.lateness ->> 'answer_by')::date
from cases_case c
where c.open and c.body = $2::text and c.stage = any($4::text[])
  and ($3::bool or c.taken_by = any($1::uuid[]))
  and c.due is not null
  and (c.lateness ->> 'answer_by' is not null
       or case when c.stage = 'special-procedure' then least($5::date, (c.facts ->> 'stopped_since')::date)
               else $5::date end > c.due
          and (c.lateness is null or c.lateness ->> 'due' is distinct from c.due::text
               or $5::date > (c.lateness ->> 'until')::date))
order by c.lateness ->> 'answer_by' nulls last, c.due, c.id limit $6::int
