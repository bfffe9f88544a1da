"""The catalogue by programs: open to everyone, and enough to apply by."""

from typing import Any

import pytest
from django.test import Client

from tongban.engine.forms import condition_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

ITEMS = "/api/v1/items"


def asked(client: Client, path: str = "", **query: Any) -> Any:
    answer = client.get(ITEMS + path, query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_items_are_found_by_everyday_words_without_a_token(client: Client) -> None:
    found = asked(client, search="居住")["items"]
    assert [one["code"] for one in found] == ["residence-permit"]
    assert found[0]["promised"] == {"value": 10, "unit": "day"}


def test_items_go_on_page_by_page(client: Client) -> None:
    every = [one["code"] for one in asked(client)["items"]]
    first = asked(client, limit=2)
    rest = asked(client, limit=100, after=first["next"])
    assert [one["code"] for one in first["items"] + rest["items"]] == every
    assert rest["next"] is None


def test_an_item_tells_everything_that_a_program_needs_to_apply(client: Client) -> None:
    item = asked(client, "/food-operation-licence")
    questions = {one["name"]: one for step in item["form"] for one in step["fields"]}
    assert questions["form"]["options"][0].keys() == {"code", "label"}
    assert questions["online_address"]["when"] == {"field": "online", "equals": True}
    assert condition_of(questions["seats"]["when"])
    handed_in = {one["kind"] for one in item["materials"] if one["hand_in"]}
    assert {"food-layout", "food-safety-rules"} <= handed_in
    office = item["offices"][0]
    assert office["queue"].endswith(f".{office['body']}")
    assert item["special_procedures"]
    assert item["guide"]


@pytest.mark.parametrize(("path", "status"), [("/no-such-item", 404), ("/Bad_Code", 422), ("?limit=0", 422)])
def test_what_is_not_there_is_refused_in_words(client: Client, path: str, status: int) -> None:
    answer = client.get(ITEMS + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["do"]
