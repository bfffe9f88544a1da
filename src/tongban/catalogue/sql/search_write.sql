-- Entries of sources, all at once. People's words of one entry stand in one text, a line each.
insert into catalogue_searchentry (
  source, kind, key, title, about, body, plain_title, cut_title, core_title, plain_words, plain_about,
  plain_body, for_people, for_enterprises, since, until, terms
)
select
  source, kind, key, title, about, body, plain_title, cut_title, core_title,
  coalesce(string_to_array(nullif(plain_words, ''), E'\n'), '{}'), plain_about, plain_body,
  for_people, for_enterprises, since, until, terms::tsvector
from unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
  $10::text[], $11::text[], $12::text[], $13::bool[], $14::bool[], $15::date[], $16::date[], $17::text[]
) as e (
  source, kind, key, title, about, body, plain_title, cut_title, core_title, plain_words, plain_about,
  plain_body, for_people, for_enterprises, since, until, terms
)
