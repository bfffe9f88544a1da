"""What packs say on the pages that join contexts, read in English; addresses and choices stay as they are."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tongban.catalogue import api as catalogue
from tongban.engine.packs.tests.copies import PACKS
from tongban.kernel.tests.pages import chinese_in

# Of one process, so that packs are published once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("packs in english")]

MAY_STAY = re.compile("成都|[\u3400-\u9fff]")
"""The city's own name, single characters that stand as icons."""


@pytest.fixture(scope="module", autouse=True)
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The project's own packs, for all tests here; gone with the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue.publish([PACKS], at=datetime(2026, 11, 20, 4, tzinfo=UTC))
        catalogue.forget()
        yield
        transaction.set_rollback(True)
    catalogue.forget()


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["preferences"] = "en"
    return client


@pytest.mark.parametrize("address", ["/", "/items/", "/topics/medical", "/search?q=xyz"])
def test_a_page_of_packs_texts_is_english(english: Client, address: str) -> None:
    page = english.get(address, follow=True).content.decode()
    assert {text for text in chinese_in(page) if not MAY_STAY.fullmatch(text)} == set()


def test_a_list_is_narrowed_by_what_packs_call_things_and_shown_by_what_readers_do(english: Client) -> None:
    page = english.get("/items/", {"department": "公安机关"}).content.decode()
    assert '<option value="公安机关" selected>Police</option>' in page
    assert "Residence permit" in page and "Tobacco retail licence" not in page


def test_what_english_words_find_is_told_in_english(english: Client) -> None:
    page = english.get("/search", {"q": "residence permit"}).content.decode()
    assert '<a href="/items/residence-permit"><span>Residence permit' in page
    assert chinese_in(page) <= {"成都", "通"}
