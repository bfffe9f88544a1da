-- A pair that changes with every publication: a pointer only ever moves to a row with a higher id.
select count(*), coalesce(sum(version_id), 0)::bigint from catalogue_currentitem
