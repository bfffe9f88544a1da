-- The cases of a joint service as far as they have one time together, and whether leave for longer was asked in
-- one of them and is not answered; once that one is decided nobody answers it any more. $1 its number
select c.item, c.item_version, c.body, c.region, c.stage, c.granted, c.facts::text,
       c.open and c.decided_at is null
           and exists (select from cases_approval a
                       where a.case_id = c.id and a.act = 'extend-jointly' and a.given is null)
from cases_joint j
join cases_case c on c.joint = j.id
where j.number = $1::text
order by c.id
