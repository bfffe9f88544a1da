"""A year of the calendar put in force: which cases move, who agrees, and that they do move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tongban.administration import commands
from tongban.administration.commands import Asked, judge_year, steps
from tongban.administration.models import Change
from tongban.administration.tests.test_publishing import ASKED, MAKEUP, OFF
from tongban.administration.tests.world import DISTRICT, two_admins
from tongban.cases import api as cases
from tongban.cases.tests.world import a_world, kinds_of
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import calendar_in_force, calendar_with
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

pytestmark = pytest.mark.django_db

YEAR_END = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_in_life() -> Iterator[None]:
    """What is published is read anew, and arrivals join their queues, as wiring says it."""
    before = (ledger.reactions.arrived, ledger.reactions.tell)
    ledger.supply(arrived=cases.place_arrivals, tell=lambda rows: None)
    catalogue.forget()
    yield
    catalogue.forget()
    ledger.supply(arrived=before[0], tell=before[1])


@pytest.fixture
def admins() -> tuple[Viewer, Viewer]:
    """Two administrators of wherever there are offices."""
    # Bodies that other tests left elsewhere are none of theirs.
    run("update directory_body set closed_on = '2020-01-01' where region_id not like '5101%'")
    return two_admins()


def a_case_at_the_end_of_the_year() -> str:
    """A case whose first deadline falls into a year that is not published."""
    world = a_world()
    # In life the queue is made when the first case is committed, which nothing is here.
    run(
        "insert into cases_queue (id, item, body, region, head)"
        " values ($1::text, $2::text, $3::text, $4::text, 0)",
        (world.queue, world.item, world.body, DISTRICT),
    )
    return world.submit(at=YEAR_END).number


def test_a_year_says_which_days_and_cases_move_and_holds_once_another_agreed(admins):
    number = a_case_at_the_end_of_the_year()
    text = judge_year(ASKED, calendar_in_force()).text
    step = steps.PublishYear(2027, text)
    assert calendar_in_force().last_published.year == 2026
    proposal = commands.propose(Asked("公布年度日历", [step], "国务院通知"), by=admins[0], at=YEAR_END)
    assert commands.confirm(proposal, by=admins[0], at=YEAR_END) is None
    assert calendar_in_force().last_published.year == 2026, "agreed to by nobody, it does not hold"
    done = commands.agree(proposal, by=admins[1], at=YEAR_END)
    change = Change.objects.get(proposal=proposal)
    assert "2027-10-09（周六）" in change.lines
    catalogue.forget()
    catalogue.mark()
    calendar = calendar_in_force()
    assert calendar.last_published.year == 2027
    assert calendar.is_workday(date(2027, 2, 20))
    assert not calendar.is_workday(date(2027, 2, 11))
    moved = {line.what for line in done.effects}
    assert cases.recompute_deadlines(YEAR_END) >= 1
    assert kinds_of(number)[-1] == "deadlines-recomputed"
    assert all(line.change == "期限变动" for line in done.effects)
    assert cases.would_move(calendar, at=YEAR_END) == []
    assert moved == {what for what in moved if "办件" in what}


def test_the_cases_that_would_move_are_named_with_both_days():
    number = a_case_at_the_end_of_the_year()
    off = OFF.replace("2027-01-01至2027-01-03 元旦", "2027-01-01至2027-01-06 元旦")
    asked_for = replace(ASKED, off=off, makeup=MAKEUP)
    text = judge_year(asked_for, calendar_in_force()).text
    found = [one for one in cases.would_move(calendar_with(2027, text), at=YEAR_END) if one.number == number]
    assert [one.name for one in found] == ["答复是否受理"]
    assert found[0].before < found[0].after
    assert found[0].region == DISTRICT
