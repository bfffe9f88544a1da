-- Certificates of a body that another officer asks to be taken back, the oldest asking first.
-- $1 body, $2 the officer who may answer, $3 most
select c.serial, c.edition, c.type_name, c.holder_shown, c.asked_ground, c.asked_by, e.at
from certificates_certificate c
join certificates_event e on e.certificate_id = c.id and e.seq = c.asked_seq
where c.body = $1::text and c.asked_by is not null and c.asked_by <> $2::uuid
order by e.at, c.id
limit $3::int
