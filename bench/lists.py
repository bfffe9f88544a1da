"""What an officer asks all day (the list, the desk, a case) with 10,000 and with 100,000 cases stored."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import psycopg
from django.conf import settings
from django.test import Client

from bench.arrivals import arrive
from bench.city import ITEM, City, Office, build
from bench.clients import Asker, Reader
from bench.installation import Installation
from bench.load import percentile, request, together
from bench.recorded import Program, Sent, recorded
from tongban.cases import api as cases
from tongban.identity.models import Account
from tongban.kernel.clock import now
from tongban.ledger import api as ledger

STORED = (10_000, 100_000)
LOOKED_AT = 64
"""Real cases of the office that is looked at; half of them lie on its officer's desk."""

FILL = """
with stored as (
    insert into cases_case
    select r.* from generate_series($2::bigint, $3::bigint) nth
    join cases_case c on c.id = ($1::bigint[])[nth % 16 + 1]
    cross join lateral jsonb_populate_record(c, jsonb_build_object(
        'id', nth, 'number', 'stored-' || nth, 'tag', md5(nth::text), 'position', nth,
        'open', nth % 10 = 0, 'waits', nth % 10 = 0,
        'stage', case when nth % 10 = 0 then c.stage else 'completed' end,
        'received_at', now() - nth * interval '1 second'
    )) r
    returning id, queue, position, waits
)
insert into cases_waiting (queue, position, case_id)
select queue, 1000000 + position, id from stored where waits
"""
"""Stored cases, one in ten still waiting; without events and content, for no list reads those."""

LATER_NUMBERS = "select setval('cases_number_block', 64 * 16384)"
"""What is looked at came after all that is stored."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked by HTTP, in one of several ways; `sent` is what one of them costs the database."""

    name: str
    requests: tuple[bytes, ...]
    sent: tuple[Sent, ...]
    trips: float


def main(house: Installation, seconds: float) -> None:
    """One JSON line a question."""
    city = build(now())
    with psycopg.connect(house.url) as direct:
        direct.execute(LATER_NUMBERS)
    numbers = _looked_at(house, city.offices[0])
    questions = _questions(city, numbers)
    moulds = _moulds(house, city)
    met: dict[str, list[dict[str, float]]] = {question.name: [] for question in questions}
    stored = 0
    for count in STORED:
        _store(house, moulds, stored, count)
        stored = count
        with house.working(), house.serving():
            for question in questions:
                met[question.name].append(_asked(house, question, seconds / 10))
    for question in questions:
        _tell(question, *met[question.name])


def _asked(house: Installation, question: Question, seconds: float) -> dict[str, float]:
    """Half-way and slow answer times in ms, and the same of the bare statements."""
    ours = together([Asker(house.port, question.requests)], seconds, warm_up=1.0)
    sent = tuple((one.sql, one.parameters) for one in question.sent)
    floor = together([Reader(house.url, sent)], seconds / 2, warm_up=0.5)
    return {
        "p50_ms": percentile(ours.took, 0.5) * 1e3,
        "p95_ms": percentile(ours.took, 0.95) * 1e3,
        "floor_p50_ms": percentile(floor.took, 0.5) * 1e3,
    }


def _tell(question: Question, few: dict[str, float], many: dict[str, float]) -> None:
    figures = {f"{name}_at_10000": round(value, 2) for name, value in few.items()}
    figures |= {f"{name}_at_100000": round(value, 2) for name, value in many.items()}
    figures |= {
        "growth": round(many["p50_ms"] / few["p50_ms"], 2),
        "growth_p95": round(many["p95_ms"] / few["p95_ms"], 2),
        "ratio": round(many["floor_p50_ms"] / many["p50_ms"], 3),
        "round_trips": question.trips,
    }
    print(json.dumps({"bench": f"cases.{question.name}", **figures}), flush=True)


def _questions(city: City, numbers: Sequence[str]) -> list[Question]:
    officer = city.offices[0].officer_token
    return [
        _recorded("list", officer, ["/cases"]),
        _recorded("list-filtered", officer, ["/cases?stage=completed&open=false"]),
        _recorded("list-none-found", officer, ["/cases?stage=withdrawn"]),
        _recorded("list-of-item", officer, [f"/cases?item={ITEM}"]),
        _recorded("list-of-region", city.supervisor_token, ["/cases"]),
        _recorded("list-of-region-none-found", city.supervisor_token, ["/cases?stage=withdrawn"]),
        _desk(city.offices[0]),
        _recorded("case", officer, [f"/cases/{number}" for number in numbers]),
    ]


def _recorded(name: str, token: str, paths: list[str]) -> Question:
    program = Program(token)
    program.get(paths[0])
    with recorded() as wire:
        program.get(paths[0])
    asked = tuple(request("GET", f"/api/v1{path}", token) for path in paths)
    return Question(name, asked, tuple(wire.statements), wire.trips)


def _desk(office: Office) -> Question:
    """The desk's page, for a browser that is signed in."""
    browser = Client()
    assert office.officer.account is not None
    browser.force_login(Account.objects.get(id=office.officer.account))
    browser.get("/desk/")
    with recorded() as wire:
        assert browser.get("/desk/").status_code == HTTPStatus.OK
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    asked = f"GET /desk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    return Question("desk", (asked,), tuple(wire.statements), wire.trips)


def _looked_at(house: Installation, office: Office) -> list[str]:
    """The numbers of whole cases, half of them in the officer's hands."""
    arrive(house.url, (office,), LOOKED_AT, now())
    while ledger.seal(now()):
        pass
    taken = [cases.take_next(office.queue, by=office.officer, at=now()) for _ in range(LOOKED_AT // 2)]
    for one in taken:
        assert one is not None
        cases.accept(one.number, seen=one.version, by=office.officer, at=now())
    return [one.number for one in taken if one]


def _moulds(house: Installation, city: City) -> list[int]:
    """One case of each office, of which the stored ones are copies."""
    arrive(house.url, city.offices, len(city.offices), now())
    with psycopg.connect(house.url) as direct:
        found = direct.execute("select max(id) from cases_case group by queue").fetchall()
    return [case for (case,) in found]


def _store(house: Installation, moulds: list[int], already: int, count: int) -> None:
    with psycopg.connect(house.url) as direct:
        psycopg.RawCursor(direct).execute(FILL, (moulds, already + 1, count))
    house.house_keeping()
