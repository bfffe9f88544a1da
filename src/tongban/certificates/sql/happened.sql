-- What events of certificates were; their ids count downwards. $1 events
select e.id, e.kind, e.at, c.serial, c.edition, c.type_name, c.holder, c.founder,
       (e.body::jsonb -> 'event') ? 'by'
from certificates_event e
join certificates_certificate c on c.id = e.certificate_id
where e.id = any ($1::bigint[])
order by e.id desc
