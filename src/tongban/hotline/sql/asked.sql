-- How often this number and this address asked since then.
select count(*) filter (where phone = $1::bytea), count(*) filter (where address = $2::bytea)
from hotline_callback
where (phone = $1::bytea or address = $2::bytea) and asked_at > $3::timestamptz
