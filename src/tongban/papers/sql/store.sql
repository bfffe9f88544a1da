-- A file waits for its case. $1 id, $2 uploader, $3 sealed content, $4 size, $5 kind, $6 until when.
insert into papers_file (id, uploader, sealed, size, kind, expires_at)
values ($1::uuid, $2::bytea, $3::bytea, $4::int, $5::text, $6::timestamptz)
