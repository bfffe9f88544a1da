-- A file waits for its case, unless its uploader has $7 that wait at $8; without a row it was not stored.
-- $1 id, $2 uploader, $3 sealed content, $4 size, $5 kind, $6 until when, $9 sealed thumbnail of a photo.
-- Uploads at the same moment do not see each other: a few more may wait, never many.
insert into papers_file (id, uploader, sealed, size, kind, expires_at, thumbnail)
select $1::uuid, $2::bytea, $3::bytea, $4::int, $5::text, $6::timestamptz, $9::bytea
where $7::int > (
    select count(*) from (
        select from papers_file
        where uploader = $2::bytea and claimed_by is null and expires_at > $8::timestamptz
        limit $7::int
    ) waiting
)
returning 1
