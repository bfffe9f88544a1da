-- The true figures: the same counts as on the leader's page, and more, from the events alone.
-- No folded row, no rule of ours is asked. $1 body, $2 prefix of the region, $3 today, $4 soon by
with told as (
    select e.case_id, e.seq, e.kind, e.body::jsonb -> 'event' as event from cases_event e
),
came as (
    select case_id, event ->> 'item' as item
    from told
    where kind = 'submitted'
      and (split_part(event ->> 'queue', '.', 2) = $1::text or event ->> 'region' like $2::text || '%')
),
stood as (
    -- Where each case stands, by its last act; an undone one brings back what stood before it.
    select distinct on (case_id) case_id, case kind
               when 'submitted' then case when event ? 'after' then 'awaiting-result' else kind end
               when 'result-arrived' then 'submitted'
               when 'awaits-again' then 'awaiting-result'
               when 'returned-for-correction' then 'awaiting-correction'
               when 'reminded' then 'awaiting-correction'
               when 'deemed-accepted' then 'accepted'
               when 'accepted-tolerantly' then 'accepted'
               when 'special-procedure-started' then 'special-procedure'
               when 'special-procedure-ended' then 'accepted'
               when 'reversed' then event -> 'restores' ->> 'stage'
               else kind
           end as stage
    from told
    where kind in ('submitted', 'result-arrived', 'awaits-again', 'returned-for-correction', 'reminded', 'resubmitted',
                   'not-accepted', 'accepted', 'accepted-tolerantly', 'deemed-accepted', 'special-procedure-started', 'special-procedure-ended', 'granted',
                   'refused', 'delivered', 'completed', 'revoked', 'withdrawn', 'terminated', 'reversed')
    order by case_id, seq desc
),
turn as (
    -- What a rule is to decide waits for nobody, until it joins a queue after all; what waits for a result neither.
    select distinct on (case_id) case_id,
           kind in ('resubmitted', 'released', 'queued', 'reversed') or kind in ('submitted', 'result-arrived') and not event ? 'rule' and not event ? 'after'
               as waits
    from told
    where kind in ('submitted', 'result-arrived', 'queued', 'resubmitted', 'released', 'taken', 'returned-for-correction', 'reminded',
                   'withdrawn', 'terminated')
       or kind = 'reversed' and (event ->> 'waits')::boolean
    order by case_id, seq desc
),
decided as (
    select distinct on (case_id) case_id, kind
    from told
    where kind in ('granted', 'refused', 'revoked') or kind = 'reversed' and event ->> 'act' in ('grant', 'refuse')
    order by case_id, seq desc
),
due as (
    select distinct on (case_id) case_id,
           coalesce(event -> 'deadlines' -> 'promised', event -> 'deadlines' -> 'notify',
                    event -> 'deadlines' -> 'deliver', event -> 'deadlines' -> 'later') as deadline
    from told
    where event ? 'deadlines'
    order by case_id, seq desc
),
stopped as (
    select distinct on (case_id) case_id, (event ->> 'since')::date as since
    from told where kind = 'special-procedure-started'
    order by case_id, seq desc
),
late as (
    -- Decided after the promise that held just before the decision.
    select case_id, bool_or(decided_on > promised) as so
    from (
        select case_id, kind, (event ->> 'decided_on')::date as decided_on,
               lag((event -> 'deadlines' -> 'promised' ->> 'due')::date) over (partition by case_id order by seq) as promised
        from told where event ? 'deadlines'
    ) legal
    where kind in ('granted', 'refused')
    group by case_id
),
happened as (
    select case_id,
           count(*) filter (where kind = 'taken' and event ? 'reason') as overtakings,
           bool_or(kind = 'deemed-accepted') as deemed,
           bool_or(kind = 'returned-for-correction') as returned,
           bool_or(kind = 'extended') as extended
    from told group by case_id
)
select came.item,
       count(*) as received,
       count(*) filter (where stage not in ('not-accepted', 'completed', 'revoked', 'withdrawn', 'terminated')) as open,
       count(*) filter (where waits) as waiting,
       count(*) filter (where stage = 'awaiting-correction') as with_applicant,
       count(*) filter (where stage = 'special-procedure') as stopped,
       count(*) filter (where lit.day < (deadline ->> 'warn')::date) as green,
       count(*) filter (where lit.day between (deadline ->> 'warn')::date and (deadline ->> 'due')::date) as yellow,
       count(*) filter (where stage <> 'special-procedure' and lit.day is not null
                          and (deadline ->> 'due')::date between $3::date and $4::date) as soon,
       count(*) filter (where lit.day > (deadline ->> 'due')::date) as red,
       count(*) filter (where decided.kind = 'granted') as granted,
       count(*) filter (where decided.kind = 'refused') as refused,
       count(*) filter (where stage in ('not-accepted', 'revoked', 'withdrawn', 'terminated')) as ended_otherwise,
       count(*) filter (where returned) as returned_once,
       count(*) filter (where deemed) as accepted_by_silence,
       count(*) filter (where extended) as extended,
       count(*) filter (where late.so) as decided_late,
       coalesce(sum(overtakings), 0)::int as overtakings
from came
join stood using (case_id)
join turn using (case_id)
join happened using (case_id)
left join decided using (case_id)
left join due using (case_id)
left join stopped using (case_id)
left join late using (case_id)
cross join lateral (
    select case when stage in ('not-accepted', 'completed', 'revoked', 'withdrawn', 'terminated') then null
                when stage = 'special-procedure' then least($3::date, stopped.since)
                else $3::date end as day
) lit
group by came.item
order by count(*) filter (where stage not in ('not-accepted', 'completed', 'revoked', 'withdrawn', 'terminated')) desc, came.item
