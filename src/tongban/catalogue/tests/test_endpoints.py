"""The catalogue by programs: open to everyone, and enough to apply by."""

from typing import Any

import pytest
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.engine.forms import condition_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

ITEMS, GUIDES = "/api/v1/items", "/api/v1/guides"


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


def test_the_rule_of_an_item_is_public_with_its_table_and_the_results_of_its_tests(client: Client) -> None:
    rule = asked(client, "/flexible-employment/rule")["rule"]
    assert len(rule["version"]) == 64
    assert rule["table"][4][3] == "grant"
    assert [row["decision"] for row in rule["rows"]] == ["pass", "pass", "pass", "grant"]
    assert {one["passes"] for one in rule["tests"]} == {True}
    nothing: dict[str, Any] = {"rule": None, "ways": [], "looks": []}
    assert asked(client, "/residence-permit/rule") == {"code": "residence-permit", **nothing}


@pytest.mark.parametrize(("path", "status"), [("/no-such-item", 404), ("/Bad_Code", 422), ("?limit=0", 422)])
def test_what_is_not_there_is_refused_in_words(client: Client, path: str, status: int) -> None:
    answer = client.get(ITEMS + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["do"]


def test_what_can_only_be_read_about_is_listed_page_by_page_and_marked(client: Client) -> None:
    pages = [client.get(GUIDES, {"limit": 100}).json()]
    while pages[-1]["next"]:
        pages.append(client.get(GUIDES, {"limit": 100, "after": pages[-1]["next"]}).json())
    every = [one for each in pages for one in each["guides"]]
    codes = [one["code"] for one in every]
    assert codes == sorted(one.code for one in catalogue.guides())
    assert all(one["guide_only"] and one["words"] and one["audience"] for one in every)
    assert not {one["code"] for one in asked(client, limit=100)["items"]} & set(codes)


def test_a_guide_is_found_by_everyday_words_too(client: Client) -> None:
    [found] = client.get(GUIDES, {"search": "开刻章店"}).json()["guides"]
    assert found["name"] == "公章刻制业特种行业许可"
    assert found["sample"] is True


def test_a_material_that_a_trade_makes_says_that_the_applicant_chooses(client: Client) -> None:
    item = asked(client, "/public-place-hygiene-licence")
    told = {one["kind"]: one["intermediary"] for one in item["materials"]}
    assert told["hygiene-test-report"].startswith("可以自己做，也可以请卫生检测机构做")
    assert told["hygiene-rules"] == ""
    assert told["hygiene-test-report"] in item["guide"]
