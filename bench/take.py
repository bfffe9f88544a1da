"""Officers who take the next, accept and grant over sixteen queues, beside the very statements they cause."""

import json
from dataclasses import dataclass
from statistics import mean

from bench.arrivals import arrive
from bench.city import City, Office, build
from bench.clients import Clerk, Deeds, Officer
from bench.installation import Installation
from bench.load import Load, together
from bench.recorded import Program, recorded
from bench.watch import Watch, until_sealed
from tongban.kernel.clock import now
from tongban.ledger import api as ledger

TAKINGS = 50_000
"""After so many the queues must still be served as fast."""

FULL_RUN = 60.0
"""Seconds of load for which so many takings are asked for; a shorter run asks for its share."""

FIRST_SECOND = 1.0
LAST_SECONDS = 3.0
FLOOR_TAKES_AT_MOST = 4_000
ACTS_AT_MOST = 1_500


@dataclass(frozen=True, slots=True)
class Plan:
    """Where it is measured, against which deeds, and the round trips of each act."""

    house: Installation
    city: City
    deeds: tuple[Deeds, ...]
    trips: dict[str, int]
    floor_seconds: float

    def floor(self, *, decides: bool) -> Load:
        """The bare statements of every office at once."""
        clerks = [Clerk(self.house.url, each, decides) for each in self.deeds]
        return together(clerks, self.floor_seconds, warm_up=1.0)


def main(house: Installation, seconds: float) -> None:
    """One JSON line for takings alone, one for taking, accepting and granting."""
    city = build(now())
    journeys = [_journey(house, office) for office in city.offices]
    # The fewest: a journey that finds the catalogue two seconds old asks once more.
    trips = {act: min(trips[act] for _, trips in journeys) for act in journeys[0][1]}
    plan = Plan(house, city, tuple(deeds for deeds, _ in journeys), trips, seconds / 20)
    takings = int(TAKINGS * min(1.0, seconds / FULL_RUN))
    spare = int(FLOOR_TAKES_AT_MOST * (plan.floor_seconds + 1))
    # Twice the floor of takings, twice that of whole decisions, of which one act in three is a taking.
    _fill(house, city, takings + 2 * spare + 2 * spare // 3 + int(ACTS_AT_MOST / 3 * (seconds / 2 + 2)))
    _measure_takings(plan, takings)
    _measure_acts(plan, seconds / 2)


def _measure_takings(plan: Plan, takings: int) -> None:
    house, city = plan.house, plan.city
    before = plan.floor(decides=False)
    share = takings // len(city.offices)
    officers = [
        Officer(house.port, office.officer_token, office.queue, most=share) for office in city.offices
    ]
    with house.working(), house.serving():
        until_sealed(house.url)
        with Watch(house.url) as watch:
            spent = house.spent()
            load = together(officers, 3600.0, warm_up=0.0)
            spent = house.spent() - spent
    after = plan.floor(decides=False)
    # The first second of a fresh process pays for its connections and plans: the best of its first five.
    first = max(load.between(at, at + FIRST_SECOND) for at in range(5))
    last = load.between(load.seconds - LAST_SECONDS, load.seconds)
    floor, each = mean([before.rate, after.rate]), 1e3 / len(load.ends)
    figures = load.figures() | {
        "floor_per_second": round(floor),
        "ratio": round(load.rate / floor, 3),
        "takings": len(load.ends),
        "first_second": round(first),
        "last_seconds": round(last),
        "last_to_first": round(last / first, 2),
        "errors": 0,
        "round_trips": plan.trips["take"],
        "application_cpu_ms": round(spent.web * each, 2),
        "postgres_cpu_ms": round(spent.postgres * each, 2),
        "largest_backlog": watch.most,
        "largest_lag_s": round(watch.longest, 2),
    }
    print(json.dumps({"bench": "cases.take-next", "clients": len(officers), **figures}), flush=True)


def _measure_acts(plan: Plan, seconds: float) -> None:
    house, city = plan.house, plan.city
    before = plan.floor(decides=True)
    officers = [
        Officer(house.port, office.officer_token, office.queue, decides=True) for office in city.offices
    ]
    with house.working(), house.serving():
        until_sealed(house.url)
        with Watch(house.url) as watch:
            load = together(officers, seconds)
    after = plan.floor(decides=True)
    floor = mean([before.rate, after.rate])
    figures = load.figures() | {
        "floor_per_second": round(floor),
        "ratio": round(load.rate / floor, 3),
        "errors": 0,
        "round_trips": plan.trips,
        "largest_backlog": watch.most,
        "largest_lag_s": round(watch.longest, 2),
    }
    named = {"bench": "cases.take-accept-grant", "clients": len(officers), "seconds": seconds}
    print(json.dumps(named | figures), flush=True)


def _fill(house: Installation, city: City, count: int) -> None:
    """So many cases wait, sealed, in sixteen queues."""
    arrive(house.url, city.offices, count, now())
    while ledger.seal(now()):
        pass
    house.house_keeping()


def _journey(house: Installation, office: Office) -> tuple[Deeds, dict[str, int]]:
    """A case taken, accepted and granted by the office's officer: what was sent, and each act's trips."""
    arrive(house.url, (office,), 1, now())
    ledger.seal(now())
    program = Program(office.officer_token)
    with recorded() as taking:
        held = program.post(f"/queues/{office.queue}/next")
    with recorded() as accepting:
        accepted = program.post(f"/cases/{held['number']}/accept", {"seen": held["version"]})
    said = {"seen": accepted["version"], "text": "符合条件，准予许可。"}
    with recorded() as granting:
        program.post(f"/cases/{held['number']}/grant", said)
    acts = (taking, accepting, granting)
    documents = tuple(str(act.one("update cases_case").parameters[0]) for act in acts)
    written = json.loads(documents[0])
    leaf = json.loads(written["events"][0]["entry"])
    deeds = Deeds(
        lock=taking.one("from cases_queue").sql,
        first=taking.one("with first as").sql,
        again=accepting.one("where c.number").sql,
        record=taking.one("update cases_case").sql,
        queue=office.queue,
        documents=documents,
        number=held["number"],
        tag=leaf["case"],
        position=written["row"]["position"],
    )
    trips = dict(zip(("take", "accept", "grant"), (act.trips for act in acts), strict=True))
    return deeds, trips
