"""What a plan that was read would change, seen by whoever brought it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tongban.directory import api as directory
from tongban.kernel.access import Deed, Thing, Viewer, allow
from tongban.kernel.changes import Line
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.plans.models import Reading, plan_read, register_of, standing_of
from tongban.plans.rules.adopting import adopt, digest_of, lines_of
from tongban.plans.rules.decide import Acting
from tongban.plans.rules.missing import unknown_reading
from tongban.plans.rules.register import ToldPlan


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reading would change now, and the digest of that. `new`: there is no such plan yet.

    `kept`: numbers of measures that stand and that it does not tell; they stay as they are.
    """

    plan: ToldPlan
    issuer: str
    reason: str
    lines: list[Line]
    digest: str
    kept: tuple[str, ...]
    new: bool


def look(reading: UUID, viewer: Viewer, *, at: datetime) -> Looked:
    """What one's own reading would change as things stand. Four statements."""
    officer = viewer.officer
    row = Reading.objects.filter(id=reading, by=officer.id).first() if officer else None
    if row is None or officer is None:
        raise unknown_reading()
    brought = plan_read(row.plan)
    issuer, bodies = brought.head.issuer, {one.code: one for one in directory.bodies()}
    allow(
        viewer, Deed.SUPERVISE_PLANS, Thing(body=BodyCode(issuer), region=RegionCode(bodies[issuer].region))
    )
    register = register_of(*standing_of(brought.head.slug))
    adoption = adopt(brought, register, row.reason, Acting(officer, at))
    lines = lines_of(adoption, register, {code: one.name for code, one in bodies.items()})
    told = {one.number for one in brought.measures}
    kept = tuple(one for one in (register.measures if register else ()) if one not in told)
    name = bodies[issuer].name
    return Looked(brought, name, row.reason, lines, digest_of(lines), kept, register is None)
