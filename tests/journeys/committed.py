"""Cases that were granted upon a promise, in the states that come after the delivery."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tests.journeys.people import Account, a_person, on_duty, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.rules.words import UNTRUE_COMMITMENT
from tongban.cases.tests.world import JINJIANG, World, a_file, a_world
from tongban.catalogue import api as catalogue
from tongban.engine.packs import example_of

FIRE = "fire-safety-check"
ANSWERS = example_of(Path(settings.PACKS) / "items" / FIRE)
FOUND = "安全出口上了锁，责令改正后仍然锁着。"


def delivered(world: World, who: Account) -> str:
    """A case granted upon its applicant's promise, and delivered; the check is still to come."""
    now, person = datetime.now(UTC), who.viewer.person
    assert person is not None
    wanted = [one.kind for one in catalogue.item(world.item).materials_for(ANSWERS) if one.must_be_handed_in]
    application = Application(
        world.item, JINJIANG, ANSWERS, [(kind, a_file(person, at=now)) for kind in wanted]
    )
    number = commands.submit(application, by=who.viewer, key=None, at=now).number
    seal()
    by = {"seen": None, "by": world.handler, "at": now}
    commands.take(number, **by, reason=None, text="")
    commands.accept(number, **by)
    commands.grant(number, **by, text="材料齐全。")
    commands.deliver(number, **by, way="online")
    commands.complete(number, at=now)
    return number


def found_untrue(world: World, number: str) -> None:
    """The check, and the one after the order, found the promise not kept."""
    for task, outcome in (("check", "不一致"), ("order", "仍达不到要求")):
        commands.complete_task(
            number, seen=None, by=world.handler, at=datetime.now(UTC), task=task, outcome=outcome
        )


def committed() -> list[Visit]:
    """To be checked, found untrue, and revoked: the desk, the act, the applicant."""
    world, who = a_world(FIRE), a_person()
    catalogue.forget()
    checked, untrue, revoked = (delivered(world, who) for _ in range(3))
    for number in (untrue, revoked):
        found_untrue(world, number)
    now, handler = datetime.now(UTC), on_duty(world.handler)
    approval = commands.revoke(
        revoked, seen=None, by=world.handler, at=now, ground=UNTRUE_COMMITMENT, text=FOUND
    )
    commands.approve(approval, by=world.leader, at=now)
    return [
        Visit("desk-case-checked-later", handler, f"/desk/cases/{checked}"),
        Visit("desk-case-untrue", handler, f"/desk/cases/{untrue}"),
        Visit("act-revoke-faults", handler, f"/cases/{untrue}/acts/revoke", "撤销准予决定"),
        Visit("case-checked-later", who, f"/cases/{checked}"),
        Visit("case-revoked", who, f"/cases/{revoked}"),
    ]
