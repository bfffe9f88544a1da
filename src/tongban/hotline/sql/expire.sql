-- What ended before $1, and what nobody answered since $2, with all its calls.
with over as (
  select id from hotline_callback where ended_at < $1::timestamptz or asked_at < $2::timestamptz
), calls as (
  delete from hotline_call where call_back_id in (select id from over)
)
delete from hotline_callback where id in (select id from over) returning id
