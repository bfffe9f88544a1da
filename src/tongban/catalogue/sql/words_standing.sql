-- In how many entries each of these terms stands; those that stand in none are missing.
select term, standing from catalogue_searchterm where term = any($1::text[]) and standing > 0
