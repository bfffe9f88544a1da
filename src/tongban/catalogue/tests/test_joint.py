"""Joint services: what they ask together, which items after which answers, and their versions."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tongban.catalogue import api as catalogue
from tongban.catalogue.queries import joint_page
from tongban.catalogue.tests.test_publish import change
from tongban.engine.forms import Kind, validate
from tongban.engine.joint import ways
from tongban.kernel.ids import ItemCode
from tongban.kernel.refusal import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

NEWBORN, RESTAURANT = ItemCode("newborn"), ItemCode("restaurant")
LATER = datetime(2026, 12, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("slug", [NEWBORN, RESTAURANT])
def test_together_less_is_asked_after_every_way_to_answer(slug: ItemCode) -> None:
    joint = catalogue.joint(slug)
    for answers in ways(joint.plan.first.fields):
        if len(joint.taking_part(answers)) > 1 and joint.ending(answers) is None:
            assert joint.counts(answers).spared > 0
            assert joint.material_counts(answers).spared >= 0


def test_a_newborn_takes_eight_items_and_asks_a_third_of_what_they_ask_apart() -> None:
    joint = catalogue.joint(NEWBORN)
    every = {each.name: True for each in joint.plan.first.fields if each.kind is Kind.BOOLEAN}
    counts = joint.counts(every)
    assert len(joint.taking_part(every)) == 8
    assert counts.together * 3 <= counts.apart
    assert not any(one.must_be_handed_in for one in joint.materials)


def test_under_each_question_stands_who_needs_it() -> None:
    phone = catalogue.joint(RESTAURANT).form.field("phone")
    assert phone.why.startswith("企业营业执照信息核验、食品经营许可（新办）、")
    assert "要用。" in phone.why


def test_the_place_of_an_advertisement_is_not_the_shop() -> None:
    joint = catalogue.joint(RESTAURANT)
    sign, advert = ItemCode("shop-sign-setting"), ItemCode("outdoor-advertising")
    premises = {joint.united.places[item]["premises"] for item in (sign, advert, "tobacco-retail-licence")}
    assert len(premises) == 3
    assert joint.kinds[advert]["lease"] == "lease-of-outdoor-advertising"


def test_the_page_says_which_items_and_why_after_what_was_answered() -> None:
    joint = catalogue.joint(RESTAURANT)
    nothing, no_sign = joint_page(joint, {}), joint_page(joint, {"s-outdoor-sign": "none"})
    wanted = {str(one.item.slug): one.wanted for one in nothing.members}
    assert wanted["food-operation-licence"] == "yes"
    assert wanted["shop-sign-setting"] == "perhaps"
    assert wanted["tobacco-retail-licence"] == "choose"
    assert {str(one.item.slug): one.wanted for one in no_sign.members}["shop-sign-setting"] == "no"
    assert no_sign.query == (("s-outdoor-sign", "none"),)
    assert nothing.fields.together > no_sign.fields.together


def test_an_answer_that_ends_it_says_what_to_do_instead() -> None:
    page = joint_page(catalogue.joint(NEWBORN), {"s-first-birth-certificate": "false"})
    assert "分别申请" in page.ended


def test_an_answer_that_is_none_is_passed_over() -> None:
    assert joint_page(catalogue.joint(NEWBORN), {"s-first-birth-certificate": "maybe"}).query == ()


def test_a_new_version_of_an_item_is_one_of_the_joint_service_and_the_old_one_stays(packs: Path) -> None:
    change(packs / "items/vaccination-certificate/item.yaml", "promise: {value: 1,", "promise: {value: 2,")
    change(packs / "items/vaccination-certificate/item.yaml", "takes: {value: 1,", "takes: {value: 2,")
    again = {one.slug: one for one in catalogue.publish([packs], at=LATER) if one.fresh}
    catalogue.forget()
    assert again.keys() == {"vaccination-certificate", "newborn"}
    assert catalogue.joint(NEWBORN).item("vaccination-certificate").promised.value == 2
    before = catalogue.service_version(NEWBORN, 1)
    assert isinstance(before, catalogue.Joint)
    assert before.item("vaccination-certificate").promised.value == 1


def test_an_item_published_alone_takes_its_joint_services_along(packs: Path) -> None:
    folder = packs / "items/vaccination-certificate"
    change(folder / "item.yaml", "promise: {value: 1,", "promise: {value: 2,")
    change(folder / "item.yaml", "takes: {value: 1,", "takes: {value: 2,")
    assert [one.slug for one in catalogue.publish([folder], at=LATER) if one.fresh] == [
        "vaccination-certificate",
        "newborn",
    ]


def test_an_item_that_could_not_be_answered_with_the_others_is_not_published(packs: Path) -> None:
    folder = packs / "items/vaccination-certificate"
    change(folder / "form.yaml", "element: child-sex, why", "element: child-sex, options: {male: 男}, why")
    other = packs / "items/social-card"
    change(other / "form.yaml", "element: child-sex, why", "element: child-sex, options: {female: 女}, why")
    for one in (folder, other):
        (one / "example.yaml").unlink()
    with pytest.raises(Refusal, match="joint-not-united"):
        catalogue.publish([folder, other], at=LATER)


@pytest.mark.usefixtures("searchable")
def test_it_is_found_as_one_thing_and_told_in_english() -> None:
    found = catalogue.search("孩子出生了", on=LATER.date())
    assert catalogue.EntryKind.JOINT in {hit.kind for hit in found.items}
    assert catalogue.name_of(NEWBORN) == "新生儿出生一件事"


def test_nothing_is_applied_for_under_an_unknown_name() -> None:
    with pytest.raises(Refusal, match="unknown"):
        catalogue.joint(ItemCode("residence-permit"))
    with pytest.raises(Refusal, match="unknown"):
        catalogue.service(ItemCode("no-such-service"))


def test_the_examples_of_the_items_answer_the_united_form() -> None:
    joint = catalogue.joint(RESTAURANT)
    assert validate(joint.form, {"fire_check": False}).faults
