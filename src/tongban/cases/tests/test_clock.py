"""What the clock does: by rows, once, after any restart, and never on a provisional day."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import change, clock
from tongban.cases.rules.law import law_of
from tongban.cases.tests.world import MONDAY, a_world, kinds_of
from tongban.catalogue import api as catalogue
from tongban.kernel.calendars import calendar_folder, calendar_in_force, load_calendar
from tongban.kernel.sql import run

AFTER_SILENCE = MONDAY + timedelta(days=8)  # Tuesday of the week after: five working days have passed


def timers_of(number):
    return run(
        "select t.kind, t.due_at from cases_timer t join cases_case c on c.id = t.case_id"
        " where c.number = $1::text",
        (number,),
    )


def test_silence_accepts_once_however_many_sweep(world, at_once):
    number = world.submit().number
    at_once(*[lambda: commands.fire_due(AFTER_SILENCE)] * 4)
    assert kinds_of(number) == ["submitted", "deemed-accepted"]
    assert timers_of(number) == []


def test_a_timer_is_gone_once_somebody_spoke_in_time(world):
    number = world.submit().number
    assert [kind for kind, _ in timers_of(number)] == ["silence"]
    world.take_next()
    assert sorted(kind for kind, _ in timers_of(number)) == ["silence", "untouched"]
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert timers_of(number) == []


def test_a_timer_that_outlived_its_reason_does_nothing_and_goes(world):
    number = world.accepted()
    run(
        "insert into cases_timer (case_id, kind, due_at)"
        " select id, 'silence', $2::timestamptz from cases_case where number = $1::text",
        (number, MONDAY),
    )
    commands.fire_due(MONDAY)
    assert kinds_of(number) == ["submitted", "taken", "accepted"]
    assert timers_of(number) == []


def test_a_case_that_cannot_be_tended_to_keeps_no_other_waiting(world, monkeypatch):
    broken, sound = world.submit().number, world.submit().number
    tend = clock._fire

    def fail_for_one(number, kind, at):
        if number == broken:
            raise LookupError("a case that nobody can fold")
        tend(number, kind, at)

    monkeypatch.setattr(clock, "_fire", fail_for_one)
    commands.fire_due(AFTER_SILENCE)
    assert kinds_of(sound) == ["submitted", "deemed-accepted"]
    assert kinds_of(broken) == ["submitted"]
    assert [kind for kind, _ in timers_of(broken)] == ["silence"], "it is tried again at the next sweep"


def test_past_the_published_calendar_a_deadline_is_provisional_and_nothing_fires(world):
    at = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    number = world.submit(at=at).number
    [(provisional,)] = run("select provisional from cases_case where number = $1::text", (number,))
    assert provisional and timers_of(number) == []
    commands.fire_due(at + timedelta(days=60))
    assert kinds_of(number) == ["submitted"]


def test_when_the_year_is_loaded_provisional_deadlines_are_computed_anew_and_fire(
    world, monkeypatch, tmp_path
):
    at = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)
    number = world.submit(at=at).number
    shutil.copytree(calendar_folder(settings.PACKS), tmp_path, dirs_exist_ok=True)
    (tmp_path / "2027.yaml").write_text(A_NOTICE_OF_2027, "utf-8")
    published = load_calendar(tmp_path)
    monkeypatch.setattr(change, "calendar_in_force", lambda: published)
    assert commands.recompute_deadlines(at) >= 1
    assert kinds_of(number) == ["submitted", "deadlines-recomputed"]
    assert [kind for kind, _ in timers_of(number)] == ["silence"]
    assert commands.recompute_deadlines(at) == 0
    commands.fire_due(at + timedelta(days=30))
    assert kinds_of(number)[2:] == ["deemed-accepted"]


A_NOTICE_OF_2027 = """
year: 2027
notices:
  made-up: {title: 测试用的通知, number: "", issued: null, checked: false}
days_off:
  - {day: 2027-01-01, festival: 元旦, notice: made-up}
makeup_workdays: []
"""


@pytest.mark.parametrize(
    ("like", "notices"),
    [("residence-permit", 0), ("old-age-allowance", 0), ("food-operation-licence", 1)],
)
def test_only_a_licence_is_accepted_by_silence(transactional_db, like, notices):
    world = a_world(like)
    law = law_of(catalogue.item(world.item), calendar_in_force())
    assert (law.regime.silence_is_acceptance is not None) == bool(notices)
