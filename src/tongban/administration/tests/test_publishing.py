"""A year of the calendar and the packs folder: judged, seen, agreed to, and in force."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction

from tongban.administration import commands
from tongban.administration.commands import Asked, YearAsked, judge_year, steps
from tongban.administration.models import Change
from tongban.administration.tests.world import DISTRICT, NOW, two_admins
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import CalendarFileError, calendar_in_force
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

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


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    catalogue.forget()
    yield
    catalogue.forget()


@pytest.fixture
def admins() -> tuple[Viewer, Viewer]:
    """Two administrators of wherever there are offices."""
    # Bodies that other tests left elsewhere are none of theirs.
    run("update directory_body set closed_on = '2020-01-01' where region_id not like '5101%'")
    return two_admins()


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


def test_a_file_that_makes_no_calendar_is_never_put_in_force():
    for text in ("year: 2027", "[", "year: 2028\nnotices: {}\ndays_off: []\nmakeup_workdays: []"):
        with pytest.raises(CalendarFileError), transaction.atomic():
            catalogue.publish_year(2029, text, at=NOW)


def test_the_calendar_is_for_an_administrator_beyond_whom_no_other_reaches(admins):
    small, _ = two_admins(DISTRICT)
    step = steps.PublishYear(2027, judge_year(ASKED, calendar_in_force()).text)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.propose(Asked("公布年度日历", [step], "国务院通知"), by=small, at=NOW)


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """A copy of the packs folder with one item alone, to be changed."""
    left_out = shutil.ignore_patterns("columns.yaml", "guides", "words", "announcements", "locale", "joint")
    folder = Path(shutil.copytree(site.PACKS, tmp_path / "packs", ignore=left_out))
    for item in (folder / "items").iterdir():
        if item.name != "residence-permit":
            shutil.rmtree(item)
    settings.PACKS = folder
    return folder


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
