-- What sources are like now ($1 names, $2 marks), and how what people may write to find theirs sounds.
with told as (
  insert into catalogue_searchsource (name, mark) select * from unnest($1::text[], $2::text[])
)
insert into catalogue_searchsound (source, sound, said)
select source, sound, said from unnest($3::text[], $4::text[], $5::text[]) as s (source, sound, said)
