"""The clock of an exercise stands until it is moved, is never moved back, and is in no other installation."""

from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.calendar import SHANGHAI, legal_day
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.refusal import Refusal
from tongban.learning import commands
from tongban.learning.rules import days
from tongban.learning.tests.solving import Learner
from tongban.site import settings as of_the_site

_FIRST, _LAST = datetime.fromisoformat("2026-01-05"), datetime.fromisoformat("2026-11-01")
moments = st.datetimes(_FIRST, _LAST).map(lambda at: at.replace(tzinfo=SHANGHAI))


@given(moments, st.lists(st.dates(date(2025, 12, 1), date(2026, 12, 1)), max_size=3))
def test_every_way_on_is_a_morning_that_is_still_to_come_and_named_once(
    moment: datetime, deadlines: list[date]
) -> None:
    ways = days.onward(moment, calendar_in_force(), deadlines)
    assert ways[0].code == "day"
    assert all(one.to > moment and one.to.timetz() == time(9, tzinfo=SHANGHAI) for one in ways)
    assert len({one.to for one in ways}) == len(ways)


@given(moments, st.timedeltas(timedelta(), timedelta(days=40)))
def test_moved_on_it_passes_every_midnight_in_order_and_ends_where_it_was_sent(
    moment: datetime, on: timedelta
) -> None:
    to = days.moved(moment, moment + on)
    passed = list(days.instants(moment, to))
    assert passed == sorted(passed)
    assert passed[-1] == to
    nights = {legal_day(at) for at in passed if at.timetz() == time(tzinfo=SHANGHAI)}
    assert len(nights) >= (legal_day(to) - legal_day(moment)).days


@given(moments, st.timedeltas(timedelta(microseconds=1), timedelta(days=400)))
def test_it_is_never_moved_back(moment: datetime, back: timedelta) -> None:
    with pytest.raises(Refusal, match="learning.clock.backwards"):
        days.moved(moment, moment - back)


def test_it_stands_while_nobody_moves_it(learner: Learner) -> None:
    stood = learner.begin("ordinary").work.moment
    learner.takes()
    assert learner.work.moment == stood == learner.work.exercise.begins
    assert learner.viewer.officer is not None
    with pytest.raises(Refusal, match="learning.clock.backwards"):
        commands.move(learner.viewer.officer.id, stood - timedelta(days=1))


def test_no_other_installation_has_clock_tables_or_addresses() -> None:
    known = [*of_the_site.INSTALLED_APPS, *of_the_site.MIDDLEWARE, of_the_site.ROOT_URLCONF]
    assert [name for name in known if "learning" in name] == []
    assert Client().get("/exercise").status_code == 404
    assert Client().post("/exercise/clock", {"to": "2026-03-17"}).status_code == 404


def test_its_settings_are_refused_outside_a_folder_that_was_marked() -> None:
    assert not (Path(settings.VAR) / "exercise").exists()
    with pytest.raises(ImproperlyConfigured, match="for exercises alone"):
        import_module("tongban.learning.settings")


def test_its_tables_are_those_of_its_migrations(learner: Learner) -> None:
    call_command("makemigrations", "learning", check=True, dry_run=True, verbosity=0)
