-- Delete all that was made of these sources; every term of their entries, with in how many of them it stood,
-- and the empty term, which stood in all.
with gone as (
  delete from catalogue_searchentry where source = any($1::text[]) returning terms
), sounds as (
  delete from catalogue_searchsound where source = any($1::text[])
), sources as (
  delete from catalogue_searchsource where name = any($1::text[])
)
select term, count(*)::int
from gone cross join lateral unnest(tsvector_to_array(terms) || array['']) term
group by term
