-- What a draft holds now. $1 id, $2 sealed, $3 item's version, $4 own version, $5 pages done, $6 of pages,
-- $7 now, $8 kept until
update cases_draft
set sealed = $2::bytea, item_version = $3::int, version = $4::int, done = $5::int, steps = $6::int,
    changed_at = $7::timestamptz, kept_until = $8::timestamptz, told = false
where id = $1::uuid
