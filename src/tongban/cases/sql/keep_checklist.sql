-- What is ticked now, instead of what was. $1 case, $2 sealed
insert into cases_ticked (case_id, sealed) values ($1::bigint, $2::bytea)
on conflict (case_id) do update set sealed = excluded.sealed
