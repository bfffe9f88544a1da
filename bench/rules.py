"""Rules that decide: a decision alone; and over HTTP, from applying to the signed paper of the grant.

The floor of a decision is ZEN asked row by row, with nothing around it. The floor of an application is the
same one of somebody who applies for another: nothing is asked and no paper made, it is only submitted.
"""

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from django.conf import settings

from bench.installation import Installation
from bench.load import KeptAlive, percentile, refuse_unless, request, timed
from tongban.catalogue import api as catalogue
from tongban.engine.decisions import decide
from tongban.engine.packs import example_of
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.clock import now
from tongban.kernel.ids import ItemCode
from tongban.kernel.keys import ring

ITEM = "housing-fund-certificate"
TABLE = "flexible-employment"
FACTS = {"age": 37, "insurance": {"state": "stopped"}}
REGION = "510104"
NUMBER, NAME = "510104198806152343", "王秀丽"
DECISIONS = 20_000
AT_MOST_MS = 2_000
GRANT = 3
"""The place of the grant in the story of a case that a rule granted."""


def main(house: Installation, seconds: float) -> None:
    """One JSON line for the decision alone, one for the whole way."""
    packs = Path(settings.PACKS)
    exchange.publish([packs], at=now())
    catalogue.publish([packs / "items" / item for item in (ITEM, TABLE)], at=now())
    _decision()
    with house.working(), house.serving():
        _whole_way(house.port, _token(now()), seconds)


def _decision() -> None:
    rule = catalogue.item(ItemCode(TABLE)).rule
    assert rule is not None
    table, conditions = rule.table, [row.when.zen for row in rule.table.rows]

    def bare() -> None:
        for condition in conditions:
            condition.evaluate(FACTS)

    taken, floor = _microseconds(lambda: decide(table, FACTS)), _microseconds(bare)
    figures = {
        "rows": len(conditions),
        "per_second": round(1e6 / taken),
        "microseconds": round(taken, 1),
        "microseconds_a_row": round(taken / len(conditions), 1),
        "floor_microseconds": round(floor, 1),
        "ratio": round(taken / floor, 2),
    }
    print(json.dumps({"bench": "rules.decide", **figures}), flush=True)


def _microseconds(deed: Callable[[], object]) -> float:
    """Of one deed, the best of five rounds."""
    rounds = []
    for _ in range(5):
        begun = perf_counter()
        for _ in range(DECISIONS):
            deed()
        rounds.append(perf_counter() - begun)
    return min(rounds) / DECISIONS * 1e6


def _token(at: datetime) -> str:
    """A person whom the sample register knows, with a token."""
    person = ring().person_key("person", NUMBER)
    account = identity.open_account(secrets.token_hex(8), secrets.token_hex(16), person=person)
    identity.save_profile(person, identity.Profile(name=NAME, id_number=NUMBER, phone="13800000001"))
    return identity.create_token(account, at=at)


def _whole_way(port: int, token: str, seconds: float) -> None:
    line = KeptAlive(port)
    own = _application()
    others = _application(name="李别人")

    def apply(body: bytes) -> str:
        key = f"Idempotency-Key: {secrets.token_hex(16)}\r\n"
        status, answer = line.ask(request("POST", "/api/v1/cases", token, body, more=key))
        refuse_unless(201, status, answer)
        number: str = json.loads(answer)["number"]
        return number

    def granted() -> None:
        number = apply(own)
        status, paper = line.ask(request("GET", f"/api/v1/cases/{number}/papers/{GRANT}", token))
        refuse_unless(200, status, paper)
        if not paper.startswith(b"%PDF"):
            raise RuntimeError("no paper was given")

    first = timed(granted, 1)[0]
    times = max(20, int(seconds / 2))
    taken, floor = timed(granted, times), timed(lambda: apply(others), times)
    p95 = percentile(sorted(taken), 0.95) * 1e3
    figures = {
        "times": times,
        "first_ms": round(first * 1e3),
        "p50_ms": round(median(taken) * 1e3),
        "p95_ms": round(p95),
        "at_most_ms": AT_MOST_MS,
        "floor_p50_ms": round(median(floor) * 1e3, 1),
        "ratio": round(median(taken) / median(floor), 2),
    }
    print(json.dumps({"bench": "rules.apply-to-paper", **figures}), flush=True)
    if p95 > AT_MOST_MS:
        raise SystemExit(f"p95 is {p95:.0f} ms, more than {AT_MOST_MS}")


def _application(**answers: str) -> bytes:
    example = example_of(Path(settings.PACKS) / "items" / ITEM) | answers
    return json.dumps({"item": ITEM, "region": REGION, "answers": example, "materials": []}).encode()
