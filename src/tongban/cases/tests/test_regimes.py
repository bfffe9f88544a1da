"""One case of each of our items, from its pack through the database to completion, by its own law."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.queries import view_of
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act
from tongban.cases.tests.world import (
    JINJIANG,
    MONDAY,
    a_file,
    a_resident,
    a_world,
    kinds_of,
    led_to_decision,
    seal_all,
)
from tongban.catalogue import api as catalogue
from tongban.engine.packs import example_of

# Promised and statutory last day of a case accepted on Monday 9 March 2026, and the acts its law knows.
REVIEW = {Act.GRANT, Act.REFUSE, Act.WITHDRAW, Act.TERMINATE}
LICENCE = REVIEW | {Act.EXTEND}
LOOKED_FIRST = {Act.GRANT, Act.REFUSE}
"""Acts that a drawing opens only after a task of its own: a visit, a look, what others think."""
ITEMS = {
    "bank-account-booking": (date(2026, 3, 9), None, REVIEW),
    "bank-account-change": (date(2026, 3, 10), None, REVIEW),
    "birth-medical-certificate": (date(2026, 3, 10), None, REVIEW),
    "birth-registration": (date(2026, 3, 11), None, REVIEW),
    "business-licence-check": (date(2026, 3, 9), None, REVIEW),
    "company-change": (date(2026, 3, 10), date(2026, 3, 12), LICENCE),
    "company-registration": (date(2026, 3, 9), date(2026, 3, 12), LICENCE),
    "disability-certificate": (date(2026, 3, 23), None, REVIEW - LOOKED_FIRST),
    "disabled-job-help": (date(2026, 3, 12), None, REVIEW),
    "disabled-pension-help": (date(2026, 3, 12), None, REVIEW),
    "early-retirement": (date(2026, 3, 30), date(2026, 4, 7), REVIEW),
    "fire-safety-check": (date(2026, 3, 16), date(2026, 3, 23), LICENCE | {Act.START_SPECIAL_PROCEDURE}),
    "flexible-employment": (date(2026, 3, 9), None, REVIEW),
    "food-operation-licence": (date(2026, 3, 23), date(2026, 4, 7), LICENCE | {Act.START_SPECIAL_PROCEDURE}),
    "fund-account-closing": (date(2026, 3, 11), None, REVIEW),
    "fund-retire": (date(2026, 3, 9), date(2026, 3, 12), REVIEW),
    "fund-unit-change": (date(2026, 3, 10), None, REVIEW),
    "fund-unit-open": (date(2026, 3, 9), None, REVIEW),
    "hardship-living-subsidy": (date(2026, 3, 16), None, REVIEW),
    "household-check": (date(2026, 3, 9), None, REVIEW),
    "household-move-in": (date(2026, 3, 12), None, REVIEW - LOOKED_FIRST),
    "housing-fund-certificate": (date(2026, 3, 9), None, REVIEW),
    "invoice-quota": (date(2026, 3, 9), None, REVIEW),
    "marital-status-change": (date(2026, 3, 11), None, REVIEW),
    "marriage-registration": (date(2026, 3, 10), None, REVIEW),
    "maternity-medical-expense": (date(2026, 3, 16), date(2026, 4, 21), REVIEW),
    "medical-retire": (date(2026, 3, 12), date(2026, 3, 23), REVIEW),
    "medical-unit-change": (date(2026, 3, 10), date(2026, 3, 23), REVIEW),
    "minimum-living": (date(2026, 4, 21), None, REVIEW - LOOKED_FIRST),
    "newborn-household-registration": (date(2026, 3, 11), None, REVIEW),
    "newborn-medical-insurance": (date(2026, 3, 10), date(2026, 3, 23), REVIEW),
    "no-criminal-record": (date(2026, 3, 9), None, REVIEW),
    "normal-retirement": (date(2026, 3, 30), date(2026, 4, 7), REVIEW),
    "old-age-allowance": (date(2026, 3, 30), None, REVIEW),
    "outdoor-advertising": (
        date(2026, 3, 30),
        date(2026, 4, 7),
        LICENCE - LOOKED_FIRST | {Act.START_SPECIAL_PROCEDURE},
    ),
    "public-place-hygiene-licence": (date(2026, 3, 23), date(2026, 4, 7), LICENCE - LOOKED_FIRST),
    "residence-permit": (date(2026, 3, 19), date(2026, 3, 24), REVIEW),
    "resident-medical-premium": (date(2026, 3, 10), None, REVIEW),
    "seal-change": (date(2026, 3, 10), None, REVIEW),
    "seal-filing": (date(2026, 3, 9), None, REVIEW),
    "severe-care-subsidy": (date(2026, 3, 16), None, REVIEW),
    "shop-sign-setting": (date(2026, 3, 16), None, REVIEW),
    "social-card": (date(2026, 3, 11), date(2026, 3, 23), REVIEW),
    "social-unit-change": (date(2026, 3, 10), date(2026, 3, 23), REVIEW),
    "staff-enrolment": (date(2026, 3, 9), date(2026, 3, 23), REVIEW),
    "staff-medical-enrolment": (date(2026, 3, 9), date(2026, 3, 23), REVIEW),
    "tax-change": (date(2026, 3, 10), None, REVIEW),
    "tobacco-retail-licence": (date(2026, 3, 23), date(2026, 4, 7), LICENCE | {Act.START_SPECIAL_PROCEDURE}),
    "unit-enrolment": (date(2026, 3, 9), date(2026, 3, 24), REVIEW),
    "vaccination-certificate": (date(2026, 3, 10), None, REVIEW),
}


def drawn_in(view):
    """The acts that its drawing shows."""
    return {act for node in view.law.net.nodes for act in node.acts} if view.law.net else set()


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_served_by_its_own_law(transactional_db, item):
    promised, statutory, acts = ITEMS[item]
    answers = example_of(Path(settings.PACKS) / "items" / item)
    world, resident = a_world(item), a_resident()
    published = catalogue.item(world.item)
    files = [
        (material.kind, a_file(resident.person))
        for material in published.materials_for(answers)
        if material.must_be_handed_in or material.may_follow
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
    deciding = led_to_decision(world, number)
    granted = commands.grant(number, seen=None, by=deciding.handler, at=MONDAY, text="符合条件")
    if view.law.by_two:
        commands.approve(granted, by=deciding.colleague, at=MONDAY)
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="window")
    commands.complete(number, at=MONDAY)
    legal = [kind for kind in kinds_of(number) if kind not in ("flow-moved", "applicant-told")]
    # What is checked only later is not complete yet.
    ended = [] if Act.REVOKE in drawn_in(view) else ["completed"]
    assert legal[legal.index("granted") :] == ["granted", "delivered", *ended]


def test_all_our_items_are_tried():
    assert set(ITEMS) == {folder.name for folder in (Path(settings.PACKS) / "items").iterdir()}
