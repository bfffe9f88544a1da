-- What begins to sound like this, what is said shortest first.
select said from catalogue_searchsound where sound like $1 group by said order by length(said), said limit $2
