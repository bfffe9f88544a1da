-- Put notices on their way by channels, but for the groups that a reader wants nothing of by that channel.
-- $1 notices, $2 their groups, $3 channels
insert into notices_delivery (id, notice_id, channel, state, tries)
select gen_random_uuid(), n.id, c.channel, 'waiting', 0
from unnest($1::bigint[], $2::text[]) as x(id, "group")
join notices_notice n on n.id = x.id
cross join unnest($3::text[]) as c(channel)
where not exists (
    select from notices_muted m
    where m.reader = n.reader and m.channel = c.channel and m."group" = x."group"
)
on conflict (notice_id, channel) do nothing
returning id
