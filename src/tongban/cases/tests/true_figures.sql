-- Where each case truly stands, told from its events alone: no folded row and no rule of ours is asked.
-- $1 body, $2 today, $3 soon by
with told as (
    select e.case_id, e.seq, e.kind, e.at, (e.at at time zone 'Asia/Shanghai')::date as day,
           e.body::jsonb -> 'event' as event
    from cases_event e
    where e.case_id in (
        select s.case_id from cases_event s
        where s.kind = 'submitted' and split_part(s.body::jsonb -> 'event' ->> 'queue', '.', 2) = $1::text
    )
),
undone as (
    -- An undoing takes away whatever was done from the undone act on.
    select case_id, (event ->> 'seq')::int as first, seq as by from told where kind = 'reversed'
),
legal as (
    select case_id, seq, kind, at, day,
           case kind when 'returned-for-correction' then 'awaiting-correction'
                     when 'reminded' then 'awaiting-correction'
                     when 'submitted' then case when event ? 'after' then 'awaiting-result' else kind end
                     when 'result-arrived' then 'submitted'
                     when 'awaits-again' then 'awaiting-result'
                     when 'deemed-accepted' then 'accepted'
                     when 'accepted-tolerantly' then 'accepted'
                     when 'special-procedure-started' then 'special-procedure'
                     when 'special-procedure-ended' then 'accepted'
                     else kind end as stage
    from told
    where kind in ('submitted', 'result-arrived', 'awaits-again', 'returned-for-correction', 'reminded', 'resubmitted',
                   'not-accepted', 'accepted', 'accepted-tolerantly', 'deemed-accepted', 'special-procedure-started', 'special-procedure-ended', 'granted',
                   'refused', 'delivered', 'completed', 'revoked', 'withdrawn', 'terminated')
),
turns as (
    select case_id, seq, event ->> 'by' as by,
           case when kind = 'taken' then 'officer'
                when kind in ('returned-for-correction', 'reminded', 'withdrawn', 'terminated') then 'neither'
                when kind in ('submitted', 'result-arrived') and (event ? 'rule' or event ? 'after') then 'neither'
                else 'queue' end as place
    from told
    where kind in ('submitted', 'result-arrived', 'queued', 'resubmitted', 'released', 'taken', 'returned-for-correction', 'reminded',
                   'withdrawn', 'terminated')
       or kind = 'reversed' and (event ->> 'waits')::boolean
),
stood as (
    -- After each event: what stands of the acts up to it, and whose turn it is.
    select t.case_id, t.seq, t.day, s.stage, p.place
    from told t
    cross join lateral (
        select l.stage from legal l
        where l.case_id = t.case_id and l.seq <= t.seq
          and not exists (select from undone u where u.case_id = t.case_id and u.by <= t.seq
                          and l.seq >= u.first and l.seq < u.by)
        order by l.seq desc limit 1
    ) s
    cross join lateral (
        select p.place from turns p where p.case_id = t.case_id and p.seq <= t.seq order by p.seq desc limit 1
    ) p
),
last as (
    select distinct on (case_id) case_id, stage, place from stood order by case_id, seq desc
),
since as (
    select distinct on (s.case_id) s.case_id, s.day
    from stood s join last l using (case_id)
    where not exists (select from stood o where o.case_id = s.case_id and o.seq >= s.seq
                      and (o.stage, o.place) <> (l.stage, l.place))
    order by s.case_id, s.seq
),
holds as (
    -- The latest acts of each kind that nobody has undone.
    select l.case_id, max(l.day) filter (where l.kind in ('accepted', 'accepted-tolerantly', 'deemed-accepted')) as accepted,
           max(l.day) filter (where l.kind in ('granted', 'refused')) as decided,
           bool_or(l.kind = 'granted') and not bool_or(l.kind = 'revoked') as granted,
           bool_or(l.kind = 'refused') as refused,
           coalesce(max(l.day) filter (where l.kind in ('not-accepted', 'completed', 'withdrawn', 'terminated')),
                    max(l.day) filter (where l.kind = 'revoked')) as ended
    from legal l
    where not exists (select from undone u where u.case_id = l.case_id and l.seq >= u.first and l.seq < u.by)
    group by l.case_id
),
due as (
    select distinct on (case_id) case_id,
           coalesce(event -> 'deadlines' -> 'promised', event -> 'deadlines' -> 'notify',
                    event -> 'deadlines' -> 'deliver', event -> 'deadlines' -> 'later') as deadline
    from told where event ? 'deadlines' order by case_id, seq desc
),
stopped as (
    select distinct on (case_id) case_id, (event ->> 'since')::date as since
    from told where kind = 'special-procedure-started' order by case_id, seq desc
),
word as (
    -- The last order, the last explanation, and the last decision, which answers an order as well.
    select case_id, max(seq) filter (where kind = 'supervision-ordered') as ordered,
           max(seq) filter (where kind = 'lateness-explained') as explained,
           max(seq) filter (where kind in ('lateness-explained', 'granted', 'refused')) as answered
    from told group by case_id
),
holder as (
    select distinct on (case_id) case_id, by from turns order by case_id, seq desc
)
select c.case_id, c.event ->> 'item' as item, last.stage, last.place,
       case when last.place = 'officer' and ended is null then holder.by end as officer, since.day as since,
       ended is null as open, c.day as arrived, accepted, decided, ended, granted, refused,
       case when ended is not null then null
            when lit.day > (deadline ->> 'due')::date then 'red'
            when lit.day >= (deadline ->> 'warn')::date then 'yellow'
            when deadline is not null then 'green' end as light,
       ended is null and last.stage <> 'special-procedure'
           and (deadline ->> 'due')::date between $2::date and $3::date as soon,
       array(select distinct o.event ->> 'reason' from told o
             where o.case_id = c.case_id and o.kind = 'taken' and o.event ? 'reason') as overtook,
       case when ended is not null or deadline is null then null
            when word.ordered > coalesce(word.answered, 0) then 'ordered'
            when lit.day <= (deadline ->> 'due')::date then null
            when why.event ->> 'due' = left(deadline ->> 'due', 10) and $2::date <= (why.event ->> 'until')::date
            then why.event ->> 'cause' else 'unexplained' end as said
from told c
join last using (case_id)
join since using (case_id)
join holds using (case_id)
join holder using (case_id)
left join due using (case_id)
left join stopped using (case_id)
join word using (case_id)
left join told why on why.case_id = c.case_id and why.seq = word.explained
cross join lateral (
    select case when last.stage = 'special-procedure' then least($2::date, stopped.since) else $2::date end as day
) lit
where c.kind = 'submitted'
