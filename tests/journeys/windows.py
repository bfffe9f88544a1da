"""Somebody at a window, in every state its pages have, by our own verbs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.journeys.people import Account, City, on_duty, seal
from tests.journeys.visit import Visit
from tongban.cases import api as cases
from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.tests.joints import a_joint, submitted
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, JINJIANG, PDF, an_officer
from tongban.catalogue import api as catalogue
from tongban.counters.queries import ReceptionRow
from tongban.counters.tests.world import Registers, received
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Role


@dataclass(frozen=True, slots=True)
class AtWindow:
    """An officer who receives; whom, with drafts new and ready, one to correct, a result, several as one."""

    clerk: Account
    found: ReceptionRow
    by_card: ReceptionRow
    new: UUID
    ready: UUID
    to_correct: str
    granted: str
    together: str


def at_a_window(city: City) -> AtWindow:
    """Two people stand at a window of the city's body, one of them while the register is away."""
    clerk, registers, now = on_duty(an_officer(city.world.body, Role.WINDOW)), Registers(), datetime.now(UTC)
    exchange.supply({"population": registers})
    found = received(registers, clerk.viewer, "阿依古丽·买买提", at=now)
    registers.away = True
    by_card = received(registers, clerk.viewer, "陈春梅", at=now)
    exchange.supply({})
    begin = cases.Beginning(JINJIANG)
    new, ready = (
        cases.begin_for(city.world.item, begin, found.served, by=clerk.viewer, at=now) for _ in range(2)
    )
    by = commands.Writer(clerk.viewer, now=now)
    fields = [each for _, each, _ in catalogue.item(city.world.item).form.asked]
    commands.save(ready, commands.Typed("all", fields, FOOD_ANSWERS, 9), by=by, at=now)
    for kind in FOOD_MATERIALS:
        commands.attach(ready, kind, [(f"{kind}.pdf", PDF)], by=by, at=now)
    to_correct, granted = (_taken(city, found, clerk, now) for _ in range(2))
    acting: dict[str, Any] = {"seen": None, "by": city.handler.viewer, "at": now}
    fault = CorrectionFault(place="设备布局图", basis="食品安全法", do="请标出洗消间。")
    commands.return_for_correction(to_correct, **acting, faults=[fault])
    commands.accept(granted, **acting)
    commands.grant(granted, **acting, text="符合条件")
    together = submitted(a_joint(), identity.served(found.person, clerk.viewer, now), wide=True).number
    return AtWindow(clerk, found, by_card, new, ready, to_correct, granted, together)


def _taken(city: City, found: ReceptionRow, clerk: Account, now: datetime) -> str:
    city.world.submit(by=identity.served(found.person, clerk.viewer, now), at=now)
    seal()
    return city.world.take_next(at=now)


def visits_at(at: AtWindow, city: City) -> list[Visit]:
    """A window: whom it receives, what was begun for them, how they confirm, what is printed and counted."""
    who, here = at.clerk, f"/desk/window/{at.found.id}"
    idle = on_duty(an_officer(city.world.body, Role.WINDOW))
    return [
        Visit("window-empty", idle, "/desk/window"),
        Visit("window", who, "/desk/window"),
        Visit("window-faults", who, "/desk/window", "核对并接待"),
        Visit("window-reception", who, here),
        Visit("window-reception-nothing", who, f"{here}?q=登月"),
        Visit("window-reception-faults", who, f"{here}?number=1"),
        Visit("window-reception-by-card", who, f"/desk/window/{at.by_card.id}"),
        Visit("window-page", who, f"/drafts/{at.new}/operator"),
        Visit("window-check", who, f"/drafts/{at.ready}/check"),
        Visit("window-check-faults", who, f"/drafts/{at.ready}/check", "提交申请"),
        Visit("window-case", who, f"/desk/window/cases/{at.granted}"),
        Visit("window-joint", who, f"/desk/window/joint/{at.together}"),
        Visit("window-case-to-correct", who, f"/desk/window/cases/{at.to_correct}"),
        Visit("window-resubmit", who, f"/cases/{at.to_correct}/resubmit"),
        Visit("window-resubmit-faults", who, f"/cases/{at.to_correct}/resubmit", "提交补正"),
        Visit("window-typed-again", city.leader, "/desk/window/typed-again"),
    ]
