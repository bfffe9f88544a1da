-- How many wait in each queue where somebody does.
select queue, count(*) from cases_waiting group by queue
