-- Drafts of persons that end between now and then and whose owners were not told of it, each given once.
-- $1 now, $2 then
update cases_draft
set told = true
where kept_until > $1::timestamptz and kept_until <= $2::timestamptz
  and owner is not null and submitted is null and not told
returning id, owner, item, kept_until
