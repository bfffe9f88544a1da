-- What the city has announced by that day, the newest first. $1 day
select document from notices_announcement where day <= $1::date order by day desc, slug
