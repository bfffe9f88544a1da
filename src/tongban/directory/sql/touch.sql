-- Give officers a new edition. Callers hold the directory alone until commit, so editions become visible in
-- their order and nobody who reads "all above N" passes one by.
update directory_officer
   set edition = (select nextval('directory_edition'))
 where id = any($1::uuid[])
