"""Sealing a backlog, and proving leaves, beside the same rows moved and read by bare prepared statements.

A log cannot be emptied, so all of it is measured on a server of its own.
"""

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tongban.cli.postgres import temporary_server
from tongban.kernel.clock import now
from tongban.kernel.ids import EventId

LEAVES = 40_000
ROUNDS = 3
BATCH = 4096
PROOFS = 300

TABLES = """
create table seal_waiting (queue text, position bigint, case_id bigint, primary key (queue, position));
create table floor_waiting (like seal_waiting including all);
create table floor_leaf (like ledger_leaf including all);
create table floor_pending (like ledger_pending including all);
"""

FILL = """
insert into {table} (event_id, case_id, queue, kind, told, entry)
select {first} + nth, nth, '440709003000.11510104MB0000001X', 'arrived', 'cases.submitted',
       '{{"v":1,"kind":"arrived","queue":"440709003000.11510104MB0000001X","minute":"2026-11-21T02:05Z",'
       || '"case":"' || md5(nth::text) || '","commitment":"'
       || encode(sha256(convert_to(nth::text, 'UTF8')), 'base64') || '"}}'
from generate_series(1, {count}) nth
"""

WAIT = "insert into seal_waiting select * from unnest($1::text[], $2::bigint[], $3::bigint[])"

MOVE = """
with gone as (
    delete from floor_pending
    where id = any (array(select id from floor_pending order by id limit $2::bigint))
    returning id, event_id, case_id, queue, kind, told, entry
), numbered as (
    select $1::bigint + row_number() over (order by id) - 1 as index,
           event_id, case_id, queue, kind, told, entry
    from gone
), kept as (
    insert into floor_leaf (index, event_id, entry) select index, event_id, entry from numbered
), waits as (
    insert into floor_waiting select queue, index, case_id from numbered
)
select index, event_id, case_id, queue, kind, told, entry from numbered order by index
"""


def main() -> None:
    with temporary_server() as server, tempfile.TemporaryDirectory() as var:
        wake_django(server.url, Path(var))
        with psycopg.connect(server.url, autocommit=True) as direct:
            direct.execute(TABLES)
            ours, floors = [], []
            for nth in range(ROUNDS):
                direct.execute(FILL.format(table="ledger_pending", first=nth * LEAVES, count=LEAVES))
                ours.append(sealed())
                direct.execute(FILL.format(table="floor_pending", first=nth * LEAVES, count=LEAVES))
                floors.append(elsewhere(moved, server.url, nth * LEAVES))
        tell_sealing(ours, floors)
        tell_proving(elsewhere(read, server.url, 0))
        connection.close()


def wake_django(url: str, var: Path) -> None:
    """A site of the ledger alone, migrated, with a listener that does little more than `cases` does."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    database = {key: str(parts.get(name, "")) for key, name in named.items()}
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "OPTIONS": {"prepare_threshold": 3},
                **database,
            }
        },
        INSTALLED_APPS=["tongban.ledger"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        CLOCK_SHIFT=timedelta(),
        LEDGER_ORIGIN="bench.example/ledger",
        USE_TZ=True,
        VAR=var,
    )
    django.setup()
    call_command("migrate", "ledger", verbosity=0)

    from tongban.kernel.sql import run
    from tongban.ledger import api as ledger

    def wait(rows: list[ledger.Sealed], /) -> None:
        columns = zip(*[(row.queue, row.index, row.case_id) for row in rows], strict=True)
        run(WAIT, [list(column) for column in columns])

    ledger.supply(arrived=wait, tell=lambda rows, /: None)


def sealed() -> tuple[float, float]:
    """Wall and processor seconds of this process to seal all that waits."""
    from tongban.ledger import api as ledger

    begun, processor = perf_counter(), process_time()
    while ledger.seal(now(), BATCH):
        pass
    return perf_counter() - begun, process_time() - processor


def elsewhere(measure: Callable[[str, int], float], url: str, first: int) -> float:
    """What is measured in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (url, first))


def moved(url: str, first: int) -> float:
    """Seconds to move all that waits from table to table, nothing hashed, signed or looked at."""
    with psycopg.connect(url) as direct, psycopg.RawCursor(direct) as cursor:
        begun = perf_counter()
        while cursor.execute(MOVE, (first, BATCH), prepare=True).rowcount:
            first += len(cursor.fetchall())
            direct.commit()
        return perf_counter() - begun


def read(url: str, first: int) -> float:
    """The median seconds to read one leaf by its event."""
    sql = "select index, entry from ledger_leaf where event_id = $1::bigint"
    with psycopg.connect(url, autocommit=True) as direct, psycopg.RawCursor(direct) as cursor:
        return median(timed(lambda event: cursor.execute(sql, (event,), prepare=True).fetchone()))


def timed(ask: Callable[[int], Any]) -> list[float]:
    """Seconds of each of many askings for a leaf anywhere in the log."""
    random, taken = Random(1), []
    for _ in range(PROOFS):
        event, begun = random.randrange(1, ROUNDS * LEAVES), perf_counter()
        assert ask(event)
        taken.append(perf_counter() - begun)
    return taken


def tell_sealing(ours: list[tuple[float, float]], floors: list[float]) -> None:
    wall, processor, floor = median(one[0] for one in ours), median(one[1] for one in ours), median(floors)
    figures = {
        "leaves_per_second": round(LEAVES / wall),
        "floor_per_second": round(LEAVES / floor),
        "ratio": round(floor / wall, 3),
        "application_us_per_leaf": round(processor / LEAVES * 1e6, 1),
    }
    print(json.dumps({"bench": "ledger.seal", **figures}))


def tell_proving(floor: float) -> None:
    from tongban.ledger import api as ledger

    ours = median(timed(lambda event: ledger.proof_of(EventId(event))))
    figures = {
        "median_ms": round(ours * 1e3, 2),
        "floor_ms": round(floor * 1e3, 2),
        "ratio": round(floor / ours, 3),
    }
    print(json.dumps({"bench": "ledger.prove", "leaves": ROUNDS * LEAVES, **figures}))


if __name__ == "__main__":
    main()
