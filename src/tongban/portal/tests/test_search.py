"""The page of search: what it shows and costs; a question in vain is counted and nothing else."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.engine.packs.tests.copies import PACKS
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db: None) -> Any:
    catalogue.publish([PACKS / "items/residence-permit"], at=datetime(2026, 11, 20, 4, tzinfo=UTC))
    catalogue.forget()
    yield
    catalogue.forget()


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_found_is_marked_and_leads_to_its_guide(client: Client) -> None:
    text = page(client, "/search", q="居住证")
    assert '<a href="/items/residence-permit"><span><mark>居住证申领</mark>' in text
    assert "办事指南里说到的" in text


def test_a_question_in_vain_is_counted_and_one_that_was_narrowed_is_not(client: Client) -> None:
    page(client, "/search", q="登月许可 13800138000")
    page(client, "/search", q="登月许可", **{"for": "enterprise"})
    page(client, "/search", q="居住证")
    page(client, "/search")
    officer = Officer(
        OfficerId(uuid4()), BodyCode("11510104MB9000015X"), RegionCode("510104"), frozenset({Role.SUPERVISOR})
    )
    counted = catalogue.unanswered(Viewer(AccountId(uuid4()), officer=officer), since=date(2020, 1, 1))
    assert [(one.question, one.times) for one in counted] == [("登月许可", 1)]


def test_what_is_written_is_shown_as_it_was_and_never_as_marks(client: Client) -> None:
    text = page(client, "/search", q="<script>alert(1)</script>")
    assert "<script>alert" not in text and "&lt;script&gt;" in text
    assert "<b>" not in page(client, "/search/suggestions", q="<b>居住")


@pytest.mark.parametrize("asked", ["％%", "证" * 3000, "&for=x", "𠮷", "'; drop table"])
def test_whatever_is_asked_gives_a_page_that_helps(client: Client, asked: str) -> None:
    assert "12345" in page(client, "/search", q=asked, **{"for": "nobody"})
    page(client, "/search/suggestions", q=asked)


def test_a_search_costs_two_statements_and_one_more_where_it_is_counted(
    client: Client, django_assert_num_queries: Any
) -> None:
    page(client, "/search", q="居住证")
    with django_assert_num_queries(2):
        page(client, "/search", q="居住证")
    with django_assert_num_queries(2):
        page(client, "/search/suggestions", q="居住")
    counted = 1
    with django_assert_num_queries(2 + counted):
        page(client, "/search", q="登月许可")


def test_addresses_of_the_time_when_the_first_page_searched_still_lead_there(client: Client) -> None:
    answer = client.get("/", {"q": "开饭店 居住"})
    assert answer.status_code == 302
    assert answer["Location"] == "/search?q=%E5%BC%80%E9%A5%AD%E5%BA%97+%E5%B1%85%E4%BD%8F"


def test_programs_find_the_same(client: Client) -> None:
    found = client.get("/api/v1/search", {"q": "居住证"}).json()
    assert found["items"][0] | {"fits": 1} == {
        "kind": "item",
        "code": "residence-permit",
        "title": "居住证申领",
        "about": "公安机关",
        "text": "",
        "fits": 1,
    }
    assert found["instead"] is None and found["passages"]
    assert client.get("/api/v1/search").status_code == 422
