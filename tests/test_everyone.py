"""What everyone may see: the first page, lists, the order of a day, overtakings, and one's own receipt."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import resolve
from pytest_django.plugin import DjangoDbBlocker

from tests.city import on_monday
from tests.journeys.people import a_person, seal, signed_in
from tongban.cases import commands
from tongban.cases.tests.world import MONDAY, World, a_world
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.portal.pages import home, receipts, seen

TODAY = legal_day(MONDAY)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps of another test's city is forgotten."""
    for kept in (home.most_used, home.news, home.announced, seen.order_of, seen.reasons):
        kept.forget()


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        catalogue.publish([Path(settings.PACKS)], at=datetime.now(UTC))
        # What a test before read holds for two seconds more.
        catalogue.forget()


@pytest.fixture
def packs(published: None, transactional_db: None) -> None:
    """The items of this repository, published once for all tests here."""


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with on_monday():
        yield a_world()


def page(address: str, client: Client | None = None, **query: str) -> str:
    answer = (client or Client()).get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def posted(**form: Any) -> str:
    return Client().post("/ledger/find", form).content.decode()


def an_overtaking(world: World, reason: str = "emergency") -> tuple[str, str]:
    """The numbers of two cases, of which the second was taken first, with this reason."""
    first, second = (world.submit().number for _ in range(2))
    approval = commands.take(second, seen=None, by=world.handler, at=MONDAY, reason=reason, text="老人在现场")
    commands.approve(approval, by=world.leader, at=MONDAY)
    seal()
    return first, second


def test_nothing_that_the_first_page_points_at_is_a_dead_link(packs: None) -> None:
    text = page("/")
    targets = {part.split('"')[0] for part in text.split('href="')[1:]}
    inner = sorted(target for target in targets if target.startswith("/") and "/static/" not in target)
    assert len(inner) > 50
    statuses = {target: Client().get(target).status_code for target in inner}
    assert {target: status for target, status in statuses.items() if status not in (200, 302)} == {}


def test_a_life_stands_in_its_order_and_every_column_says_what_is_there(packs: None) -> None:
    text = page("/")
    stages = ["出生", "上学", "工作", "结婚", "生育", "置业", "退休", "身后"]
    places = [text.index(f">{stage}</a>") for stage in stages]
    assert all(one < other for one, other in pairwise(places))
    columns = catalogue.columns().columns
    assert len(columns) == 14
    assert all(one.name in text and one.says in text for one in columns)


def test_a_topic_shows_what_can_be_done_before_what_can_be_read(packs: None) -> None:
    text = page("/topics/ageing")
    assert text.index("80周岁以上老年人高龄津贴") < text.index("养老待遇领取资格认证")
    assert "政策的匹配和兑付还没有开通" in page("/topics/policies")
    assert Client().get("/topics/no-such-topic").status_code == 404
    assert Client().get("/topics/affairs").status_code == 404


def test_the_list_of_everything_is_turned_page_by_page_and_loses_nothing(packs: None) -> None:
    found: set[str] = set()
    pages = 0
    address = "/items/"
    while address:
        text = page(address)
        codes = {part.split('"')[0] for part in text.split('href="/items/')[1:]}
        found |= {code for code in codes if code and not code.startswith("?")}
        nexts = [part.split('"')[0] for part in text.split('href="')[1:] if 'rel="next"' in part[:200]]
        address = f"/items/{nexts[0].replace('&amp;', '&')}" if nexts else ""
        pages += 1
    every = {*(one.slug for one in catalogue.items()), *(one.code for one in catalogue.guides())}
    assert found == every
    assert pages == -(-len(every) // 30)


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"online": "whole", "q": "证明"}, "无犯罪记录证明", "出生医学证明补发"),
        ({"online": "guide", "q": "证明"}, "出生医学证明补发", "无犯罪记录证明"),
        ({"department": "民政部门", "audience": "1"}, "高龄津贴", "居住证申领"),
        ({"event": "看病就医"}, "诊所备案", "居住证申领"),
        ({"q": "开诊所"}, "诊所备案", "居住证申领"),
    ],
)
def test_the_list_is_narrowed(packs: None, query: dict[str, str], there: str, not_there: str) -> None:
    text = page("/items/", **query)
    assert there in text and not_there not in text


