"""A year of the calendar and the packs folder: judged, seen, agreed to, and in force."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction

from tongban.administration import commands
from tongban.administration.commands import Asked, YearAsked, judge_year, steps
from tongban.administration.models import Change
from tongban.administration.tests.world import DISTRICT, NOW, two_admins
from tongban.cases import api as cases
from tongban.cases.tests.world import a_world, kinds_of
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import CalendarFileError, calendar_in_force, calendar_with
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

pytestmark = pytest.mark.django_db

OFF = """2027-01-01至2027-01-03 元旦
2027-02-05至2027-02-11 春节
2027-04-03至2027-04-05 清明节
2027-05-01至2027-05-05 劳动节
2027-06-09 端午节
2027-09-15 中秋节
2027-10-01至2027-10-07 国庆节
"""
MAKEUP = "2027-02-20 春节\n2027-10-09 国庆节"
ASKED = YearAsked(2027, "样例通知", "样例〔2026〕1号", date(2026, 11, 5), OFF, MAKEUP)
YEAR_END = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_in_life():
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


def asked(**changes: object) -> list[tuple[str, str]]:
    told = {name: getattr(ASKED, name) for name in ASKED.__slots__} | changes
    found = judge_year(YearAsked(**told), calendar_in_force())
    return [(one["name"], one["says"]) for one in found.faults]


def test_a_year_is_judged_line_by_line():
    assert asked() == []
    for changes, where, says in (
        ({"year": 2029}, "year", "不能公布"),
        ({"issued": date(2020, 1, 1)}, "issued", "对不上"),
        ({"off": OFF + "春节放假\n"}, "off", "第 8 行看不懂"),
        ({"off": OFF + "2027-02-30 春节\n"}, "off", "看不懂"),
        ({"off": OFF + "2027-02-11至2027-02-01 春节\n"}, "off", "看不懂"),
        ({"off": OFF + "2026-12-31 元旦\n"}, "off", "不在 2027 年"),
        ({"off": OFF + "2027-01-01 元旦\n"}, "off", "前面已经有了"),
        ({"off": OFF.replace("2027-10-01至", "2027-10-02至")}, "off", "2027-10-01 是国庆节"),
        ({"makeup": "2027-02-22 春节"}, "makeup", "是周一，本来就上班"),
        ({"makeup": "2027-05-01 劳动节"}, "makeup", "又放假又上班"),
    ):
        assert any(name == where and says in text for name, text in asked(**changes)), changes


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
    asked_for = YearAsked(2027, "样例通知", "样例〔2026〕1号", date(2026, 11, 5), off, MAKEUP)
    text = judge_year(asked_for, calendar_in_force()).text
    found = [one for one in cases.would_move(calendar_with(2027, text), at=YEAR_END) if one.number == number]
    assert [one.name for one in found] == ["答复是否受理"]
    assert found[0].before < found[0].after
    assert found[0].region == DISTRICT


def test_a_file_that_makes_no_calendar_is_never_put_in_force():
    for text in ("year: 2027", "[", "year: 2028\nnotices: {}\ndays_off: []\nmakeup_workdays: []"):
        with pytest.raises(CalendarFileError), transaction.atomic():
            catalogue.publish_year(2029, text, at=NOW)


def test_the_calendar_is_for_who_administers_every_region_with_an_office(admins):
    small, _ = two_admins(DISTRICT)
    step = steps.PublishYear(2027, judge_year(ASKED, calendar_in_force()).text)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.propose(Asked("公布年度日历", [step], "国务院通知"), by=small, at=NOW)


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """A copy of the packs folder with one item alone, to be changed."""
    left_out = shutil.ignore_patterns("columns.yaml", "guides", "words", "announcements", "locale")
    settings.PACKS = Path(shutil.copytree(site.PACKS, tmp_path / "packs", ignore=left_out))
    for item in (settings.PACKS / "items").iterdir():
        if item.name != "residence-permit":
            shutil.rmtree(item)
    return Path(settings.PACKS)


def test_the_packs_folder_is_seen_and_published_whole_by_two(folder, admins):
    catalogue.publish([folder], at=NOW)
    catalogue.forget()
    first, second = admins
    item = folder / "items" / "residence-permit" / "item.yaml"
    item.write_text(item.read_text("utf-8").replace("name: ", "name: 新版", 1), "utf-8")
    seen = commands.look_into_packs(at=NOW)
    assert seen.faults == []
    step = steps.PublishPacks(seen.digest)
    proposal = commands.propose(Asked("发布事项", [step], "事项调整"), by=first, at=NOW)
    before = catalogue.item("residence-permit").version
    commands.confirm(proposal, by=first, at=NOW)
    commands.agree(proposal, by=second, at=NOW)
    assert f"第 {before} 版" in Change.objects.get(proposal=proposal).lines
    catalogue.forget()
    assert catalogue.item("residence-permit").version == before + 1
    with pytest.raises(Refusal, match="administration.nothing"):
        commands.propose(Asked("发布事项", [step], "再来一次"), by=first, at=NOW)


def test_a_folder_that_changed_since_it_was_seen_is_not_published(folder, admins):
    first, _ = admins
    step = steps.PublishPacks(commands.look_into_packs(at=NOW).digest)
    item = folder / "items" / "residence-permit" / "item.yaml"
    item.write_text(item.read_text("utf-8").replace("name: ", "name: 新版", 1), "utf-8")
    with pytest.raises(Refusal, match="administration.packs.changed"):
        commands.propose(Asked("发布事项", [step], "事项调整"), by=first, at=NOW)


def test_faults_of_the_folder_are_named_by_file_and_line(folder):
    item = folder / "items" / "residence-permit" / "item.yaml"
    item.write_text("name: [\n", "utf-8")
    [(where, says), *_] = commands.look_into_packs(at=NOW).faults
    assert where.startswith("items/residence-permit/item.yaml:")
    assert says
