"""Questions of the catalogue: what they answer and what they cost."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tongban.catalogue import api as catalogue
from tongban.catalogue.queries import published as queries
from tongban.engine.forms import validate
from tongban.engine.packs.tests.copies import PACKS
from tongban.kernel.figures import Limit
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode
from tongban.kernel.refusal import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
FOOD = ItemCode("food-operation-licence")
HOME = ItemCode("residence-permit")
OLD = ItemCode("old-age-allowance")


@pytest.mark.parametrize(
    ("path", "mark_and_kinds"), [(PACKS / "items/residence-permit", 2), (PACKS, 5)], ids=["one", "all"]
)
def test_the_catalogue_costs_a_statement_for_each_kind_to_read_and_then_none(
    path: Path, mark_and_kinds: int, django_assert_num_queries: Any
) -> None:
    catalogue.publish([path], at=NOON)
    with django_assert_num_queries(mark_and_kinds):
        catalogue.items()
    with django_assert_num_queries(0):
        catalogue.items("居住")
        catalogue.guides("生孩子")
        current = catalogue.item(HOME)
        catalogue.item_version(HOME, 1)
        catalogue.queue_of(current, current.offices[0].body)


@pytest.mark.usefixtures("published")
def test_a_catalogue_in_which_nothing_changed_is_renewed_by_one_statement(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(queries, "RENEWED_EVERY", 0.0)
    before = catalogue.item(HOME)
    with django_assert_num_queries(1):
        assert catalogue.item(HOME) is before


@pytest.mark.usefixtures("published")
def test_what_is_current_is_asked_anew_and_no_version_is_read_twice() -> None:
    before = catalogue.item(HOME)
    catalogue.forget()
    assert catalogue.item(HOME) is before


def test_a_new_version_is_seen_at_the_next_renewal(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "RENEWED_EVERY", 0.0)
    catalogue.publish([packs], at=NOON)
    assert catalogue.item(HOME).promised == Limit(10, "day")
    file = packs / "items/residence-permit/item.yaml"
    file.write_text(file.read_text("utf-8").replace("value: 10, unit: day", "value: 12, unit: day"), "utf-8")
    catalogue.publish([packs], at=NOON)
    assert catalogue.item(HOME).promised == Limit(12, "day")


def test_a_past_version_costs_one_statement_once(packs: Path, django_assert_num_queries: Any) -> None:
    catalogue.publish([packs], at=NOON)
    file = packs / "items/residence-permit/item.yaml"
    file.write_text(file.read_text("utf-8").replace("value: 10, unit: day", "value: 12, unit: day"), "utf-8")
    catalogue.publish([packs], at=NOON)
    catalogue.forget()
    catalogue.items()
    with django_assert_num_queries(1):
        catalogue.item_version(HOME, 1)
    with django_assert_num_queries(0):
        catalogue.item_version(HOME, 1)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("search", "found"), [("奶茶", FOOD), ("暂住证", HOME), ("80周岁", OLD)])
def test_people_find_an_item_by_its_name_and_by_everyday_words(search: str, found: ItemCode) -> None:
    assert [one.slug for one in catalogue.items(search)] == [found]


def test_a_new_item_is_found_at_once() -> None:
    assert catalogue.items() == ()
    catalogue.publish([PACKS], at=NOON)
    assert catalogue.item(HOME).version == 1


@pytest.mark.usefixtures("published")
def test_what_is_not_published_is_refused() -> None:
    with pytest.raises(Refusal, match=r"catalogue\.item\.unknown"):
        catalogue.item(ItemCode("nothing"))
    with pytest.raises(Refusal, match=r"catalogue\.item\.unknown"):
        catalogue.item_version(HOME, 7)


@pytest.mark.usefixtures("published")
def test_a_queue_is_of_one_item_at_one_body_that_runs_it() -> None:
    home, food = catalogue.item(HOME), catalogue.item(FOOD)
    queues = [catalogue.queue_of(one, office.body) for one in (home, food) for office in one.offices]
    assert queues[0] == "512009900000.11510104MB9000023Q"
    assert len(set(queues)) == 4
    with pytest.raises(Refusal, match=r"catalogue\.office\.not-here"):
        catalogue.queue_of(home, food.offices[0].body)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("region", "body"),
    [
        ("510104", "11510104MB9000023Q"),
        ("510104022", "11510104MB9000023Q"),
        ("510105", "11510105MB90000237"),
        ("510106", None),
        ("510100", None),
        ("", None),
    ],
)
def test_an_office_serves_its_region_and_what_lies_in_it(region: str, body: str | None) -> None:
    office = catalogue.item(HOME).office_in(RegionCode(region))
    assert (office.body if office else None) == (BodyCode(body) if body else None)


@pytest.mark.usefixtures("published")
def test_a_licence_stands_under_the_licensing_law() -> None:
    item = catalogue.item(FOOD)
    figures = {name: figure.on(TODAY).limit for name, figure in item.regime.figures.items()}
    assert figures == {
        "notify_within": Limit(5, "workday"),
        "review_within": Limit(20, "workday"),
        "decide_within": Limit(20, "workday"),
        "decide_jointly_within": Limit(45, "workday"),
        "extend_jointly_by": Limit(15, "workday"),
        "extend_by": Limit(10, "workday"),
        "deliver_within": Limit(10, "workday"),
    }
    assert item.regime.silence_is_acceptance is not None
    assert not item.regime.decision_includes_delivery
    assert len(item.regime.special_procedures) == 8
    assert [one.code for one in item.special_procedures] == ["hearing"]
    assert item.statutory_on(TODAY) == Limit(20, "workday")
    assert item.statutory_on(date(2004, 6, 30)) is None


@pytest.mark.usefixtures("published")
def test_a_residence_permit_stands_under_its_own_regulation() -> None:
    item = catalogue.item(HOME)
    assert item.regime.figures.keys() == {"decide_within"}
    assert item.statutory_on(TODAY) == Limit(15, "day")
    assert item.regime.silence_is_acceptance is None
    assert item.regime.one_time_notice is not None
    assert item.regime.decision_includes_delivery
    assert item.special_procedures == item.regime.special_procedures == ()


@pytest.mark.usefixtures("published")
def test_an_allowance_stands_under_its_published_promise_alone() -> None:
    item = catalogue.item(OLD)
    assert item.regime.figures == {}
    assert item.statutory_on(TODAY) is None
    assert item.promised == Limit(15, "workday")
    assert item.regime.one_time_notice is not None


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("slug", [FOOD, HOME, OLD])
def test_a_refusal_can_tell_both_remedies_with_their_law(slug: ItemCode) -> None:
    remedies = catalogue.item(slug).regime.remedies
    assert {"行政复议法", "行政诉讼法"} <= {source.law for source in remedies}
    assert all(source.checked and source.source for source in remedies)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("answers", "must"),
    [
        ({"ground": "employment"}, {"recent-photo", "labour-contract"}),
        ({"ground": "dwelling", "dwelling_kind": "rented"}, {"recent-photo", "lease"}),
        ({"ground": "dwelling", "dwelling_kind": "owned"}, {"recent-photo"}),
        ({"ground": "study"}, {"recent-photo"}),
    ],
)
def test_only_the_proof_of_ones_own_ground_is_asked_for(answers: dict[str, Any], must: set[str]) -> None:
    item = catalogue.item(HOME)
    asked = item.materials_for(validate(item.form, answers).cleaned)
    assert {one.kind for one in asked if one.must_be_handed_in} == must


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("slug", [FOOD, HOME, OLD])
def test_nothing_that_the_government_holds_must_be_handed_in(slug: ItemCode) -> None:
    held = [one for one in catalogue.item(slug).materials if one.held_by]
    assert held
    assert [one for one in held if one.may_be_handed_in] == []
