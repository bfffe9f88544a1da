"""Whatever is killed at random moments under load, nothing is lost, doubled or reordered.

Real processes, every commit durable. What the clients noted, each note synced to disk, is held against the
database by SQL, against the rules by our own fold, and against the public log by the verifier, which knows
nothing of the installation but its address.
"""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.survival.clients import Applicant, Client, Day, Handler
from tests.survival.house import House, house
from tests.survival.people import People
from tongban.cli.ledger import EXIT_CANNOT_CHECK

SEED = 20040701
KILLS = {"web": 5, "a web process": 3, "worker": 6, "database": 5, "a backend": 5, "everything": 1}
CALM_WITHIN = 90.0


@pytest.fixture
def standing() -> Iterator[House]:
    """An installation that stands."""
    with house() as built:
        yield built


def test_whatever_is_killed_every_acknowledged_case_is_there_once_and_in_its_place(
    standing: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "httpx")
    people = People(**json.loads(standing.python("-m", "tests.survival.people")))
    day = Day()
    applicants = [
        Applicant(f"applicant-{n}", standing.url, token, day, tmp_path, people.regions)
        for n, token in enumerate(people.residents)
    ]
    handlers = [
        Handler(f"handler-{n}", standing.url, token, day, tmp_path, queue)
        for n, (queue, token) in enumerate(people.officers)
    ]
    live_through_the_killing(standing, day, [*applicants, *handlers], tmp_path)
    wait_until_all_is_told(standing)

    assert day.strange == [], troubles(standing, day)
    assert day.unanswered >= KILLS["web"], "no request was ever in flight when the web server was killed"
    every_submission_is_there_once(standing, applicants)
    wait_until_all_is_told(standing)
    every_acknowledged_act_is_there(standing, handlers)
    every_event_has_its_leaf(standing)
    no_job_is_lost(standing)
    rows_timers_and_queues_agree_with_the_story(standing)
    the_log_holds_from_outside(standing, applicants, tmp_path)


def live_through_the_killing(built: House, day: Day, clients: list[Client], folder: Path) -> None:
    """Every kind of kill, in random order, each under requests that get through."""
    chance = random.Random(SEED)
    kills = [kind for kind, times in KILLS.items() for _ in range(times)]
    chance.shuffle(kills)
    deeds: dict[str, Callable[[], None]] = {
        "web": built.kill_web,
        "a web process": lambda: built.kill_a_web_process(chance),
        "worker": built.kill_worker,
        "database": built.kill_database,
        "a backend": lambda: built.kill_a_backend(chance),
        "everything": built.kill_everything,
    }
    moment = threading.Event()
    for client in clients:
        client.start()
    for number, kill in enumerate(kills):
        assert day.wait_for(chance.randrange(1, 25)), troubles(built, day)
        moment.wait(chance.random() * 0.2)
        deeds[kill]()
        built.mend()
        if number % 8 == 7 and day.wait_for(1):
            verify(built, folder)
    assert day.wait_for(10), troubles(built, day)
    day.over.set()
    for client in clients:
        client.join(CALM_WITHIN)
        assert not client.is_alive(), f"{client.name} was never answered"


def wait_until_all_is_told(built: House) -> None:
    """Until every leaf is sealed and every job done; a job that was lost is waited for in vain."""
    until, pause = time.monotonic() + CALM_WITHIN, threading.Event()
    while waiting := [count for count in ask(built, WAITING)[0] if count]:
        assert time.monotonic() < until, (
            f"still waiting (leaves, deliveries): {waiting}: {built.said('worker')}"
        )
        pause.wait(0.2)


