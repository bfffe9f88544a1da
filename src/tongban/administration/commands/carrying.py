"""Carrying out steps by the verbs of the contexts that own them, in the transaction of who asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import singledispatch
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from tongban.administration.commands.keys import begin_rewrapping, retire_master
from tongban.administration.commands.packs import publish_all
from tongban.administration.rules.seeing import officer_of
from tongban.administration.rules.steps import (
    AdmitOfficer,
    Appoint,
    CloseBody,
    HaveBody,
    HavePerson,
    HavePost,
    HaveRegion,
    PublishPacks,
    PublishYear,
    Relieve,
    RenewSeal,
    Restore,
    RetireMaster,
    RewrapKeys,
    Step,
    Suspend,
)
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.changes import Line
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers


@dataclass(frozen=True, slots=True, repr=False)
class FirstPassword:
    """What an officer signs in by for the first time; shown once, to whoever had it made."""

    name: str
    number: str
    password: str


@dataclass(slots=True)
class Carrying:
    """What is known while steps are carried out, and what came of them."""

    at: datetime
    passwords: list[FirstPassword] = field(default_factory=list)
    effects: list[Line] = field(default_factory=list)
    posts: dict[tuple[str, str], UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_day(self.at)

    def post(self, body: str, title: str) -> UUID:
        """The post of a title at a body; refused if there is none."""
        if not self.posts:
            self.posts.update({(one.body, one.title): one.id for one in directory.posts()})
        if (body, title) not in self.posts:
            says = "没有这个职务。"
            raise Refusal("administration.post.unknown", says=says, do="请核对单位和职务名称。")
        return self.posts[body, title]


def carry_out(steps: Iterable[Step], *, at: datetime) -> Carrying:
    """Do every step, all or none; refused as the first of them is.

    People and posts given stand together: a spreadsheet has thousands, and each alone takes a dozen
    statements. Who leaves a post does so before another is given.
    """
    carrying = Carrying(at)
    asked = sorted(steps, key=lambda step: _ORDER.get(type(step), 0))
    for kind, group in groupby(asked, type):
        if kind in _TOGETHER:
            _TOGETHER[kind](list(group), carrying)
        else:
            for step in group:
                _do(step, carrying)
    return carrying


@singledispatch
def _do(step: Step, carrying: Carrying) -> None:
    raise TypeError(f"not a step: {step!r} at {carrying.at}")


@_do.register
def _(step: HaveRegion, carrying: Carrying) -> None:
    parent = RegionCode(step.parent) if step.parent else None
    directory.ensure_region(code=RegionCode(step.code), name=step.name, parent=parent)


@_do.register
def _(step: HaveBody, carrying: Carrying) -> None:
    directory.ensure_body(
        code=BodyCode(step.code),
        name=step.name,
        region=RegionCode(step.region),
        kind=directory.BodyKind(step.kind),
    )


@_do.register
def _(step: CloseBody, carrying: Carrying) -> None:
    directory.close_body(BodyCode(step.code), on=step.on)


@_do.register
def _(step: HavePost, carrying: Carrying) -> None:
    post = directory.ensure_post(body=BodyCode(step.body), title=step.title, roles=step.roles)
    if carrying.posts:
        carrying.posts[step.body, step.title] = post


@_do.register
def _(step: Relieve, carrying: Carrying) -> None:
    directory.relieve(officer_of(step.officer), carrying.post(step.body, step.title), on=step.on)


@_do.register
def _(step: Suspend, carrying: Carrying) -> None:
    suspended = directory.AbsenceKind.SUSPENDED
    directory.record_absence(officer_of(step.officer), kind=suspended, since=step.since)


@_do.register
def _(step: Restore, carrying: Carrying) -> None:
    officer, suspended = officer_of(step.officer), directory.AbsenceKind.SUSPENDED
    since = directory.suspensions(carrying.today).get(officer)
    if since is None:
        raise Refusal(
            "administration.restore.not-suspended",
            says="这位工作人员没有停职。",
            do="请核对人员。",
        )
    # A suspension holds one day at least: it is never as if it had not been.
    until = max(step.on, since + timedelta(days=1))
    directory.record_absence(officer, kind=suspended, since=since, until=until)


@_do.register
def _(step: AdmitOfficer, carrying: Carrying) -> None:
    officer = officer_of(step.officer)
    person = next((one for one in directory.people() if one.id == officer), None)
    if person is None or not person.number:
        raise Refusal(
            "administration.admit.no-number",
            says="这位工作人员还没有工号。",
            do="请先登记工号：登录时用它。",
        )
    password = identity.admit_officer(officer, person.number)
    carrying.passwords.append(FirstPassword(person.name, person.number, password))


@_do.register
def _(step: PublishYear, carrying: Carrying) -> None:
    catalogue.publish_year(step.year, step.text, at=carrying.at)


@_do.register
def _(step: PublishPacks, carrying: Carrying) -> None:
    publish_all(at=carrying.at)


@_do.register
def _(step: RewrapKeys, carrying: Carrying) -> None:
    begin_rewrapping(step.master, at=carrying.at)


@_do.register
def _(step: RetireMaster, carrying: Carrying) -> None:
    retire_master(step.master, at=carrying.at)


@_do.register
def _(step: RenewSeal, carrying: Carrying) -> None:
    papers.renew_seal(BodyCode(step.body), carrying.at)


def _have_people(steps: Sequence[HavePerson], carrying: Carrying) -> None:
    directory.ensure_officers({officer_of(one.officer): (one.name, one.number) for one in steps})


def _appoint(steps: Sequence[Appoint], carrying: Carrying) -> None:
    directory.appoint_all(
        [
            directory.Given(officer_of(one.officer), carrying.post(one.body, one.title), one.since, one.until)
            for one in steps
        ]
    )


_ORDER: Final[dict[type[Any], int]] = {HavePerson: 1, Relieve: 2, Appoint: 3, AdmitOfficer: 4, CloseBody: 5}
"""What comes behind what stands first: regions, bodies and posts in the order they were asked for."""

_TOGETHER: Final[dict[type[Any], Callable[[Any, Carrying], None]]] = {
    HavePerson: _have_people,
    Appoint: _appoint,
}
