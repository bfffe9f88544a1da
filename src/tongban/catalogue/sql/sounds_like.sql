-- What sounds like any of these, or begins like the last ones; each with how often it is said.
select sound, said, count(*)::int from catalogue_searchsound where sound = any($1::text[]) group by sound, said
