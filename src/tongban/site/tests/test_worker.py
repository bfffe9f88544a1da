"""The worker on a real database: it acts once, and lives through lost connections and killed fellows."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection, transaction

from tongban.administration.commands.keys import begin_rewrapping, retire_master
from tongban.administration.models import RetiredMaster
from tongban.administration.tests.keeping import kept_beside
from tongban.cases.commands import change
from tongban.cases.handlers import complete_delivered
from tongban.cases.tests.world import MONDAY, World, a_world, kinds_of
from tongban.engine.calendar import Calendar
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.clock import now
from tongban.kernel.keys import ring, rotate
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.site import wiring, worker
from tongban.site.tests.deliveries import a_delivered_case, a_granted_case, deliver, id_of, jobs_for, sealed
from tongban.site.worker import work

SOON = 30.0


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A licence at a body of its own; the ledger hears who reacts, as in life."""
    before = ledger.reactions.arrived, ledger.reactions.tell
    wiring.connect()
    yield a_world()
    ledger.supply(arrived=before[0], tell=before[1])


@contextmanager
def working() -> Iterator[None]:
    """A worker at work."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(stop,), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(SOON)
    assert not thread.is_alive()


def comes_true(what: Callable[[], bool]) -> bool:
    """Look again and again, for a while."""
    pause, looks = threading.Event(), int(SOON / 0.05)
    return any(what() or pause.wait(0.05) for _ in range(looks))


def is_completed(number: str) -> bool:
    return kinds_of(number)[-1] == "completed"


def test_what_was_delivered_is_completed_once_by_however_many_workers(world: World) -> None:
    numbers = [a_delivered_case(world) for _ in range(5)]
    with working(), working():
        assert comes_true(lambda: all(is_completed(number) for number in numbers))
        assert comes_true(lambda: not any(jobs_for(number) for number in numbers))
    for number in numbers:
        assert kinds_of(number).count("completed") == 1


def test_silence_is_heard_without_anybody_asking(world: World) -> None:
    number = world.submit(at=MONDAY, sealed=False).number
    with working():
        assert comes_true(lambda: kinds_of(number) == ["submitted", "deemed-accepted"])


def test_a_worker_that_starts_takes_up_a_newly_published_year(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = world.submit(at=datetime(2026, 12, 28, 2, 0, tzinfo=UTC), sealed=False).number
    known = calendar_in_force()
    days = {known.first + timedelta(days=day) for day in range((known.last - known.first).days + 1)}
    special = [found for day in sorted(days) if (found := known.special(day))]
    published = Calendar(known.first, known.last, known.last, special)
    monkeypatch.setattr(change, "calendar_in_force", lambda: published)
    with working():
        assert comes_true(lambda: "deadlines-recomputed" in kinds_of(number))


def test_what_two_agreed_to_wrap_anew_is_and_the_retired_master_goes(
    transactional_db: None, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "KEYS_EVERY", 0.05)
    assert ring().current, "there is one to copy: the sealer at work beside it signs the same log"
    shutil.copytree(settings.VAR / "keys", tmp_path / "keys")
    with kept_beside(tmp_path, settings, monkeypatch) as keeping:
        keeping.keep(1, 2, 3)
        old, new = ring().current, rotate()
        begin_rewrapping(new, at=now())
        with working():
            assert comes_true(lambda: keeping.masters() == {new})
            retire_master(old, at=now())
            assert comes_true(lambda: old not in ring().masters)
        assert keeping.masters() == {new}
        RetiredMaster.objects.all().delete()


def test_a_case_left_untouched_goes_back_to_its_place(world: World) -> None:
    number = world.submit(at=now()).number
    world.take_next(at=now() - timedelta(hours=5))
    with working():
        assert comes_true(lambda: kinds_of(number) == ["submitted", "taken", "released"])
    assert world.take_next(at=now()) == number


def test_told_twice_a_delivered_case_is_completed_once(world: World) -> None:
    number = a_delivered_case(world)
    complete_delivered(case_id=id_of(number))
    complete_delivered(case_id=id_of(number))
    assert kinds_of(number).count("completed") == 1


def test_a_seal_rolled_back_while_jobs_are_done_has_told_nobody(world: World) -> None:
    number = a_delivered_case(world)
    told = threading.Event()

    def tell_and_fail(rows: list[ledger.Sealed]) -> None:
        wiring.tell(rows)
        if any(row.case_id == id_of(number) for row in rows):
            told.set()
            raise RuntimeError("after telling, before the commit")

    with working():
        ledger.supply(arrived=ledger.reactions.arrived, tell=tell_and_fail)
        assert told.wait(SOON)
        told.clear()
        assert told.wait(SOON), "the sealer tries again"
        assert jobs_for(number) == [] and not is_completed(number)
        ledger.supply(arrived=ledger.reactions.arrived, tell=wiring.tell)
        assert comes_true(lambda: is_completed(number))


def test_a_job_is_made_by_the_very_transaction_that_seals(world: World) -> None:
    number = a_delivered_case(world)

    with transaction.atomic():
        sealed()
        assert jobs_for(number) == ["todo"]
        transaction.set_rollback(True)
    assert jobs_for(number) == []
    sealed()
    assert jobs_for(number) == ["todo"]


def test_after_every_connection_was_lost_jobs_timers_and_sealing_go_on(world: World) -> None:
    before, *after = [a_granted_case(world) for _ in range(5)]
    deliver(world, before)
    with working():
        assert comes_true(lambda: is_completed(before))
        run(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        for number in after:
            deliver(world, number)
        silent = world.submit(at=MONDAY, sealed=False).number
        assert comes_true(lambda: all(is_completed(number) for number in after))
        assert comes_true(lambda: kinds_of(silent)[-1] == "deemed-accepted")


def test_a_thread_whose_connection_died_is_not_lost_for_later_jobs(world: World) -> None:
    number = a_delivered_case(world)
    case, done = id_of(number), list[Exception]()

    def jobs_of_one_thread() -> None:
        connection.ensure_connection()
        connection.connection.close()
        try:
            complete_delivered(case_id=case)
        except OperationalError as error:
            done.append(error)
            complete_delivered(case_id=case)

    thread = threading.Thread(target=jobs_of_one_thread)
    thread.start()
    thread.join(SOON)
    assert done and is_completed(number)


def test_the_job_of_a_worker_that_was_killed_is_done_by_another(world: World) -> None:
    number = a_delivered_case(world)
    sealed()
    [(worker,)] = run("select worker_id from procrastinate_register_worker_v1()")
    while jobs_for(number) == ["todo"]:
        run("select id from procrastinate_fetch_job_v2(null, $1::bigint)", (worker,))
    assert jobs_for(number) == ["doing"]
    run(
        "update procrastinate_workers set last_heartbeat = now() - interval '1 minute' where id = $1::bigint",
        (worker,),
    )
    with working():
        assert comes_true(lambda: is_completed(number))
