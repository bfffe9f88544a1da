"""Situations: a few answers cut the list of materials down to what one person needs, and no further."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue import api as catalogue
from tongban.catalogue.rules.item import Item
from tongban.catalogue.rules.reading import item_of
from tongban.catalogue.rules.situations import PREFIX, materials_asked, narrow, written
from tongban.engine.forms import validate
from tongban.engine.packs.tests.copies import PACKS, checked
from tongban.kernel.ids import ItemCode

ITEMS: dict[str, Item] = {one["slug"]: item_of(one, version=1, digest="") for one in checked(PACKS).documents}
HOME = ITEMS["residence-permit"]
RENTED = {
    "s-lived-half-year": "true",
    "s-applied-by-other": "false",
    "s-residence-ground": "dwelling",
    "s-dwelling-kind": "rented",
}


def kinds(found: Any) -> set[str]:
    return {one.kind for one in found}


def ways(item: Item) -> list[dict[str, str]]:
    """Every set of answers that leads to an end."""
    found: list[dict[str, str]] = []
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        given = waiting.pop()
        one = narrow(item.situations, given).asking
        if one is None:
            found.append(given)
        else:
            waiting += [{**given, PREFIX + one.element: written(answer)} for answer, _ in one.answers]
    return found


def test_a_tenant_brings_a_photograph_and_the_lease_and_nothing_else() -> None:
    asked = materials_asked(HOME, narrow(HOME.situations, RENTED))
    assert kinds(asked.bring) == {"recent-photo", "lease"}
    assert asked.perhaps == ()
    assert kinds(asked.dropped) >= {"labour-contract", "lodging-proof", "agent-id-card"}


def test_without_answers_what_depends_on_them_is_left_open() -> None:
    asked = materials_asked(HOME, narrow(HOME.situations, {}))
    assert kinds(asked.bring) == {"recent-photo"}
    assert kinds(asked.perhaps) == {"labour-contract", "lease", "lodging-proof"}
    assert asked.dropped == ()


def test_what_the_form_would_not_ask_is_not_asked_and_a_leftover_answer_counts_for_nothing() -> None:
    narrowed = narrow(HOME.situations, {**RENTED, "s-residence-ground": "study"})
    assert narrowed.exact
    assert [one.situation.element for one in narrowed.answered][-1] == "residence-ground"
    assert "lease" in kinds(materials_asked(HOME, narrowed).dropped)


def test_an_answer_that_bars_ends_the_questions_and_offers_no_exact_list() -> None:
    narrowed = narrow(HOME.situations, {**RENTED, "s-lived-half-year": "false"})
    assert (narrowed.asking, narrowed.exact) == (None, False)
    assert narrowed.ended is not None
    assert narrowed.values == {}


@pytest.mark.parametrize("slug", ITEMS)
def test_whatever_is_answered_the_guide_and_the_form_ask_for_the_same(slug: str) -> None:
    """The guide's list for a person is the form's list for the same answers: no more, no less."""
    item = ITEMS[slug]
    exact = [narrow(item.situations, given) for given in ways(item)]
    assert any(one.exact for one in exact)
    for narrowed in (one for one in exact if one.exact):
        asked = materials_asked(item, narrowed)
        assert asked.perhaps == ()
        cleaned = {**validate(item.form, narrowed.values).cleaned, **narrowed.values}
        assert kinds(asked.bring + asked.spared) == kinds(item.materials_for(cleaned))


@given(st.dictionaries(st.sampled_from([*RENTED, "s-nothing", "q"]), st.text(max_size=5)))
def test_whatever_stands_in_an_address_there_is_an_answer(given: dict[str, str]) -> None:
    narrowed = narrow(HOME.situations, given)
    asked = materials_asked(HOME, narrowed)
    assert kinds(HOME.materials) == kinds(asked.bring + asked.perhaps + asked.spared + asked.dropped)
    assert all(written(one.answer) == given[PREFIX + one.situation.element] for one in narrowed.answered)


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_the_questions_lead_one_by_one_to_the_guide_and_on_to_the_application(
    client: Client,
) -> None:
    address = "/items/residence-permit/situation"
    given: dict[str, str] = {}
    for name, value in RENTED.items():
        page = client.get(address, given)
        assert f'name="{name}"' in page.content.decode()
        given[name] = value
    answered = client.get(address, given, follow=True)
    text = unescape(answered.content.decode())
    assert answered.redirect_chain[-1][0].startswith("/items/residence-permit?s-lived-half-year=true&")
    assert (
        'href="/items/residence-permit/apply?s-applied-by-other=false&s-residence-ground=dwelling'
        '&s-dwelling-kind=rented"'
    ) in text


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_a_question_passed_over_is_asked_again_with_what_to_do(client: Client) -> None:
    address = "/items/residence-permit/situation"
    assert "请选一个再继续。" not in client.get(address).content.decode()
    assert "请选一个再继续。" in client.get(address, {"ask": "lived-half-year"}).content.decode()
    nonsense = client.get(address, {"ask": "lived-half-year", "s-lived-half-year": "<b>"})
    assert "请选一个再继续。" in nonsense.content.decode()
    assert "<b>" not in nonsense.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_who_cannot_have_it_is_told_so_and_offered_no_application(client: Client) -> None:
    page = client.get("/items/food-operation-licence", {"s-food-sold": "packaged"}).content.decode()
    assert "到市场监督管理部门备个案就行" in page
    assert "开始办理" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_the_application_gets_the_answers_by_the_fields_of_its_form() -> None:
    item = catalogue.item(ItemCode("residence-permit"))
    assert catalogue.situation_answers(item, RENTED) == {
        "by_other": False,
        "ground": "dwelling",
        "dwelling_kind": "rented",
    }