def every_submission_is_there_once(built: House, applicants: list[Applicant]) -> None:
    """What was acknowledged stands with that receipt; each key ever sent, sent once more, gives one case."""
    numbers = []
    for applicant in applicants:
        noted = notes_of(applicant)
        acknowledged: dict[str, set[tuple[str, str]]] = {}
        for note in noted:
            if "key" in note:
                acknowledged.setdefault(note["key"], set()).add((note["number"], note["receipt"]))
        assert acknowledged
        for key in [note["sent"] for note in noted if "sent" in note]:
            told = applicant.submit(key)
            assert acknowledged.get(key, set()) <= {(told["number"], told["receipt"])}, key
            numbers.append(told["number"])
    assert len(set(numbers)) == len(numbers)
    stored = ask(built, "select number from cases_case")
    assert sorted(number for (number,) in stored) == sorted(numbers)


def every_acknowledged_act_is_there(built: House, handlers: list[Handler]) -> None:
    stored = set(
        ask(built, "select number, kind, seq from cases_event e join cases_case c on c.id = e.case_id")
    )
    noted = [(note["number"], note["kind"], note["version"]) for one in handlers for note in notes_of(one)]
    assert len({kind for _, kind, _ in noted}) == 5, "too little happened to prove anything"
    assert len(set(noted)) == len(noted), "two officers were told the same"
    assert set(noted) <= stored


def every_event_has_its_leaf(built: House) -> None:
    [(events, leaves, sealed, first, last, head)] = ask(built, LEAVES)
    assert (leaves, sealed, first, last, head) == (events, events, 0, events - 1, events)


def no_job_is_lost(built: House) -> None:
    """Every delivered case was completed, once."""
    delivered = ask(built, "select case_id from cases_event where kind = 'delivered' order by 1")
    completed = ask(built, "select case_id from cases_event where kind = 'completed' order by 1")
    assert delivered and completed == delivered
    assert ask(built, "select count(*) from procrastinate_jobs where status <> 'succeeded'") == [(0,)]


def rows_timers_and_queues_agree_with_the_story(built: House) -> None:
    found = json.loads(built.python("-m", "tests.survival.inspection"))
    assert found["cases"] and found["faults"] == []


def the_log_holds_from_outside(built: House, applicants: list[Applicant], folder: Path) -> None:
    """Tiles, checkpoint, history since the first kills, every receipt; nobody overtook an earlier one."""
    receipts = [note["receipt"] for one in applicants for note in notes_of(one) if "receipt" in note]
    files = [folder / f"receipt-{n}.txt" for n in range(len(receipts))]
    for file, receipt in zip(files, receipts, strict=True):
        file.write_text(receipt, "utf-8")
    told = verify(built, folder, *[word for file in files for word in ("--receipt", str(file))])
    assert len(told["receipts"]) == len(receipts)
    fair = json.loads(built.command("ledger", "fairness", "--url", built.url, *state_in(folder), "--json"))
    assert fair["queues"] and fair["without_reason"] == fair["with_reason"] == 0


def verify(built: House, folder: Path, *more: str) -> dict[str, Any]:
    """What the verifier says; it ends with zero only where it found no fault."""
    words = ("ledger", "verify", "--url", built.url, *state_in(folder), "--json", *more)
    # A house that is just coming back cannot be checked, which is no fault.
    return dict(json.loads(built.command(*words, again_after=EXIT_CANNOT_CHECK)))


def state_in(folder: Path) -> tuple[str, str]:
    return "--state", str(folder / "verifier.json")


def troubles(built: House, day: Day) -> str:
    return "\n".join([*day.strange[:5], built.said("serve"), built.said("worker")])


def notes_of(client: Client) -> list[dict[str, Any]]:
    return [json.loads(line) for line in client.path.read_text("utf-8").splitlines()]


def ask(built: House, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(built.database.url) as connection:
        return connection.execute(sql.encode()).fetchall()


WAITING = """
select (select count(*) from ledger_pending),
       (select count(*) from cases_case where stage = 'delivered'),
       (select count(*) from procrastinate_jobs where status in ('todo', 'doing'))
"""

LEAVES = """
with event as (select id from cases_event union all select id from certificates_event)
select (select count(*) from event), count(*), count(e.id), min(l.index), max(l.index),
       (select size from ledger_head)
from ledger_leaf l left join event e on e.id = l.event_id
"""
