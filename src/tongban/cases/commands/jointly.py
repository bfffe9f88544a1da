"""More time for licences that several bodies handle together: asked of a government, then given."""

from datetime import datetime
from typing import Any

from tongban.cases.commands.asking import ask
from tongban.cases.commands.change import Change, changing
from tongban.cases.models.together import Together, together
from tongban.cases.rules import jointly
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.approvals import NeedsApproval
from tongban.cases.rules.law import Law, law_of
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.kernel.access import Deed, Officer, Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import ApprovalId, BodyCode, ItemCode, Version
from tongban.kernel.sql import run


def extend_jointly(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> ApprovalId:
    """Ask the people's government over all of the bodies, with the reason that the applicant will be told.

    Refused where the time of the whole is not what binds this case, where another of its licences has asked
    already, and where nobody leads that government.
    """
    with changing(number, at=at, seen=seen) as change:
        acting = change.acting(by, Deed.HANDLE)
        found = _alone(change)
        jointly.may_extend(change.state, acting, found.period)
        if found.asked:
            raise jointly.asked_already()
        government, _name = _government(found, acting)
        return ask(change, NeedsApproval.EXTEND_JOINTLY, by=acting.by, reason=None, text=text, of=government)


def lengthen(change: Change, asked: dict[str, Any], acting: Acting, approver: Officer, reason: str) -> None:
    """The time of the whole is longer, as the government agreed; refused where it is already."""
    found = _alone(change)
    name = directory.body(BodyCode(asked["body"])).name
    digest = change.seal("notice", reason)
    change.record(
        jointly.extend(change.state, acting, found.period, text=digest, approver=approver.id, government=name)
    )


def _alone(change: Change) -> Together:
    """The time of the whole with nobody else at it until commit: two of its licences may ask at once."""
    joint = change.state.facts.joint
    if joint is None:
        return Together(None, asked=False)
    run("select 1 from cases_joint where number = $1::text for no key update", (joint,))
    return together(joint, _law_of)


def _law_of(item: ItemCode, version: int) -> Law:
    return law_of(catalogue.item_version(item, version), calendar_in_force())


def _government(found: Together, acting: Acting) -> tuple[BodyCode, str]:
    region = found.period.government if found.period else None
    if region is None:
        raise jointly.nobody_over()
    government = directory.government_of(region, acting.today)
    if government is None:
        raise jointly.nobody_there(region)
    return government
