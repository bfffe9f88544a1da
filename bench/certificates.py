"""Whether a certificate holds, asked by anyone among 100,000, as a page and as JSON; beside its statement."""

import json
from dataclasses import dataclass

import psycopg
from django.test import Client

from bench.clients import Asker, Reader
from bench.installation import Installation
from bench.load import percentile, together
from bench.recorded import Sent, recorded
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import MONDAY, an_order
from tongban.engine.codes import CertificateIdentifier

STORED = 100_000
ASKED_FOR = 1_000
"""So many different ones are asked for, spread over all that are stored."""

FILL = """
insert into certificates_certificate
select r.* from generate_series(1, $2::bigint) nth
join certificates_certificate c on c.serial = $1::text
cross join lateral jsonb_populate_record(c, jsonb_build_object(
    'id', 1000000 + nth, 'serial', upper(substr(md5(nth::text), 1, 16)), 'case_id', -nth
)) r
"""
"""Copies of one that was issued; without events, for a check reads none."""

SPREAD = """
select serial, type_code, body from certificates_certificate
where id > 1000000 and id % $1::bigint = 0 order by serial
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A check in one of its forms: where it is asked, and what one costs the database."""

    name: str
    paths: tuple[str, ...]
    sent: tuple[Sent, ...]
    trips: float


def main(house: Installation, seconds: float) -> None:
    """One JSON line a form of the check."""
    number = certificates.issue(an_order(), at=MONDAY)
    with psycopg.connect(house.url) as direct:
        cursor = psycopg.RawCursor(direct)
        cursor.execute(FILL, (number[:16], STORED))
        rows = cursor.execute(SPREAD, (STORED // ASKED_FOR,)).fetchall()
    house.house_keeping()
    numbers = tuple(f"{serial}-001" for serial, _, _ in rows)
    identifiers = tuple(str(CertificateIdentifier(type, body, serial, "001")) for serial, type, body in rows)
    questions = [
        _question("check-page", "/certificates/{}", numbers),
        _question("check", "/api/v1/certificates/{}/check", numbers),
        _question("check-by-identifier", "/api/v1/certificates/{}/check", identifiers),
    ]
    with house.working(), house.serving():
        for question in questions:
            _tell(house, question, seconds / 10)


def _question(name: str, address: str, asked: tuple[str, ...]) -> Question:
    paths = tuple(address.format(one) for one in asked)
    browser = Client()
    browser.get(paths[0])
    with recorded() as wire:
        answer = browser.get(paths[0])
    if answer.status_code != 200:
        raise RuntimeError(f"answered {answer.status_code}: {answer.content.decode()[:500]}")
    return Question(name, paths, tuple(wire.statements), wire.trips)


def _tell(house: Installation, question: Question, seconds: float) -> None:
    asked = tuple(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in question.paths)
    ours = together([Asker(house.port, asked)], seconds, warm_up=1.0)
    sent = tuple((one.sql, one.parameters) for one in question.sent)
    floor = together([Reader(house.url, sent)], seconds / 2, warm_up=0.5)
    median, bare = percentile(ours.took, 0.5), percentile(floor.took, 0.5)
    figures = {
        "stored": STORED,
        "p50_ms": round(median * 1e3, 2),
        "p95_ms": round(percentile(ours.took, 0.95) * 1e3, 2),
        "per_second": round(ours.rate),
        "floor_p50_ms": round(bare * 1e3, 2),
        "ratio": round(bare / median, 3),
        "statements": len(question.sent),
        "round_trips": question.trips,
    }
    print(json.dumps({"bench": f"certificates.{question.name}", **figures}), flush=True)
