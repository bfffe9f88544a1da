"""What a leader asks (figures, and the cases behind a number) with 100,000 cases and their events stored.

The floor is the same counts told anew from the events by plain SQL, in the same run; and they must agree.
"""

import json
import time
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.test import Client

from bench.arrivals import arrive
from bench.city import CITY, City, Office, appointed, build
from bench.clients import Asker
from bench.installation import Installation
from bench.load import percentile, together
from tongban.cases import api as cases
from tongban.cli.figures import COLUMNS, told_by_events
from tongban.engine.calendar import legal_day
from tongban.identity.models import Account
from tongban.kernel.access import Role, Viewer
from tongban.kernel.clock import now
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

STORED = 100_000
DAYS = (*range(177, 7, -7), 5, 3)
"""How long ago the days are on each of which a case arrives at each office, to be copied."""

# Ids far behind those that the sequence gives in a benchmark.
COPY = (
    """
    insert into cases_case
    select r.* from generate_series(1, $2::bigint) nth
    join cases_case c on c.id = ($1::bigint[])[nth % cardinality($1::bigint[]) + 1]
    cross join lateral jsonb_populate_record(c, jsonb_build_object(
        'id', 2 ^ 40 + nth, 'tag', md5(nth::text),
        'number', '999999-20200101-' || lpad(nth::text, 7, '0') || '-0'
    )) r
    """,
    """
    insert into cases_event (case_id, seq, kind, version, at, body)
    select 2 ^ 40 + nth, e.seq, e.kind, e.version, e.at, e.body
    from generate_series(1, $2::bigint) nth
    join cases_event e on e.case_id = ($1::bigint[])[nth % cardinality($1::bigint[]) + 1]
    """,
)
FLOW = """
select (at at time zone 'Asia/Shanghai')::date as day,
       count(*) filter (where kind = 'submitted'), count(*) filter (where kind = 'accepted'),
       count(*) filter (where kind in ('granted', 'refused')),
       count(*) filter (where kind in ('completed', 'withdrawn', 'not-accepted'))
from cases_event where at >= $1::timestamptz group by 1
"""
"""From the events alone; here nobody undid anything."""


def main(house: Installation, seconds: float) -> None:
    """One JSON line a page."""
    city = build(now())
    first = city.offices[0]
    people = {
        "leader": appointed(first.body, first.region, Role.LEADER, now()),
        "supervisor": appointed(first.body, CITY, Role.SUPERVISOR, now()),
    }
    _store(house, _lived(house, city))
    floor = _agreed(people["supervisor"])
    day = legal_day(now()) - timedelta(days=3)
    lists = ("", "?open=yes", "?light=red", "?outcome=refused", f"?decided={day}", f"?left={day}")
    with house.serving():
        for who, viewer in people.items():
            cookie = _cookie(viewer)
            for address in ("/desk/figures", *(f"/desk/cases{one}" for one in lists)):
                asker = Asker(house.port, (_request(address, cookie),))
                _tell(who, address, together([asker], seconds / 5, warm_up=1.0).took, floor)


def _tell(who: str, address: str, took: list[float], floor: float) -> None:
    p50, p95, told_anew = (1e3 * each for each in (percentile(took, 0.5), percentile(took, 0.95), floor))
    figures = {"p50_ms": round(p50, 1), "p95_ms": round(p95, 1), "floor_ms": round(told_anew, 1)}
    line = {"bench": f"leader.{who}", "address": address, **figures, "ratio": round(told_anew / p50, 1)}
    print(json.dumps(line), flush=True)


def _agreed(supervisor: Viewer) -> float:
    """Seconds that it takes to count all anew from the events; the page must have counted the same."""
    at = now()
    overview = cases.overview_of(supervisor, at=at)
    begun = time.perf_counter()
    by_item = told_by_events(None, "", at=at)
    flow = {day: counts for day, *counts in run(FLOW, (at - timedelta(days=8),))}
    spent = time.perf_counter() - begun
    names = [one.name for one in fields(cases.Figures)]
    events = {item: dict(zip(COLUMNS, counts, strict=True)) for item, *counts in by_item}
    for one in overview.items:
        told = {name: events[one.item][name] for name in names}
        assert told == {name: getattr(one.figures, name) for name in names}, (told, one)
    for day in overview.flow:
        told_of_day = [day.arrived, day.accepted, day.decided, day.ended]
        assert flow.get(day.day, [0, 0, 0, 0]) == told_of_day, (flow, day)
    assert overview.all.received == STORED
    return spent


def _lived(house: Installation, city: City) -> list[int]:
    """Cases of the last half year with all that becomes of them; one in seven is still open."""
    for nth, back in enumerate(DAYS):
        day = now() - timedelta(days=back)
        arrive(house.url, city.offices, len(city.offices), day)
        while ledger.seal(now()):
            pass
        for place, office in enumerate(city.offices):
            _handled(office, day, (nth * len(city.offices) + place) % 40)
    arrive(house.url, city.offices, len(city.offices), now() - timedelta(days=1))
    return [case for (case,) in run("select id from cases_case order by id")]


def _handled(office: Office, day: datetime, fate: int) -> None:
    """One case taken on the day it came, and brought as far as its fate wants it; at nought no further."""
    by, taken = office.officer, cases.take_next(office.queue, by=office.officer, at=day)
    assert taken is not None
    acting: Any = {"seen": None, "by": by, "at": day + timedelta(hours=20)}
    if fate == 0:
        return
    if fate == 1:
        fault = cases.CorrectionFault(place="场所", basis="", do="请写明面积。")
        cases.return_for_correction(taken.number, **acting, faults=[fault])
        return
    if fate == 2:
        cases.refuse_acceptance(taken.number, **acting, ground="not-ours", text="请到区局办理。")
        return
    cases.accept(taken.number, **acting)
    if fate > 3:
        later = acting | {"at": day + timedelta(hours=60)}
        decide = cases.refuse if fate == 4 else cases.grant
        decide(taken.number, **later, text="如题。")
        cases.deliver(taken.number, **later, way="window")
        cases.complete(taken.number, at=later["at"])


def _store(house: Installation, moulds: list[int]) -> None:
    """Copies of the lived cases, events and all, until there are as many as are wanted."""
    with psycopg.connect(house.url) as direct:
        for statement in COPY:
            psycopg.RawCursor(direct).execute(statement, (moulds, STORED - len(moulds)))
    house.house_keeping()


def _cookie(viewer: Viewer) -> str:
    browser = Client()
    assert viewer.account is not None
    browser.force_login(Account.objects.get(id=viewer.account))
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def _request(address: str, cookie: str) -> bytes:
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
