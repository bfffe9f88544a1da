-- The queue's row, locked until commit: who waits changes one act at a time. $1 queue
select id, item, body, region, head from cases_queue where id = $1::text for update
