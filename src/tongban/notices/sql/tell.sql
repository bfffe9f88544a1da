-- Tell readers of events; who was told already is told nothing more. $1 document: one object a notice and reader
insert into notices_notice (event, reader, whose, kind, about, number, item, by_day, at)
select x.event, x.reader, x.whose, x.kind, x.about, x.number, x.item, x.by_day, x.at
from jsonb_to_recordset($1::jsonb)
    as x(place int, event text, reader bytea, whose bytea, kind text, about text, number text, item text,
         by_day date, at timestamptz)
order by x.place
on conflict (event, reader) do nothing
returning id, kind, at
