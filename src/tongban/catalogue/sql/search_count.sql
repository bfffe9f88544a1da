-- Terms that stand in more or fewer entries than before; always in the order of terms.
insert into catalogue_searchterm as t (term, standing)
select * from unnest($1::text[], $2::int[])
on conflict (term) do update set standing = t.standing + excluded.standing
