-- One more who asked this in vain that day; what nobody needs any more goes with it.
with old as (
  delete from catalogue_unansweredquestion where day < $2::date - interval '1 year'
)
insert into catalogue_unansweredquestion as q (question, day, times) values ($1, $2, 1)
on conflict (question, day) do update set times = q.times + 1
