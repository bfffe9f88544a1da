-- What each of these sources was like when its entries were made; a source that never told anything is missing.
select name, mark from catalogue_searchsource where name = any($1::text[])
