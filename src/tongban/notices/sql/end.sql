-- A sender says what became of the delivery it has in hand. $1 delivery, $2 since when in hand, $3 state, $4 code
update notices_delivery set state = $3::text, code = $4::int, begun_at = null
where id = $1::uuid and state = 'sending' and begun_at = $2::timestamptz
