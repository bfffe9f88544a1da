"""Drafts begun, filled in and handed in by our own verbs."""

from io import BytesIO

from PIL import Image

from tongban.cases import commands
from tongban.cases.commands import Beginning, Typed, Writer
from tongban.cases.queries import draft_of
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    World,
    a_resident,
)
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import NOBODY

HERE = Beginning(office=JINJIANG)
SECRET, ANOTHER = bytes(range(32)), bytes(32)
STRANGER = Writer(NOBODY, SECRET)


def a_writer(name: str = "王秀丽") -> Writer:
    """A resident with a profile."""
    resident = a_resident()
    assert resident.person is not None
    identity.save_profile(resident.person, identity.Profile(name, "510104198806152343", "13800000001"))
    return Writer(resident)


def begun(world: World, by: Writer, beginning: Beginning = HERE):
    return commands.begin(world.item, beginning, by=by, at=MONDAY)


def typed(world: World, answers, *, seen: int = 1, page: str | None = None) -> Typed:
    """These answers as if they were all on one page."""
    fields = tuple(each for _, each, _ in catalogue.item(world.item).form.asked if each.name in answers)
    return Typed(page or "operator", fields, answers, seen)


def filled_in(world: World, by: Writer, *, answers=FOOD_ANSWERS, files=FOOD_MATERIALS):
    """A draft with nothing left to do."""
    draft = begun(world, by)
    commands.save(draft, typed(world, answers), by=by, at=MONDAY)
    for kind in files:
        assert commands.attach(draft, kind, [(f"{kind}.pdf", PDF)], by=by, at=MONDAY) == []
    return draft


def handed_in(draft, by: Writer) -> str:
    return commands.hand_in(draft, seen=draft_of(draft, by).version, by=by, at=MONDAY)


def a_photo(shade: int = 0, size: tuple[int, int] = (60, 80)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (shade, 90, 200)).save(content, "JPEG")
    return content.getvalue()


def code_of(refused) -> str:
    return str(refused.value.code)
