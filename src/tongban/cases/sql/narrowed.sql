-- Cases as a leader asks for them: how many there are, and a page of them. $1 body, $2 prefix of the region,
-- $3 the narrowing, $4 which cases are looked through, $5 stages of open cases, $6 order, $7 behind this key
-- and $8 this id, $9 at most
with n as materialized (
    select * from jsonb_to_record($3::jsonb) as x (
        today date, is_open boolean, stages text[], "where" text, light text, granted boolean, due_by date,
        item text, body text, officer uuid, arrived date, accepted date, decided date, ended date,
        left_on date, said text, overtook text, overtook_since timestamptz, moved_since timestamptz
    )
),
b as materialized (
    select distinct q.body from cases_queue q cross join n
    where (q.body = $1::text or q.region like $2::text || '%') and (n.body is null or q.body = n.body)
),
looked as (
    select c.* from b join cases_case c on c.body = b.body
    where $4::text in ('open', 'left') and c.stage = any($5::text[])
    union all
    select c.* from n cross join b join cases_case c on c.body = b.body
    where $4::text in ('moved', 'left') and ($4::text = 'moved' or not c.open) and c.stands_since >= n.moved_since
    union all
    select c.* from b join cases_case c on c.body = b.body
    where $4::text = 'overtook' and c.id in (
        select e.case_id from cases_event e cross join n
        where e.kind = 'taken' and e.body like '%"reason":"%'
          and (n.overtook_since is null or e.at >= n.overtook_since)
          and (n.overtook = 'any' or e.body::jsonb -> 'event' ->> 'reason' = n.overtook)
    )
),
found as materialized (
    select c.id,
           case $6::text when 'pressing' then coalesce(c.due - date '2000-01-01', 4000000)
                         when 'oldest' then extract(epoch from c.received_at) * 1000000
                         else -extract(epoch from c.received_at) * 1000000 end::bigint as key
    from n cross join looked c
    cross join lateral (
        select case when c.stage = 'special-procedure' then least(n.today, (c.facts ->> 'stopped_since')::date)
                    else n.today end as day,
               (c.received_at at time zone 'Asia/Shanghai')::date as arrived,
               (c.accepted_at at time zone 'Asia/Shanghai')::date as accepted,
               (c.decided_at at time zone 'Asia/Shanghai')::date as decided,
               case when not c.open then (c.stands_since at time zone 'Asia/Shanghai')::date end as ended
    ) on_
    where c.stage = any(n.stages)
      and (c.open or not n.is_open)
      and (n.item is null or c.item = n.item)
      and (n.officer is null or c.open and c.taken_by = n.officer)
      and (n."where" is null or c.open and n."where" = case when c.waits then 'queue'
           when c.taken_by is not null then 'officer' else 'neither' end)
      and (n.light is null or c.open and n.light = case when on_.day > c.due then 'red'
           when on_.day >= c.warn then 'yellow' when on_.day < c.warn then 'green' end)
      and (n.granted is null or c.granted = n.granted)
      and (n.said is null or c.open and n.said = case
           when c.lateness ->> 'answer_by' is not null and c.due is not null then 'ordered'
           when on_.day <= c.due then null
           when c.lateness ->> 'due' = c.due::text and n.today <= (c.lateness ->> 'until')::date
           then c.lateness ->> 'cause' when on_.day > c.due then 'unexplained' end)
      and (n.due_by is null or c.open and c.stage <> 'special-procedure' and c.due between n.today and n.due_by)
      and (n.arrived is null or on_.arrived = n.arrived)
      and (n.accepted is null or on_.accepted = n.accepted)
      and (n.decided is null or on_.decided = n.decided)
      and (n.ended is null or on_.ended = n.ended)
      and (n.left_on is null or on_.arrived <= n.left_on and (c.open or on_.ended > n.left_on))
)
select total.count, shown.key, c.id, c.number, c.item_name, c.applicant_name, c.stage, c.waits, c.received_at, c.due,
       c.warn, c.provisional, c.facts ->> 'stopped_since', c.version, c.last_word, c.body, c.taken_by, c.stands_since,
       c.decided_at
from (select count(*) from found) total
left join lateral (
    select * from found where $7::bigint is null or (key, id) > ($7::bigint, $8::bigint)
    order by key, id limit $9::int
) shown on true
left join cases_case c on c.id = shown.id
order by shown.key, shown.id
