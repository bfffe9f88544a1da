-- The likeliest of each group, coarsely: those whose terms say the most of what was asked. $1 the terms as a
-- tsquery, $2 the weights of D, C, B and A, $3 how many are looked at of items, $9 of each other group, $4 how
-- many are given back of items, $5 of each other group; $6 and $7 whether for people and for enterprises only,
-- $8 the rarest of the terms, by which is ranked: each of them is looked for in each entry; $10 the day: what was
-- announced for other days is not found.
-- What stands everywhere is looked at in part: a word that fits everything tells nothing.
with asked as materialized (select $1::tsquery as q, $8::tsquery as ranked)
(
  select kind, key, title, about, body, plain_title, cut_title, core_title, plain_words, plain_about, plain_body
  from (
    select e.* from asked, catalogue_searchentry e
    where kind in ('item', 'guide', 'joint') and terms @@ q and (not $6 or for_people) and (not $7 or for_enterprises)
    limit $3
  ) e, asked
  order by ts_rank($2::real[], terms, ranked) desc, e.id
  limit $4
)
union all
(
  select kind, key, title, about, body, plain_title, cut_title, core_title, plain_words, plain_about, plain_body
  from (
    select e.* from asked, catalogue_searchentry e
    where kind = 'passage' and terms @@ q and (not $6 or for_people) and (not $7 or for_enterprises)
    limit $9
  ) e, asked
  order by ts_rank($2::real[], terms, ranked) desc, e.id
  limit $5
)
union all
(
  select kind, key, title, about, body, plain_title, cut_title, core_title, plain_words, plain_about, plain_body
  from (
    select e.* from asked, catalogue_searchentry e
    where kind = 'announcement' and terms @@ q and (not $6 or for_people) and (not $7 or for_enterprises)
      and coalesce(since <= $10, true) and coalesce(until >= $10, true)
    limit $9
  ) e, asked
  order by ts_rank($2::real[], terms, ranked) desc, e.id desc
  limit $5
)
