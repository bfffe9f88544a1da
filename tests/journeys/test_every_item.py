"""Services of every sort that the packs have, from guide to certificate or decision, in a browser.

All of them are led through their law by the verbs in `cases/tests/test_regimes.py`, and read and checked as
packs; here walk the fewest that have between them every way of asking, taking in, going on and ending.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Surf
from tests.journeys.people import a_person, seal
from tests.journeys.steps import begin, fill_in_example, hand_in, number_on
from tongban.cases import commands
from tongban.cases.tests.world import World, a_world, led_to_decision
from tongban.catalogue import api as catalogue
from tongban.engine import packs
from tongban.engine.flow import parse
from tongban.engine.packs.tests.copies import checked
from tongban.kernel.ids import ApprovalId

ITEMS = {one["slug"]: one for one in checked(Path(settings.PACKS)).documents}
REASON = "材料齐全，符合规定的条件。"


def traits(document: Mapping[str, Any]) -> frozenset[tuple[Any, ...]]:
    """What pages and verbs do differently for an item: how it asks, takes in, goes on and ends."""
    item, form, certificate = document["item"], document["form"], document["certificate"]
    fields = [field for step in form["steps"] for field in step["fields"]]
    asked = {("asks", one["kind"], bool(one.get("when")), one.get("required", True)) for one in fields}
    taken = {("takes", one["need"], one["source"], bool(one.get("when"))) for one in item["materials"]}
    drawn = parse(document["process"]["bpmn"].encode()).nodes if "process" in document else ()
    goes = {("goes", node.kind) for node in drawn}
    ends = {
        ("ends", item["kind"], bool(item.get("rule")), bool(item.get("by_two"))),
        (
            "gives",
            item["result"]["kind"],
            certificate and certificate["holder"]["class"],
        ),
        ("law", document["regime"]["name"], document["statutory"] is not None),
        ("comes", bool(item["visits"])),
    }
    return frozenset(asked | taken | goes | ends)


def fewest(items: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Items that have every trait of all: always the one that adds most, the first by name of equals."""
    left = set[tuple[Any, ...]]().union(*map(traits, items.values()))
    chosen: list[str] = []
    while left:
        best = max(sorted(items), key=lambda slug: len(traits(items[slug]) & left))
        chosen.append(best)
        left -= traits(items[best])
    return sorted(chosen)


WALKED = fewest(ITEMS)


def test_what_is_walked_has_every_trait_there_is_and_is_far_from_all() -> None:
    walked = set[tuple[Any, ...]]().union(*(traits(ITEMS[slug]) for slug in WALKED))
    assert all(traits(one) <= walked for one in ITEMS.values())
    assert len(WALKED) < 15


@pytest.mark.parametrize("slug", WALKED)
def test_a_service_leads_from_its_guide_to_its_result(
    slug: str, transactional_db: None, surf: Surf, a_pdf: Callable[[str], str]
) -> None:
    world = a_world(slug)
    item = catalogue.item(world.item)
    resident = surf(a_person(), size=PHONE)
    number = applied(resident, item, slug, a_pdf)
    # Whoever is not the person of the example is granted nothing by a rule: officers have every case here.
    decided(world, number)
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("link", name="准予")).to_be_visible()
    if item.certificate is not None:
        holds(resident, item.certificate["name"])


def applied(resident: Page, item: catalogue.Item, slug: str, a_pdf: Callable[[str], str]) -> str:
    """From the guide to the receipt; the number of the case."""
    draft = begin(resident, item.slug)
    answers = packs.example_of(Path(settings.PACKS) / "items" / slug)
    asked = [one.kind for one in item.materials_for(answers) if one.must_be_handed_in or one.may_follow]
    fill_in_example(resident, draft, item.slug, a_pdf, *asked)
    hand_in(resident, draft)
    resident.wait_for_url("**/cases/*" if item.rule else "**/receipt")
    seal()
    return number_on(resident)


def decided(world: World, number: str) -> None:
    """Taken in turn, accepted and granted; how officers do that in a browser is told elsewhere."""
    now = datetime.now(UTC)
    assert world.take_next(at=now) == number
    commands.accept(number, seen=None, by=world.handler, at=now)
    deciding = led_to_decision(world, number, at=now)
    granted = commands.grant(number, seen=None, by=deciding.handler, at=now, text=REASON)
    if catalogue.item(world.item).by_two:
        assert isinstance(granted, UUID)
        commands.approve(ApprovalId(granted), by=deciding.colleague, at=now)


def holds(resident: Page, name: str) -> None:
    """The certificate is in the wallet, and anyone finds that it holds."""
    resident.goto("/wallet")
    resident.get_by_role("link", name=name).first.click()
    expect(resident.get_by_role("status")).to_contain_text("有效")
    resident.goto(f"/certificates/{resident.url.rpartition('/')[2]}")
    expect(resident.get_by_role("main")).to_contain_text("有效")
