-- What a window of a body has begun for a person and has not given back, with what became a case, the newest first.
-- $1 person, $2 body, $3 now, $4 at most
select id, item, done, steps, submitted, held_by, held_until > $3::timestamptz
from cases_draft
where owner = $1::bytea and held_at = $2::text and kept_until > $3::timestamptz
order by changed_at desc, id
limit $4::int
