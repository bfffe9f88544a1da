"""Every service of the packs, from its guide to the certificate or the decision, in a browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Surf
from tests.journeys.people import a_person, seal
from tests.journeys.steps import begin, fill_in_example, hand_in, number_on
from tongban.cases import commands
from tongban.cases.tests.world import World, a_world
from tongban.catalogue import api as catalogue
from tongban.engine import packs
from tongban.kernel.ids import ApprovalId

ITEMS = sorted(folder.name for folder in (Path(settings.PACKS) / "items").iterdir())
REASON = "材料齐全，符合规定的条件。"


def test_there_are_twelve() -> None:
    assert len(ITEMS) == 12


@pytest.mark.parametrize("slug", ITEMS)
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
    asked = [one.kind for one in item.materials_for(answers) if one.must_be_handed_in]
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
    granted = commands.grant(number, seen=None, by=world.handler, at=now, text=REASON)
    if catalogue.item(world.item).by_two:
        assert isinstance(granted, UUID)
        commands.approve(ApprovalId(granted), by=world.colleague, at=now)


def holds(resident: Page, name: str) -> None:
    """The certificate is in the wallet, and anyone finds that it holds."""
    resident.goto("/wallet")
    resident.get_by_role("link", name=name).first.click()
    expect(resident.get_by_role("status")).to_contain_text("有效")
    resident.goto(f"/certificates/{resident.url.rpartition('/')[2]}")
    expect(resident.get_by_role("main")).to_contain_text("有效")
