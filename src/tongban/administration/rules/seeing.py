"""What a step would change, said beforehand line by line; and the shape after it."""

from collections.abc import Iterable
from datetime import date
from functools import singledispatch
from typing import assert_never
from uuid import UUID

from tongban.administration.rules.shape import (
    KINDS,
    BodyAt,
    HeldAt,
    PersonAt,
    RegionAt,
    Seat,
    Shape,
    day_in_words,
    roles_in_words,
)
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
from tongban.kernel.changes import Line
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode


def officer_of(text: str) -> OfficerId:
    """The officer that a step names."""
    return OfficerId(UUID(text))


def seen_beforehand(steps: Iterable[DirectoryStep], shape: Shape) -> list[Line]:
    """What all steps would change, one after the other; `shape` then stands as after them."""
    lines = []
    for step in steps:
        lines += lines_of(step, shape)
        evolve(shape, step)
    return lines


@singledispatch
def lines_of(step: DirectoryStep, shape: Shape) -> list[Line]:
    """What one step would change; nothing where it stands so already."""
    raise TypeError(f"not a step of the directory: {step!r} on {shape!r}")


@lines_of.register
def _(step: HaveRegion, shape: Shape) -> list[Line]:
    what, known = f"区划 {step.name}（{step.code}）", shape.regions.get(RegionCode(step.code))
    if known is None:
        return [Line("新增", what, "", f"上级 {shape.region(step.parent)}" if step.parent else "")]
    return [
        *_changed("改名", what, known.name, step.name),
        *_changed("改上级", what, shape.region(known.parent), shape.region(step.parent)),
    ]


@lines_of.register
def _(step: HaveBody, shape: Shape) -> list[Line]:
    what, known = f"单位 {step.name}（{step.code}）", shape.bodies.get(BodyCode(step.code))
    if known is None:
        return [Line("新增", what, "", f"{shape.region(step.region)}，{KINDS[step.kind]}")]
    return [
        *_changed("改名", what, known.name, step.name),
        *_changed("改区划", what, shape.region(known.region), shape.region(step.region)),
        *_changed("改性质", what, KINDS[known.kind], KINDS[step.kind]),
    ]


@lines_of.register
def _(step: CloseBody, shape: Shape) -> list[Line]:
    known = shape.bodies[BodyCode(step.code)]
    what = f"单位 {known.name}（{step.code}）"
    return _changed("撤销", what, day_in_words(known.closed_on), day_in_words(step.on))


@lines_of.register
def _(step: HavePost, shape: Shape) -> list[Line]:
    seat = Seat(BodyCode(step.body), step.title)
    what, known = f"职务 {shape.body(seat.body)} {step.title}", shape.posts.get(seat)
    if known is None:
        return [Line("新增", what, "", roles_in_words(step.roles))]
    return _changed("改权限", what, roles_in_words(known), roles_in_words(step.roles))


@lines_of.register
def _(step: HavePerson, shape: Shape) -> list[Line]:
    what, known = f"人员 {step.name}（{step.number}）", shape.people.get(officer_of(step.officer))
    if known is None:
        return [Line("新增", what)]
    return [
        *_changed("改姓名", what, known.name, step.name),
        *_changed("改工号", what, known.number, step.number),
    ]


@lines_of.register
def _(step: Appoint, shape: Shape) -> list[Line]:
    seat, officer = Seat(BodyCode(step.body), step.title), officer_of(step.officer)
    held = HeldAt(seat, step.since, step.until)
    if held in shape.held.get(officer, ()):
        return []
    roles = roles_in_words(shape.posts.get(seat, ()))
    after = f"{shape.body(seat.body)} {seat.title}（{roles}），{step.since} 起"
    return [Line("任职", shape.person(officer), "", after + (f"，{step.until} 止" if step.until else ""))]


@lines_of.register
def _(step: Relieve, shape: Shape) -> list[Line]:
    seat = Seat(BodyCode(step.body), step.title)
    before, person = f"{shape.body(seat.body)} {seat.title}", shape.person(officer_of(step.officer))
    return [Line("免职", person, before, f"{step.on} 起不再担任")]


@lines_of.register
def _(step: Suspend, shape: Shape) -> list[Line]:
    officer = officer_of(step.officer)
    return [Line("停职", shape.person(officer), "", f"{step.since} 起，不能登录办事")]


@lines_of.register
def _(step: Restore, shape: Shape) -> list[Line]:
    officer = officer_of(step.officer)
    before = f"{day_in_words(shape.suspended.get(officer))} 起停职"
    return [Line("恢复职务", shape.person(officer), before, f"{step.on} 起恢复")]


@lines_of.register
def _(step: AdmitOfficer, shape: Shape) -> list[Line]:
    officer = officer_of(step.officer)
    return [Line("登录", shape.person(officer), "", "用工号和一个新的初始密码登录；以前的密码作废")]


def evolve(shape: Shape, step: DirectoryStep) -> None:
    """The shape after a step, as the directory will hold it."""
    match step:
        case HaveRegion():
            code = RegionCode(step.code)
            shape.regions[code] = RegionAt(code, step.name, step.parent)
        case HaveBody():
            known = shape.bodies.get(BodyCode(step.code))
            closed = known.closed_on if known else None
            told = BodyAt(BodyCode(step.code), step.name, RegionCode(step.region), step.kind, closed)
            shape.bodies[told.code] = told
        case CloseBody():
            shape.bodies[BodyCode(step.code)] = shape.bodies[BodyCode(step.code)]._replace(closed_on=step.on)
        case HavePost():
            shape.posts[Seat(BodyCode(step.body), step.title)] = frozenset(step.roles)
        case HavePerson():
            officer = officer_of(step.officer)
            shape.people[officer] = PersonAt(officer, step.name, step.number)
        case Appoint() | Relieve():
            _evolve_held(shape, step)
        case Suspend():
            shape.suspended[officer_of(step.officer)] = step.since
        case Restore():
            shape.suspended.pop(officer_of(step.officer), None)
        case AdmitOfficer():
            pass
        case _:
            assert_never(step)


def _evolve_held(shape: Shape, step: Appoint | Relieve) -> None:
    officer, seat = officer_of(step.officer), Seat(BodyCode(step.body), step.title)
    held = shape.held.get(officer, ())
    if isinstance(step, Appoint):
        shape.held[officer] = (*held, HeldAt(seat, step.since, step.until))
        return
    ended = (_ended(one, step.on) if one.seat == seat and one.until is None else one for one in held)
    shape.held[officer] = tuple(one for one in ended if one.until != one.since)


def _ended(held: HeldAt, on: date) -> HeldAt:
    return held._replace(until=on)


def _changed(change: str, what: str, before: str, after: str) -> list[Line]:
    return [] if before == after else [Line(change, what, before, after)]
