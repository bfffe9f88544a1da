"""Submitting through HTTP, beside the very statement of submit with documents made before."""

import json
from statistics import mean

import orjson

from bench.city import ANSWERS, ITEM, MATERIALS, City, Office, build, store_files
from bench.clients import Applicant, Writer
from bench.installation import Installation
from bench.load import Load, together
from bench.recorded import Program, Sent, recorded
from bench.watch import Watch, until_sealed
from tongban.kernel.clock import now

CLIENTS = (1, 16)
MOST_PER_SECOND = {1: 800, 16: 1_400}
"""So many files are stored before; a client that has none left stops."""
FLOOR_MOST_PER_SECOND = {1: 2_000, 16: 4_000}
NUMBERS_IN_A_BLOCK = 64


def main(house: Installation, seconds: float) -> None:
    """One JSON line for each number of clients."""
    city = build(now())
    moulds = [_submitted(house, office) for office in city.offices]
    trips = _round_trips(house, city.offices[0])
    for clients in CLIENTS:
        _measure(house, city, moulds[:clients], seconds, trips)


def _measure(house: Installation, city: City, moulds: list[Sent], seconds: float, trips: float) -> None:
    clients = len(moulds)
    before = _floor(house, city, moulds, seconds / 10)
    with house.working(), house.serving():
        until_sealed(house.url)
        applicants = _applicants(house, city, clients, seconds)
        with Watch(house.url) as watch:
            spent = house.spent()
            load = together(applicants, seconds)
            spent = house.spent() - spent
        until_sealed(house.url)
    after = _floor(house, city, moulds, seconds / 10)
    floor, each = mean([before.rate, after.rate]), 1e3 / len(load.ends)
    figures = load.figures() | {
        "floor_per_second": round(floor),
        "ratio": round(load.rate / floor, 3),
        "floor_p99_ms": before.milliseconds(0.99),
        "errors": 0,
        "round_trips": trips,
        "application_cpu_ms": round(spent.web * each, 2),
        "postgres_cpu_ms": round(spent.postgres * each, 2),
        "worker_cpu_ms": round(spent.worker * each, 2),
        "largest_backlog": watch.most,
        "largest_lag_s": round(watch.longest, 2),
    }
    print(
        json.dumps({"bench": "cases.submit", "clients": clients, "seconds": seconds, **figures}), flush=True
    )


def _submitted(house: Installation, office: Office) -> Sent:
    """A submission as it is sent to the database, one of each office: the mould of its floor."""
    [files] = store_files(house.url, [office.person], len(MATERIALS), now())
    with recorded() as wire:
        Program(office.resident_token).post("/cases", _application(office, [file.handle for file in files]))
    return wire.statements[-1]


def _round_trips(house: Installation, office: Office) -> float:
    """Round trips of one submission, the mean over a whole block of numbers."""
    [files] = store_files(house.url, [office.person], NUMBERS_IN_A_BLOCK * len(MATERIALS), now())
    program, handles = Program(office.resident_token), [file.handle for file in files]
    bodies = [
        _application(office, handles[at : at + len(MATERIALS)])
        for at in range(0, len(handles), len(MATERIALS))
    ]
    with recorded() as wire:
        for body in bodies:
            program.post("/cases", body)
    return round(wire.trips / NUMBERS_IN_A_BLOCK, 2)


def _application(office: Office, handles: list[str]) -> dict[str, object]:
    files = [{"kind": kind, "file": handle} for kind, handle in zip(MATERIALS, handles, strict=True)]
    return {"item": ITEM, "region": office.region, "answers": ANSWERS, "materials": files}


def _applicants(house: Installation, city: City, clients: int, seconds: float) -> list[Applicant]:
    offices = city.offices[:clients]
    count = int(MOST_PER_SECOND[clients] * (seconds + 2) / clients) * len(MATERIALS)
    stored = store_files(house.url, [office.person for office in offices], count, now())
    return [
        Applicant(
            port=house.port,
            token=office.resident_token,
            body=orjson.dumps(_application(office, [f"<{kind}>" for kind in MATERIALS])),
            places=tuple(f"<{kind}>".encode() for kind in MATERIALS),
            handles=[file.handle.encode() for file in files],
        )
        for office, files in zip(offices, stored, strict=True)
    ]


def _floor(house: Installation, city: City, moulds: list[Sent], seconds: float) -> Load:
    clients = len(moulds)
    count = int(FLOOR_MOST_PER_SECOND[clients] * (seconds + 1) / clients) * len(MATERIALS)
    owners = [office.person for office in city.offices[:clients]]
    stored = store_files(house.url, owners, count, now())
    writers = [
        Writer(house.url, mould.sql, mould.parameters, [file.id for file in files])
        for mould, files in zip(moulds, stored, strict=True)
    ]
    return together(writers, seconds, warm_up=1.0)