@pytest.mark.parametrize("written", ["0", "-1", "99999", "x", "１２", "²", "9" * 50])
def test_any_page_number_gives_a_page(packs: None, written: str) -> None:
    assert "共" in page("/items/", page=written)
    assert "共" in page("/items/", department=written, audience=written, event=written, online=written)


def test_what_waits_for_oneself_stands_first_on_the_first_page(world: World) -> None:
    who = a_person()
    waiting, other = (world.submit(by=who.viewer).number for _ in range(2))
    seal()
    assert world.take_next() == waiting
    faults = [commands.CorrectionFault("图", "食品安全法", "请标出洗消间。")]
    commands.return_for_correction(waiting, seen=None, by=world.handler, at=MONDAY, faults=faults)
    text = page("/", signed_in(who))
    assert text.index(waiting) < text.index(other)


def test_the_most_used_are_those_most_often_applied_for(world: World) -> None:
    for _ in range(3):
        world.submit()
    counted = home.most_used(MONDAY - timedelta(days=1), 10_000)
    assert counted[world.item] == 3
    assert list(counted.values()) == sorted(counted.values(), reverse=True)


def test_a_day_is_told_queue_by_queue_as_the_log_has_it(world: World) -> None:
    for _ in range(3):
        world.submit()
    world.take_next()
    seal()
    [order] = [one for one in ledger.order_of(TODAY) if one.queue == world.queue]
    assert (order.arrived, order.taken, order.overtaken) == (3, 1, 0)
    assert world.queue not in {one.queue for one in ledger.order_of(TODAY + timedelta(days=1))}
    text = page("/ledger/today", day=str(TODAY))
    mine = text[text.index(f"/ledger/today/{world.queue}") :][:1500]
    assert "到达 3 件，取件 1 件" in mine and "在等 2 件" in mine


def test_a_day_begins_and_ends_at_midnight_in_shanghai(world: World) -> None:
    late, early = (datetime(2026, 3, 4, hour, 59, tzinfo=UTC) for hour in (15, 16))
    for at in (late, early):
        world.submit(at=at)
    days = [date(2026, 3, 4), date(2026, 3, 5)]
    told = [{one.queue: one.arrived for one in ledger.order_of(day)} for day in days]
    assert [each.get(world.queue) for each in told] == [1, 1]


def test_the_line_of_a_queue_is_told_leaf_by_leaf_and_turned_page_by_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.portal.pages.order.ON_A_PAGE", 2)
    _, second = an_overtaking(world)
    address = f"/ledger/today/{world.queue}"
    text = page(address, day=str(TODAY))
    assert text.count("到达</b>") == 2 and "取件</b>" not in text
    following = text[text.index("after=") - 100 :].split('href="')[1].split('"')[0].replace("&amp;", "&")
    after = page(f"{address}{following}")
    assert "取件</b>" in after and "紧急情形" in after and "到达</b>" not in after
    [(tag,)] = run("select tag from cases_case where number = $1::text", (second,))
    assert tag[:8] in after and tag not in after and second not in after


def test_every_overtaking_of_a_month_is_there_with_its_reason(world: World) -> None:
    before = ledger.reasons(TODAY.replace(day=1), TODAY).get("on-site-priority", 0)
    an_overtaking(world, "on-site-priority")
    ledger_says = ledger.reasons(TODAY.replace(day=1), TODAY)
    assert ledger_says["on-site-priority"] == before + 1
    text = page("/ledger/overtakings", month=f"{TODAY:%Y-%m}")
    assert "老弱病残孕军人等现场优先" in text
    assert f"这个月优先 {sum(ledger_says.values())} 次" in text
    assert "这个月没有优先取件。" in page("/ledger/overtakings", month="2020-02")
    english = Client()
    english.cookies["preferences"] = "en"
    assert "Priority on site for older" in page("/ledger/overtakings", english, month=f"{TODAY:%Y-%m}")


