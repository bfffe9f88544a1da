-- The certificates of these types that these holders have, standing ones first, the newest before older.
-- $1 holders, $2 types
select c.holder, c.type, c.type_name, c.serial, c.edition, c.type_code, c.body, c.status, c.valid_until,
       c.endorsed_until
from certificates_certificate c
where c.holder = any($1::bytea[]) and c.type = any($2::text[])
order by c.id desc
