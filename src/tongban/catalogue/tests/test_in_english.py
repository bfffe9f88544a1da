"""What packs say, read in English: everything but the names of laws; what is decided by stays as it is."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from tongban.catalogue import api as catalogue
from tongban.catalogue.tests.conftest import NOON
from tongban.engine.packs.tests.copies import SLUGS
from tongban.kernel.ids import ItemCode
from tongban.kernel.tests.pages import chinese_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]


@pytest.fixture
def english(client: Client) -> Client:
    """Who chose English."""
    client.cookies["preferences"] = "en"
    return client


MAY_STAY = re.compile("《.+》|成都|通")
"""The own names of laws, the city's, and our mark."""


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_in_english_has_no_chinese_but_the_names_of_laws(english: Client, slug: str) -> None:
    page = english.get(f"/items/{slug}").content.decode()
    assert {text for text in chinese_in(page) if not MAY_STAY.fullmatch(text)} == set()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("slug", ["flexible-employment", "household-move-in", "shop-sign-setting"])
def test_rules_and_what_registers_are_asked_are_read_in_english(english: Client, slug: str) -> None:
    page = english.get(f"/items/{slug}/rule").content.decode()
    assert {text for text in chinese_in(page) if not MAY_STAY.fullmatch(text)} == set()


@pytest.mark.usefixtures("published")
def test_a_table_in_the_readers_words_compares_what_it_compared(english: Client) -> None:
    item = catalogue.item(ItemCode("shop-sign-setting"))
    with translation.override("en"):
        read = catalogue.in_readers_words(item)
    [before], [after] = item.flow_tables, read.flow_tables
    assert before.table.types == after.table.types
    assert [row.outputs for row in before.table.rows] == [row.outputs for row in after.table.rows]
    assert {row.reason for row in before.table.rows}.isdisjoint(row.reason for row in after.table.rows)


@pytest.mark.usefixtures("published")
def test_an_item_in_the_readers_words_is_decided_by_as_before(english: Client) -> None:
    item = catalogue.item(ItemCode("food-operation-licence"))
    assert catalogue.in_readers_words(item) is item
    with translation.override("en"):
        told = catalogue.in_readers_words(item)
    assert (told.name, item.name) == ("Food business licence (new)", "食品经营许可（新办）")
    assert (told.version, told.digest, told.basic_code) == (item.version, item.digest, item.basic_code)
    assert [one.name for _, one, _ in told.form.asked] == [one.name for _, one, _ in item.form.asked]
    assert [one.kind for one in told.materials] == [one.kind for one in item.materials]


@pytest.mark.usefixtures("published")
def test_what_is_held_for_all_is_chinese_whoever_asked_first(english: Client) -> None:
    for address in ("/items/no-criminal-record", "/items/no-criminal-record/guide.pdf"):
        english.get(address)
    item = catalogue.item(ItemCode("no-criminal-record"))
    assert "即办：当场出结果" in item.guide


def test_what_nobody_translated_is_shown_in_chinese_and_says_so(english: Client, packs: Path) -> None:
    item = packs / "items" / "food-operation-licence" / "item.yaml"
    item.write_text(item.read_text("utf-8").replace("name: 食品经营许可（新办）", "name: 开店许可"), "utf-8")
    catalogue.publish([packs], at=NOON)
    page = english.get("/items/food-operation-licence").content.decode()
    assert '<h1><span lang="zh-CN">开店许可</span>' in page


@pytest.mark.usefixtures("published")
def test_a_procedure_that_stops_the_clock_names_its_own_law(client: Client) -> None:
    page = client.get("/items/food-operation-licence").content.decode()
    assert "听证（《行政许可法》第四十七条第一款）" in page


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("wish", "slug"),
    [
        ("open a restaurant", "food-operation-licence"),
        ("residence permit", "residence-permit"),
        ("I want to start a company", "company-registration"),
        ("tobacco licence", "tobacco-retail-licence"),
        ("housing fund certificate", "housing-fund-certificate"),
        ("old age allowance", "old-age-allowance"),
        ("criminal record", "no-criminal-record"),
        ("driving licence", "driving-first"),
        ("passport", "passport"),
        ("marriage registration", "marriage-registration"),
    ],
)
def test_words_of_another_language_find(wish: str, slug: str) -> None:
    with translation.override("en"):
        found = catalogue.search(wish, on=NOON.date())
    assert slug in [hit.code for hit in found.items[:3]], [hit.name for hit in found.items]


@pytest.mark.usefixtures("published")
def test_a_word_half_written_suggests_what_begins_so() -> None:
    with translation.override("en"):
        assert "Passport" in [one.says for one in catalogue.suggestions("passp", limit=6)]


@pytest.mark.usefixtures("searchable")
def test_what_is_found_by_chinese_words_is_told_in_the_readers() -> None:
    with translation.override("en"):
        found = catalogue.search("居住证", on=NOON.date())
    assert "Residence permit" in [hit.name for hit in found.items]
    assert {hit.body for hit in found.passages} <= {()}
