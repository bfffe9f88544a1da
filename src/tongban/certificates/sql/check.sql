-- What anyone may know of a certificate, and the latest edition of its serial. $1 serial, $2 edition
select c.type_name, c.sample, c.type_code, c.body, c.body_name, c.holder_shown, c.status, c.issued_on,
       c.valid_until, c.endorsed_until,
       (select max(l.edition) from certificates_certificate l where l.serial = c.serial)
from certificates_certificate c
where c.serial = $1::text and c.edition = $2::int
