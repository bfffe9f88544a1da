"""Which changes take a second person, and whose reach a change must lie in."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from tongban.administration.rules.seeing import evolve, officer_of
from tongban.administration.rules.shape import GOVERNMENT, Seat, Shape
from tongban.administration.rules.steps import (
    AdmitOfficer,
    Appoint,
    CloseBody,
    DirectoryStep,
    HaveBody,
    HavePerson,
    HavePost,
    HaveRegion,
    Relieve,
    Restore,
    Suspend,
)
from tongban.kernel.access import Role, covers
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.refusal import Refusal

POWERFUL: Final = frozenset({Role.LEADER, Role.SUPERVISOR, Role.ADMIN})
"""Roles that answer for others, or arrange things."""


def refuse_unknown(step: DirectoryStep, shape: Shape) -> None:
    """A step is about what is there, or what a step before it makes."""
    known = True
    match step:
        case HaveRegion():
            _refuse_no_code(step.code)
            known = not step.parent or step.parent in shape.regions
        case HaveBody():
            known = step.region in shape.regions
        case CloseBody():
            known = step.code in shape.bodies
        case HavePost():
            known = step.body in shape.bodies
        case Appoint() | Relieve():
            seat = Seat(BodyCode(step.body), step.title)
            known = seat in shape.posts and officer_of(step.officer) in shape.people
        case Suspend() | Restore() | AdmitOfficer():
            known = officer_of(step.officer) in shape.people
        case HavePerson():
            pass
    if not known:
        raise Refusal(
            "administration.unknown",
            says="没有这个区划、单位、职务或者人员。",
            do="请回到机构和人员，重新选择。",
            status=404,
        )


def _refuse_no_code(code: str) -> None:
    # A region holds itself, and what is no code of a region holds nothing.
    if not covers(RegionCode(code), RegionCode(code)):
        raise Refusal(
            "administration.region.code",
            says=f"“{code[:20]}”不是区划代码。",
            do="省、市、县用6位，乡镇街道用9位或12位，村社区用12位，网格用15位数字。",
            status=422,
        )


def dangers_of(steps: Iterable[DirectoryStep], shape: Shape, on: date) -> list[str]:
    """Why these steps take a second person, each reason once; nothing where one person may do them."""
    found: dict[str, None] = {}
    for step in steps:
        if why := danger_of(step, shape, on):
            found[why] = None
        evolve(shape, step)
    return list(found)


def danger_of(step: DirectoryStep, shape: Shape, on: date) -> str:
    """Why one step takes a second person; empty where it does not."""
    match step:
        case CloseBody():
            return "撤销单位"
        case HaveBody():
            known = shape.bodies.get(BodyCode(step.code))
            if known and step.kind == GOVERNMENT != known.kind:
                return "单位改为人民政府"
            return "单位改换区划" if known and known.region != step.region else ""
        case HavePost():
            known_roles = shape.posts.get(Seat(BodyCode(step.body), step.title))
            wider = known_roles is not None and not known_roles.issuperset(step.roles)
            return "职务增加权限" if wider else ""
        case Appoint() | Relieve():
            roles = shape.posts.get(Seat(BodyCode(step.body), step.title), frozenset())
            return "任免负责人、监督或管理员" if roles & POWERFUL else ""
        case Suspend() | Restore():
            powerful = shape.roles_of(officer_of(step.officer), on) & POWERFUL
            return "负责人、监督或管理员停职、复职" if powerful else ""
        case AdmitOfficer():
            powerful = shape.roles_of(officer_of(step.officer), on) & POWERFUL
            return "给负责人、监督或管理员发密码" if powerful else ""
        case HaveRegion() | HavePerson():
            return ""


def touched(step: DirectoryStep, shape: Shape, on: date) -> set[RegionCode]:
    """The regions that a step reaches into: whoever asks for it must administer every one."""
    match step:
        case HaveRegion():
            return {RegionCode(step.code)}
        case HaveBody():
            known = shape.bodies.get(BodyCode(step.code))
            return {RegionCode(step.region), *([known.region] if known else [])}
        case CloseBody():
            return {shape.bodies[BodyCode(step.code)].region}
        case HavePost():
            return {shape.bodies[BodyCode(step.body)].region}
        case Appoint() | Relieve():
            # Whoever serves elsewhere cannot be taken from there.
            there = shape.bodies[BodyCode(step.body)].region
            return {there, *shape.regions_of(officer_of(step.officer), on)}
        case HavePerson() | Suspend() | Restore() | AdmitOfficer():
            return shape.regions_of(officer_of(step.officer), on)