@pytest.mark.parametrize("written", ["", "2026-13", "2026-02-31", "0000-00", "x", "9999-12"])
def test_any_day_and_any_month_give_a_page(world: World, written: str) -> None:
    assert "谁先谁后" in page("/ledger/today", day=written)
    assert "谁优先了" in page("/ledger/overtakings", month=written)


def test_a_place_that_is_no_place_and_a_queue_that_is_none_are_refused_in_words(world: World) -> None:
    assert Client().get("/ledger/today/no-such-queue").status_code == 404
    assert Client().get(f"/ledger/today/{world.queue}", {"after": "x"}).status_code == 422
    assert Client().get("/ledger/overtakings", {"after": "???"}).status_code == 422


def test_a_receipt_is_found_at_its_leaf_and_proven(world: World) -> None:
    submitted = world.submit()
    found = receipts.look_up(submitted.receipt)
    assert (found.verdict, found.proven) == ("found", True)
    assert found.arrival is not None and found.receipt is not None
    assert found.arrival.leaf.case == found.receipt.tag
    text = posted(receipt=submitted.receipt)
    assert f"第 {found.arrival.index} 条" in text and "对得上" in text


def test_a_receipt_pasted_from_a_windows_file_and_one_with_its_proof_are_found_too(world: World) -> None:
    submitted = world.submit()
    assert receipts.look_up(submitted.receipt.replace("\n", "\r\n")).verdict == "found"
    [(event,)] = run(
        "select e.id from cases_event e join cases_case c on c.id = e.case_id"
        " where c.number = $1::text and e.seq = 1",
        (submitted.number,),
    )
    whole = f"{submitted.receipt}\n{ledger.proof_of(event)}"
    assert receipts.look_up(whole).verdict == "found"


def test_a_tag_is_found_and_a_number_is_not(world: World) -> None:
    submitted = world.submit()
    [(tag,)] = run("select tag from cases_case where number = $1::text", (submitted.number,))
    assert receipts.look_up(tag).proven
    assert receipts.look_up(tag.upper()).verdict == "found"
    assert receipts.look_up("0" * 32).verdict == "unknown"
    assert receipts.look_up(submitted.number).verdict == "number"
    assert tag[:8] not in posted(receipt=submitted.number)


def test_a_receipt_of_before_its_sealing_is_genuine_and_pending(world: World) -> None:
    submitted = world.submit(sealed=False)
    assert receipts.look_up(submitted.receipt).verdict == "pending"
    seal()


def test_a_changed_receipt_is_nobodys(world: World) -> None:
    submitted = world.submit()
    for changed in (submitted.receipt.replace("queue 5", "queue 6"), "收件凭证", submitted.receipt[:-20]):
        assert receipts.look_up(changed).verdict == "not-ours"


@pytest.mark.parametrize("pasted", ["", "x" * 30_000, "-----", "c2sp.org/tlog-proof@v1"])
def test_anything_pasted_gets_an_answer_in_words(world: World, pasted: str) -> None:
    text = posted(receipt=pasted)
    assert "还没有填" in text or "这不是我们签过名的收件凭证" in text


def test_robots_read_what_is_public_and_find_a_map_of_it(packs: None) -> None:
    robots = RobotFileParser()
    robots.parse(page("/robots.txt").splitlines())
    assert robots.can_fetch("*", "/items/residence-permit")
    assert not robots.can_fetch("*", "/desk/")
    tree = ElementTree.fromstring(page("/sitemap.xml"))
    paths = [
        one.text.removeprefix(settings.ADDRESS) for one in tree.iter() if one.text and one.tag.endswith("loc")
    ]
    assert len(paths) == len(set(paths)) > 450
    assert all(resolve(path) for path in paths)


def test_in_a_demonstration_the_page_about_it_says_that_nothing_has_effect(packs: None) -> None:
    with override_settings(DEMONSTRATION=True):
        assert "没有法律效力" in page("/about")
    assert "Apache License 2.0" in page("/about")
    assert "还没有请残疾人" in page("/accessibility")
