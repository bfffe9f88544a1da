"""Publishing: whole versions, all or none, never changed afterwards."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tongban.catalogue import api as catalogue
from tongban.catalogue.models import CurrentItem, ItemVersion
from tongban.directory import api as directory
from tongban.engine.packs.tests.copies import JOINTS, SLUGS
from tongban.kernel.figures import Limit
from tongban.kernel.ids import BodyCode, ItemCode
from tongban.kernel.refusal import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 4, tzinfo=UTC)
FOOD = ItemCode("food-operation-licence")
HOME = ItemCode("residence-permit")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_packs_folder_is_published_whole(packs: Path) -> None:
    published = catalogue.publish([packs], at=NOON)
    every = [*SLUGS, *JOINTS]
    assert [(one.slug, one.version, one.fresh) for one in published] == [(slug, 1, True) for slug in every]
    assert catalogue.item(FOOD).promised == Limit(10, "workday")


def test_the_bodies_that_run_an_item_are_registered(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    body = directory.body(BodyCode("11510104MB9000015X"))
    assert (body.name, body.region, body.region_name) == ("锦江区市场监督管理局（样例）", "510104", "锦江区")


def test_publishing_the_same_again_changes_nothing(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    rows = list(ItemVersion.objects.values())
    again = catalogue.publish([packs], at=LATER)
    assert {one.fresh for one in again} == {False}
    assert list(ItemVersion.objects.values()) == rows


def test_a_changed_item_gets_a_new_version_and_the_others_keep_theirs(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    change(packs / "items/residence-permit/item.yaml", "value: 10, unit: day", "value: 12, unit: day")
    again = catalogue.publish([packs], at=LATER)
    catalogue.forget()
    assert [(one.slug, one.version) for one in again if one.fresh] == [("residence-permit", 2)]
    assert catalogue.item(HOME).promised == Limit(12, "day")
    assert catalogue.item_version(HOME, 1).promised == Limit(10, "day")


def test_a_version_keeps_the_regime_it_was_published_with(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    entry = """    - from: 2026-12-01
      value: 3 workday
      law: 某法
      article: 第一条
      sense: 样例
      checked: false
  decide_within:
"""
    change(packs / "regimes/licensing.yaml", "  decide_within:\n", entry)
    catalogue.publish([packs], at=LATER)
    day = date(2026, 12, 2)
    before, after = catalogue.item_version(FOOD, 1), catalogue.item_version(FOOD, 2)
    assert before.regime.figures["notify_within"].on(day).limit == Limit(5, "workday")
    assert after.regime.figures["notify_within"].on(day).limit == Limit(3, "workday")
    assert after.regime.figures["notify_within"].on(date(2026, 11, 30)).limit == Limit(5, "workday")


def test_the_order_of_options_survives_publication(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    ground = catalogue.item(HOME).form.field("ground")
    assert [option.code for option in ground.options] == ["employment", "dwelling", "study"]


def test_one_fault_keeps_every_item_from_being_published(packs: Path) -> None:
    change(packs / "items/residence-permit/item.yaml", "value: 10, unit: day", "value: 16, unit: day")
    with pytest.raises(Refusal) as refused:
        catalogue.publish([packs], at=NOON)
    assert refused.value.code == "catalogue.publish.faulty-pack"
    assert [fault["code"] for fault in refused.value.faults] == ["PROMISE-LONGER-THAN-STATUTE"]
    assert catalogue.items() == ()


def test_a_document_is_kept_byte_for_byte(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    for row in ItemVersion.objects.all():
        assert sha256(row.document.encode()).hexdigest() == row.digest
        assert json.loads(row.document)["slug"] == row.slug


def test_the_database_keeps_a_version_from_being_changed_or_deleted(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ItemVersion.objects.filter(slug=FOOD).update(document="{}")
    CurrentItem.objects.filter(slug=FOOD).delete()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ItemVersion.objects.filter(slug=FOOD).delete()


def test_the_database_keeps_an_item_from_pointing_at_another_items_version(packs: Path) -> None:
    catalogue.publish([packs], at=NOON)
    other = CurrentItem.objects.get(slug=HOME).version_id
    with pytest.raises(IntegrityError, match="current_item_is_its_own_version"), transaction.atomic():
        CurrentItem.objects.filter(slug=FOOD).update(version_id=other)
