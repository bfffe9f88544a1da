"""What is asked of the government's shape."""

import threading
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from tongban.directory.models import Absence, Body, Region, Tenure
from tongban.directory.rules import AbsenceKind, BodyKind, Holding, Level, Standing, Suspension
from tongban.kernel.access import Officer, Role
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

RENEWED_EVERY = 2.0
"""Seconds after which a change of posts, roles or suspensions holds in every running process."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region."""

    code: RegionCode
    name: str
    level: Level
    parent: RegionCode | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body and its region."""

    code: BodyCode
    name: str
    region: RegionCode
    region_name: str
    kind: BodyKind


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer at a body on one day, with the titles held and why away, if away."""

    id: OfficerId
    name: str
    titles: tuple[str, ...]
    away: AbsenceKind | None


class _Snapshot:
    """All officers, kept in the process; whoever changed is read again by one statement."""

    def __init__(self) -> None:
        self._renewing = threading.Lock()
        self._standings: dict[OfficerId, Standing] = {}
        self._edition = -1
        self._renew_at = 0.0

    def standing(self, officer: OfficerId) -> Standing | None:
        if time.monotonic() >= self._renew_at:
            self._renew(None)
        if officer not in self._standings:
            self._renew(officer)
        return self._standings.get(officer)

    def _renew(self, missing: OfficerId | None) -> None:
        # One at a time: two renewals that overtook each other would leave the older standing behind.
        with self._renewing:
            self._renew_at = time.monotonic() + RENEWED_EVERY
            changed = run(load("tongban.directory", "changed"), [self._edition, missing])
            self._standings.update({OfficerId(row[0]): _standing(*row) for row in changed})
            self._edition = max([self._edition, *(edition for _, _, edition, _, _ in changed)])


_snapshot = _Snapshot()


def officer(officer_id: OfficerId, on: date) -> Officer | None:
    """The officer with the roles of that day; None for one who holds no post or is suspended.

    Costs no statement, but for one every two seconds in a process, whatever the number of officers, and one
    for an officer not met before. Not to be asked inside a transaction that changes the directory: should it
    roll back, its change would still be remembered.
    """
    standing = _snapshot.standing(officer_id)
    return standing.on(on) if standing else None


def name_of(officer_id: OfficerId) -> str | None:
    """The name of whoever holds or ever held a post, away or not; costs what `officer` costs."""
    standing = _snapshot.standing(officer_id)
    return standing.name if standing else None


def forget() -> None:
    """Read the directory anew at the next question."""
    global _snapshot
    _snapshot = _Snapshot()


def body(code: BodyCode) -> BodyRow:
    """The body of a code; refused if there is none. One statement."""
    found = Body.objects.filter(code=code).values_list(*_BODY).first()
    if found is None:
        raise Refusal(
            "directory.body.unknown", says="没有这个单位。", do="请核对统一社会信用代码。", status=404
        )
    return _body_row(*found)


def bodies() -> list[BodyRow]:
    """All bodies by region and code. One statement."""
    return [_body_row(*row) for row in Body.objects.order_by("region_id", "code").values_list(*_BODY)]


def regions() -> list[RegionRow]:
    """All regions by code. One statement."""
    rows = Region.objects.order_by("code").values_list("code", "name", "level", "parent_id")
    return [
        RegionRow(RegionCode(code), name, Level(level), RegionCode(parent) if parent else None)
        for code, name, level, parent in rows
    ]


def officers_at(code: BodyCode, on: date) -> list[OfficerRow]:
    """Who holds a post at the body that day, by name, the absent among them. Two statements."""
    that_day = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    held = Tenure.objects.filter(that_day, post__body_id=code).order_by(
        "officer__name", "officer_id", "post__title"
    )
    found: dict[OfficerId, tuple[str, list[str]]] = {}
    for officer_id, name, title in held.values_list("officer_id", "officer__name", "post__title"):
        found.setdefault(OfficerId(officer_id), (name, []))[1].append(title)
    absences = Absence.objects.filter(that_day, officer_id__in=list(found))
    away: dict[OfficerId, AbsenceKind] = {}
    for officer_id, kind in absences.values_list("officer_id", "kind"):
        if kind == AbsenceKind.SUSPENDED or officer_id not in away:
            away[OfficerId(officer_id)] = AbsenceKind(kind)
    return [OfficerRow(one, name, tuple(titles), away.get(one)) for one, (name, titles) in found.items()]


_BODY = ("code", "name", "region_id", "region__name", "kind")


def _body_row(code: str, name: str, region: str, region_name: str, kind: str) -> BodyRow:
    return BodyRow(BodyCode(code), name, RegionCode(region), region_name, BodyKind(kind))


def _standing(
    officer_id: Any, name: str, edition: int, holdings: list[Any], suspensions: list[Any]
) -> Standing:
    return Standing(
        id=OfficerId(officer_id),
        name=name,
        holdings=tuple(
            Holding(
                body=BodyCode(code),
                region=RegionCode(region),
                roles=frozenset(map(Role, roles)),
                since=date.fromisoformat(since),
                until=_day(until),
            )
            for code, region, roles, since, until in holdings
        ),
        suspensions=tuple(Suspension(date.fromisoformat(since), _day(until)) for since, until in suspensions),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
