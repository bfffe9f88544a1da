"""One case of each of our items, from its pack through the database to completion, by its own law."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.queries import view_of
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    JINJIANG,
    MONDAY,
    a_file,
    a_resident,
    a_world,
    kinds_of,
    seal_all,
)
from tongban.catalogue import api as catalogue

PERMIT: dict[str, Any] = {
    "name": "李小满",
    "resident_id": "510104198806152343",
    "phone": "13800138000",
    "home_address": "四川省巴中市巴州区某镇某村1号",
    "by_other": False,
    "living_address": "成都市锦江区春熙路街道总府路1号",
    "living_since": "2025-03-01",
    "ground": "employment",
    "employer": "成都小满餐饮有限公司",
    "truth": True,
}
ALLOWANCE: dict[str, Any] = {
    "name": "张国丰",
    "resident_id": "510105194503094316",
    "phone": "13800138000",
    "living_address": "成都市锦江区春熙路街道总府路1号",
    "by_other": False,
    "bank_account": "6222020000000000000",
    "account_holder": "self",
    "allowances": ["none"],
    "truth": True,
}

# Promised and statutory last day of a case accepted on Monday 9 March 2026, and the acts its law knows.
REVIEW = {Act.GRANT, Act.REFUSE, Act.WITHDRAW, Act.TERMINATE}
ITEMS = {
    "food-operation-licence": (
        FOOD_ANSWERS,
        date(2026, 3, 23),
        date(2026, 4, 7),
        REVIEW | {Act.EXTEND, Act.START_SPECIAL_PROCEDURE},
    ),
    "residence-permit": (PERMIT, date(2026, 3, 19), date(2026, 3, 24), REVIEW),
    "old-age-allowance": (ALLOWANCE, date(2026, 3, 30), None, REVIEW),
}


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_served_by_its_own_law(transactional_db, item):
    answers, promised, statutory, acts = ITEMS[item]
    world, resident = a_world(item), a_resident()
    published = catalogue.item(world.item)
    files = [
        (material.kind, a_file(resident.person))
        for material in published.materials_for(answers)
        if material.must_be_handed_in
    ]
    application = Application(world.item, JINJIANG, answers, files)
    number = commands.submit(application, by=resident, key=None, at=MONDAY).number
    seal_all()
    assert world.take_next() == number
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    view = view_of(number, resident, at=MONDAY)
    dues = {name: due.day for name in ("promised", "statutory") if (due := view.due(name))}
    assert dues == {"promised": promised} | ({"statutory": statutory} if statutory else {})
    assert acts_of(view.state, view.law) == acts
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件")
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="window")
    commands.complete(number, at=MONDAY)
    assert kinds_of(number)[-3:] == ["granted", "delivered", "completed"]


def test_all_our_items_are_tried():
    assert set(ITEMS) == {folder.name for folder in (Path(settings.PACKS) / "items").iterdir()}
