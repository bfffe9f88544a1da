"""Searching: what is found, what it costs, and that the index is what was published, no more and no less."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from tongban.catalogue import api as catalogue
from tongban.catalogue.models import SearchEntry, SearchTerm, UnansweredQuestion
from tongban.catalogue.tests.conftest import MADE
from tongban.directory import api as directory
from tongban.engine.packs.tests.copies import PACKS, copy_to
from tongban.kernel.access import NOBODY, Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = NOON.date()
WISHES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wishes.yaml").read_text("utf-8"))


@pytest.fixture(scope="module", autouse=True)
def published_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The project's own packs, published once for all tests here; gone with the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(MADE)}")
        catalogue.forget()
        catalogue.publish([PACKS], at=NOON)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        catalogue.items()
        yield
        transaction.set_rollback(True)
    catalogue.forget()
    directory.forget()


@pytest.fixture(autouse=True)
def remembered(published_once: None) -> Iterator[None]:
    """What a test published is forgotten with it."""
    yield
    catalogue.forget()


def names(asked: str, **how: Any) -> list[str]:
    return [hit.name for hit in catalogue.search(asked, on=TODAY, **how).items]


def announced(key: str, title: str, body: str = "") -> catalogue.Entry:
    return catalogue.Entry(catalogue.EntryKind.ANNOUNCEMENT, key, title, body=body)


def test_nine_of_ten_wishes_find_what_answers_them_among_the_first_three() -> None:
    right = {wish: [told] if isinstance(told, str) else told for wish, told in WISHES.items()}
    known = {one.name for one in catalogue.items()} | {one.name for one in catalogue.guides()}
    assert {name for told in right.values() for name in told} <= known
    missed = [wish for wish, told in right.items() if not set(told) & set(names(wish)[:3])]
    assert len(WISHES) >= 60 and len(missed) <= len(WISHES) // 10, missed


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("停车", "经营性停车场备案"),
        ("開飯店", "食品经营许可（新办）"),
        ("ＫＴＶ", "娱乐场所设立审批"),
        ("tingchechang", "经营性停车场备案"),
        ("jzz", "居住证申领"),
        ("juzhuzhneg", "居住证申领"),
        ("居住正", "居住证申领"),
        ("户照", "普通护照申领"),
        ("食品经菅许可", "食品经营许可（新办）"),
        ("woyaobanshenfenzheng", "居民身份证申领"),
        ("开个小饭馆", "食品经营许可（新办）"),
    ],
    ids=[
        "inside",
        "traditional",
        "wide",
        "pinyin",
        "initials",
        "letters",
        "sound",
        "sound alone",
        "shape",
        "sentence",
        "wish",
    ],
)
def test_it_is_found_however_it_is_written(asked: str, name: str) -> None:
    assert name in names(asked)[:3]


def test_what_was_understood_is_told() -> None:
    assert catalogue.search("tingchechang", on=TODAY).instead == "停车场"
    assert catalogue.search("停车场", on=TODAY).instead == ""
    assert catalogue.search("开个小饭馆", on=TODAY).understood == (("开小饭馆", "食品经营许可"),)


def test_what_was_asked_for_is_marked() -> None:
    [hit] = catalogue.search("停车", on=TODAY).items
    assert hit.title == (("经营性", False), ("停车", True), ("场备案", False))


def test_a_passage_of_a_guide_is_found_and_shown_around_what_was_asked() -> None:
    [first, *_] = catalogue.search("消毒洗涤", on=TODAY).passages
    assert first.code == "food-operation-licence"
    assert "消毒" in {text for text, marked in first.body if marked} | {"消毒"}
    assert any(marked for _, marked in first.body)


def test_only_what_is_for_enterprises_is_found_for_them() -> None:
    assert "居民身份证申领" in names("身份证") and "居民身份证申领" not in names(
        "身份证", audience="enterprise"
    )
    assert "排污许可证核发" in names("排污") and "排污许可证核发" not in names("排污", audience="person")


def test_where_nothing_fits_the_nearest_is_told() -> None:
    found = catalogue.search("登月许可", on=TODAY)
    assert found.nothing and 0 < len(found.near) <= 5


def test_the_nearest_is_told_however_common_the_one_word_is_that_stands() -> None:
    everywhere = [announced(str(number), f"第{number}号许可") for number in range(3_100)]
    catalogue.index("told:1", everywhere, mark="a")
    found = catalogue.search("登月许可", on=TODAY).near
    assert len(found) == 5 and all("许可" in hit.name for hit in found)


@pytest.mark.parametrize(
    "asked", ["", "   ", "？！", "\x00", "'", "') | ('", ":*&|!", "𠮷", "a" * 5000, "证" * 5000]
)
def test_whatever_is_asked_is_answered(asked: str) -> None:
    assert catalogue.search(asked, on=TODAY).nothing


@pytest.mark.parametrize(
    ("asked", "statements"), [("停车", 2), ("tingchechang", 3), ("居住正", 4), ("，", 0)]
)
def test_a_search_costs_as_many_statements_however_much_it_finds(asked: str, statements: int) -> None:
    catalogue.search(asked, on=TODAY)
    with CaptureQueriesContext(connection) as captured:
        catalogue.search(asked, on=TODAY)
    assert len(captured) == statements


def test_suggestions_go_on_from_what_was_begun() -> None:
    assert "停车场" in [one.says for one in catalogue.suggestions("tingch", limit=6)]
    for begun in ("居", "居住"):
        assert "居住证申领" in [one.says for one in catalogue.suggestions(begun, limit=6)]


def test_what_others_tell_is_found_until_it_is_taken_back() -> None:
    assert catalogue.index("told:1", [announced("1", "灯谜会期间窗口照常办理")], mark="a")
    assert [hit.key for hit in catalogue.search("灯谜会", on=TODAY).announcements] == ["1"]
    assert not catalogue.index("told:1", [announced("1", "不会写进去")], mark="a")
    assert catalogue.index("told:1", [announced("2", "赛龙舟报名")], mark="b")
    assert catalogue.search("灯谜会", on=TODAY).announcements == ()
    assert [hit.key for hit in catalogue.search("赛龙舟", on=TODAY).announcements] == ["2"]
    catalogue.unindex("told:1")
    assert catalogue.search("赛龙舟", on=TODAY).announcements == ()


def test_an_announcement_is_found_on_its_days_alone() -> None:
    told = replace(announced("1", "灯谜会"), since=TODAY, until=TODAY + timedelta(days=1))
    catalogue.index("told:1", [told, announced("2", "灯谜会的谜底")], mark="a")
    for days, keys in ((-1, {"2"}), (0, {"1", "2"}), (1, {"1", "2"}), (2, {"2"})):
        found = catalogue.search("灯谜会", on=TODAY + timedelta(days=days))
        assert {hit.key for hit in found.announcements} == keys


def test_an_announcement_of_a_pack_is_no_longer_found_when_it_is_over() -> None:
    found = [
        {hit.code for hit in catalogue.search("元旦 窗口", on=on).announcements}
        for on in (date(2026, 11, 17), date(2027, 1, 4), date(2027, 1, 5))
    ]
    assert ["new-year-hours" in one for one in found] == [False, True, False]


def test_the_citys_announcements_are_found_by_title_and_text() -> None:
    told = {hit.code for hit in catalogue.search("放假", on=TODAY).announcements}
    assert told and told <= {file.stem for file in (PACKS / "announcements").glob("*.yaml")}


def test_the_counts_of_terms_are_those_of_the_entries_whatever_came_and_went(tmp_path: Path) -> None:
    catalogue.index("told:1", [announced("1", "元旦放假"), announced("2", "元旦值班")], mark="a")
    catalogue.index("told:1", [announced("1", "国庆放假")], mark="b")
    packs = copy_to(tmp_path)
    file = packs / "items/residence-permit/item.yaml"
    file.write_text(file.read_text("utf-8").replace("name: 居住证申领", "name: 居住证领取", 1), "utf-8")
    catalogue.publish([packs], at=NOON)
    terms = "catalogue_searchentry, unnest(tsvector_to_array(terms)) term"
    with connection.cursor() as cursor:
        cursor.execute(f"select term, count(*) from {terms} group by term")
        standing = dict(cursor.fetchall()) | {"": SearchEntry.objects.count()}
    assert dict(SearchTerm.objects.filter(standing__gt=0).values_list("term", "standing")) == standing


def test_a_publication_that_is_taken_back_is_not_found(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    file = packs / "items/residence-permit/item.yaml"
    file.write_text(file.read_text("utf-8").replace("name: 居住证申领", "name: 居住证领取", 1), "utf-8")
    with transaction.atomic():
        catalogue.publish([packs], at=NOON)
        assert "居住证领取" in names("居住证")
        transaction.set_rollback(True)
    catalogue.forget()
    assert "居住证领取" not in names("居住证") and "居住证申领" in names("居住证")


def test_a_guide_that_can_be_applied_for_by_now_is_found_once(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    (packs / "items/birth-registration").rename(packs / "items/birth-medical-certificate-reissue")
    catalogue.publish([packs / "items/birth-medical-certificate-reissue"], at=NOON)
    found = SearchEntry.objects.filter(key="birth-medical-certificate-reissue").values_list("kind", flat=True)
    assert list(found) == ["item"]


def test_the_database_knows_no_other_kind_of_entry() -> None:
    with pytest.raises(IntegrityError, match="search_entry_has_a_known_kind"), transaction.atomic():
        SearchEntry.objects.update(kind="case")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("登月许可", "登月许可"),
        ("查510104199001011234的低保", "查 的低保"),
        ("51010419900101123X", None),
        ("打13800138000", "打"),
        ("月" * 90, "月" * 40),
        ("？", None),
    ],
)
def test_a_question_is_kept_without_anything_that_is_somebodys(asked: str, kept: str | None) -> None:
    catalogue.count_unanswered(asked, at=NOON)
    assert list(UnansweredQuestion.objects.values_list("question", flat=True)) == ([kept] if kept else [])


def test_questions_in_vain_are_counted_by_day_shown_to_few_and_forgotten_after_a_year() -> None:
    catalogue.count_unanswered("种月球", at=NOON - timedelta(days=400))
    for asked, days in [("登月许可", 0), ("登月许可", 0), ("登月許可", 3), ("造飞碟", 1)]:
        catalogue.count_unanswered(asked, at=NOON - timedelta(days=days))
    supervisor = _officer(Role.SUPERVISOR)
    with CaptureQueriesContext(connection) as captured:
        found = catalogue.unanswered(supervisor, since=date(2020, 1, 1))
    assert [(one.question, one.times, one.last) for one in found] == [
        ("登月许可", 3, date(2026, 11, 20)),
        ("造飞碟", 1, date(2026, 11, 19)),
    ]
    assert len(captured) == 1


@pytest.mark.parametrize("role", [None, Role.HANDLER, Role.WINDOW])
def test_nobody_else_reads_them(role: Role | None) -> None:
    with pytest.raises(Refusal, match=r"access\."):
        catalogue.unanswered(_officer(role) if role else NOBODY, since=date(2020, 1, 1))


def _officer(role: Role) -> Viewer:
    officer = Officer(
        OfficerId(uuid4()), BodyCode("11510104MB9000015X"), RegionCode("510104"), frozenset({role})
    )
    return Viewer(AccountId(uuid4()), officer=officer)
