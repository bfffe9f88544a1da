"""What can only be read about: found, told, and never offered to be applied for."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.catalogue.queries import published as queries
from tongban.kernel.ids import ItemCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
BIRTH = "guides/birth.yaml"
CERTIFICATE = ItemCode("birth-medical-certificate-reissue")


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("searchable")
@pytest.mark.parametrize(
    ("search", "name"),
    [("出生证丢了", "出生医学证明补发"), ("讨薪", "拖欠工资投诉举报"), ("电子执照", "电子营业执照下载")],
)
def test_people_find_a_guide_by_everyday_words(client: Client, search: str, name: str) -> None:
    assert [one.name for one in catalogue.guides(search)] == [name]
    assert name in page(client, "/items/", q=search)
    assert name in [one.name for one in catalogue.search(search, on=NOON.date()).items[:3]]


@pytest.mark.usefixtures("searchable")
def test_a_life_event_opens_all_of_its_guides(client: Client) -> None:
    found = catalogue.guides("生孩子")
    assert len(found) > 5
    assert {one.life_event for one in found} == {"生孩子"}
    text = page(client, "/items/", event="生孩子")
    assert all(f'href="/items/{one.code}"' in text for one in found)
    told = page(client, "/search", q="生孩子")
    assert [one.code for one in found if f'href="/items/{one.code}"' not in told] == []


@pytest.mark.usefixtures("searchable")
def test_a_search_that_finds_too_much_shows_the_likeliest_and_says_so(client: Client) -> None:
    text = page(client, "/search", q="登记")
    assert text.count('<li><a href="/items/') >= catalogue.MOST_FOUND
    assert "只列出最像的" in text


@pytest.mark.usefixtures("published")
def test_its_page_tells_what_there_is_and_offers_no_application(client: Client) -> None:
    text = page(client, f"/items/{CERTIFICATE}")
    for told in ("出生医学证明补发", "卫生健康部门", "自然人", "出生证丢了、补出生证", "样例"):
        assert told in text
    assert "/apply" not in text
    assert client.get(f"/items/{CERTIFICATE}/apply").status_code != 200


def test_a_list_that_is_no_sample_is_not_shown_as_one(packs: Path, client: Client) -> None:
    file = packs / BIRTH
    file.write_text(file.read_text("utf-8").replace("sample: true", "sample: false"), "utf-8")
    catalogue.publish([packs], at=NOON)
    assert "样例" not in page(client, f"/items/{CERTIFICATE}")


def test_an_entry_may_be_for_others_than_its_list(packs: Path) -> None:
    file, old = packs / BIRTH, "words: [出生证丢了, 补出生证]"
    text = file.read_text("utf-8").replace(
        old, f'{old}, audience: [{{system: gbt39554-audience, code: "9"}}]', 1
    )
    file.write_text(text, "utf-8")
    catalogue.publish([packs], at=NOON)
    certificate, *others = catalogue.guides("生孩子")
    assert [one.name for one in certificate.audience] == ["其他组织"]
    assert {each.name for one in others[:3] for each in one.audience} == {"自然人"}


def test_a_changed_list_holds_at_the_next_renewal_and_costs_nothing_until_then(
    packs: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(queries, "RENEWED_EVERY", 0.0)
    catalogue.publish([packs], at=NOON)
    catalogue.guides()
    with django_assert_num_queries(1):
        before = catalogue.guides()
    file = packs / BIRTH
    file.write_text(file.read_text("utf-8").replace("补出生证", "补娃的出生证"), "utf-8")
    catalogue.publish([packs], at=NOON)
    assert [one.code for one in catalogue.guides("补娃的出生证")] == [CERTIFICATE]
    assert len(catalogue.guides()) == len(before)


def test_what_can_be_applied_for_by_now_is_no_guide_any_more(packs: Path, client: Client) -> None:
    catalogue.publish([packs], at=NOON)
    (packs / "items/birth-registration").rename(packs / "items" / CERTIFICATE)
    catalogue.publish([packs / "items" / CERTIFICATE], at=NOON)
    catalogue.forget()
    assert CERTIFICATE not in {one.code for one in catalogue.guides()}
    assert f"/items/{CERTIFICATE}/apply" in page(client, f"/items/{CERTIFICATE}")
