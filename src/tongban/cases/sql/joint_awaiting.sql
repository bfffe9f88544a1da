-- The cases of the same joint service that wait for the result of this one, have ended, or began on it and are
-- not decided, this one with those it began on among them; and where this one stands. $1 number of this one
select c.number,
       case c.stage when 'awaiting-result' then 'waits' when 'terminated' then 'ended' else 'relies' end,
       one.stage, one.granted
from cases_case one
join cases_case c on c.joint = one.joint
where one.number = $1::text
  and (c.facts -> 'after' ? $1::text and c.stage in ('awaiting-result', 'terminated')
       or (c.facts -> 'after' ? $1::text or c.number = $1::text and c.facts ? 'after')
          and c.stage in ('submitted', 'awaiting-correction', 'resubmitted', 'accepted', 'special-procedure'))
order by c.id
