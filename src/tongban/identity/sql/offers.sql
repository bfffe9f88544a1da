-- Mandates that wait for their receiver's answer: those a person gave, and those offered to their phone.
-- $1 person, $2 account, $3 day
select
  i.id,
  i.enterprise_id,
  coalesce(e.name, p.masked_name, '') as name,
  i.masked_name as receiver,
  i.given_by <> $1::bytea as to_me,
  i.scope,
  i.until - 1 as last_day
from identity_invitation i
left join identity_enterprise e on e.key = i.enterprise_id
left join identity_sealedprofile p on p.person_key = i.given_by
where i.ended_at is null
  and i.until > $3::date
  and (i.given_by = $1::bytea or i.phone = (select a.phone from identity_account a where a.id = $2::uuid))
order by i.made_at, i.id
