"""The guide: the item's own facts in plain words, and nothing dangerous."""

from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.catalogue.rules.guide import as_html
from tongban.engine.packs.tests.copies import SLUGS
from tongban.kernel.ids import ItemCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOME = ItemCode("residence-permit")
HOME_FILE = "items/residence-permit/item.yaml"


def test_the_guide_tells_the_facts_of_the_item(packs: Path) -> None:
    catalogue.publish([packs / "items" / HOME], at=NOON)
    guide = catalogue.item(HOME).guide
    assert "{{" not in guide
    assert "从受理那天起，我们承诺 10 天内办完（样例）。" in guide
    assert "法律规定最长 15 天（《居住证暂行条例》第九条第六款）。" in guide
    assert "房屋租赁合同（只在“住处是哪一种”选“租的房子”时）" in guide
    assert "锦江区公安分局（样例）" in guide
    assert "不收钱。" in guide


def test_the_guide_changes_with_the_item(packs: Path) -> None:
    file = packs / HOME_FILE
    file.write_text(file.read_text("utf-8").replace("value: 10, unit: day", "value: 12, unit: day"), "utf-8")
    catalogue.publish([packs / "items" / HOME], at=NOON)
    assert "我们承诺 12 天内办完" in catalogue.item(HOME).guide


def test_a_law_that_nobody_checked_is_shown_as_such(packs: Path) -> None:
    file = packs / HOME_FILE
    file.write_text(file.read_text("utf-8").replace("checked: true", "checked: false", 1), "utf-8")
    catalogue.publish([packs / "items" / HOME], at=NOON)
    assert catalogue.item(HOME).guide.count("（条文未核对）") == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_shows_each_law_once(client: Client, slug: str) -> None:
    item, page = catalogue.item(ItemCode(slug)), unescape(client.get(f"/items/{slug}").content.decode())
    assert item.law
    laws = page[page.index("法律依据</h2>") : page.index("对结果不服怎么办</h2>")]
    for source in item.law:
        assert (laws.count(source.sense), item.guide.count(source.sense)) == (1, 1)


@pytest.mark.usefixtures("published")
def test_the_page_tells_that_two_officers_decide_where_the_office_promises_it(client: Client) -> None:
    slug = "public-place-hygiene-licence"
    promised = catalogue.item(ItemCode(slug))
    page = unescape(client.get(f"/items/{slug}").content.decode())
    assert f"{promised.by_two}（《行政许可法》第三十四条第三款：" in page
    assert [item.slug for item in catalogue.items() if item.by_two] == [slug]


@pytest.mark.parametrize(
    ("markdown", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<a href='x' onclick='y'>z</a>", "<a "),
        ("[点我](javascript:alert(1))", "<a "),
        ("[点我](data:text/html,x)", "<a "),
        ("![图](https://example.org/x.png)", "<img"),
    ],
)
def test_a_guide_never_carries_anything_dangerous(markdown: str, never: str) -> None:
    assert never not in as_html(markdown)
