"""What is asked of the government's shape."""

import threading
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from tongban.directory.models import Absence, Body, Post, Region, Tenure
from tongban.directory.models import Officer as Registered
from tongban.directory.rules import (
    AbsenceKind,
    Away,
    BodyKind,
    Cover,
    Holding,
    Level,
    Standing,
    unknown_body,
)
from tongban.kernel.access import Officer, Role
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
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
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer at a body on one day, with the titles held and why away, if away."""

    id: OfficerId
    name: str
    titles: tuple[str, ...]
    away: AbsenceKind | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post at a body, with the roles that it gives."""

    id: UUID
    body: BodyCode
    title: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who holds or held office; `number` is empty where none was given."""

    id: OfficerId
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class TenureRow:
    """A post held from `since` until the day before `until`."""

    officer: OfficerId
    post: UUID
    since: date
    until: date | None


class _Snapshot:
    """All officers, kept in the process; whoever changed is read again by one statement."""

    def __init__(self) -> None:
        self._renewing = threading.Lock()
        self._standings: dict[OfficerId, Standing] = {}
        self._at: dict[BodyCode, set[OfficerId]] = {}
        self._bodies: tuple[tuple[date, int] | None, dict[BodyCode, str]] = (None, {})
        self._edition = -1
        self._renew_at = 0.0

    def of_body(self, body: BodyCode) -> list[Standing]:
        """Everyone who ever held a post there."""
        self._renew_in_time()
        return [self._standings[officer] for officer in list(self._at.get(body, ()))]

    def government_of(self, region: RegionCode, on: date) -> tuple[BodyCode, str] | None:
        self._renew_in_time()
        heads = (one.heads_government_of(region, on) for one in list(self._standings.values()))
        found = next((held for held in heads if held is not None), None)
        return (found.body, found.body_name) if found else None

    def bodies(self, on: date) -> dict[BodyCode, str]:
        """Every body at which somebody holds a post that day, by name."""
        self._renew_in_time()
        known = on, self._edition
        if self._bodies[0] != known:
            serving = [
                held for one in list(self._standings.values()) for held in one.holdings if held.runs(on)
            ]
            self._bodies = known, {held.body: held.body_name for held in serving}
        return self._bodies[1]

    def standing(self, officer: OfficerId) -> Standing | None:
        self._renew_in_time()
        if officer not in self._standings:
            self._renew(officer)
        return self._standings.get(officer)

    def _renew_in_time(self) -> None:
        if time.monotonic() >= self._renew_at:
            self._renew(None)

    def _renew(self, missing: OfficerId | None) -> None:
        # One at a time: two renewals that overtook each other would leave the older standing behind.
        with self._renewing:
            self._renew_at = time.monotonic() + RENEWED_EVERY
            changed = run(load("tongban.directory", "changed"), [self._edition, missing])
            for row in changed:
                standing = self._standings[OfficerId(row[0])] = _standing(row)
                for held in standing.holdings:
                    self._at.setdefault(held.body, set()).add(standing.id)
            self._edition = max([self._edition, *(row[2] for row in changed)])


_snapshot = _Snapshot()


def officer(officer_id: OfficerId, on: date) -> Officer | None:
    """The officer with the roles of that day; None for one who holds no post or is suspended.

    Costs no statement, but for one every two seconds in a process, whatever the number of officers, and one
    for an officer not met before. Not to be asked inside a transaction that changes the directory: should it
    roll back, its change would still be remembered.
    """
    standing = _snapshot.standing(officer_id)
    return standing.on(on) if standing else None


def colleagues(code: BodyCode, on: date) -> list[Officer]:
    """Who serves at the body that day, by name, the absent among them and the suspended not. No statement."""
    serving = (standing.on(on) for standing in _snapshot.of_body(code))
    return sorted(
        (one for one in serving if one and one.body == code), key=lambda one: (one.name, str(one.id))
    )


def served_bodies(on: date) -> dict[BodyCode, str]:
    """The bodies that officers serve that day, by code, in the order of their names. No statement."""
    return dict(sorted(_snapshot.bodies(on).items(), key=lambda one: (one[1], one[0])))


def government_of(region: RegionCode, on: date) -> tuple[BodyCode, str] | None:
    """The people's government of that very region, by code and name, where somebody leads it that day.

    None where no government is set up there, or nobody leads it. No statement.
    """
    return _snapshot.government_of(region, on)


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence that is not over: from `since` to `last`, both away; who stands in, if anybody does."""

    id: int
    officer: OfficerId
    name: str
    kind: AbsenceKind
    since: date
    last: date | None
    stand_in: OfficerId | None
    stand_in_name: str


def absences_at(code: BodyCode, on: date) -> list[AbsenceRow]:
    """Absences of who holds a post at the body, that day and to come, the earliest first. One statement."""
    serving = Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), post__body_id=code, since__lte=on
    ).values("officer_id")
    rows = (
        Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), officer_id__in=serving)
        .order_by("since", "officer__name", "id")
        .values_list(
            "id", "officer_id", "officer__name", "kind", "since", "until", "stand_in_id", "stand_in__name"
        )
    )
    return [
        AbsenceRow(
            id_,
            OfficerId(absent),
            name,
            AbsenceKind(kind),
            since,
            until and until - timedelta(days=1),
            OfficerId(stand_in) if stand_in else None,
            stand_in_name or "",
        )
        for id_, absent, name, kind, since, until, stand_in, stand_in_name in rows
    ]


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
        raise unknown_body()
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


def regions_of(role: Role, on: date) -> set[RegionCode]:
    """The regions of the bodies at which somebody holds a post with that role that day. One statement."""
    held = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    found = held.filter(post__roles__contains=[role]).values_list("post__body__region_id", flat=True)
    return {RegionCode(code) for code in found.distinct()}


def posts() -> list[PostRow]:
    """All posts by body and title. One statement."""
    rows = Post.objects.order_by("body_id", "title").values_list("id", "body_id", "title", "roles")
    return [
        PostRow(post, BodyCode(code), title, frozenset(map(Role, roles))) for post, code, title, roles in rows
    ]


def people() -> list[PersonRow]:
    """Everyone who holds or held office, by name. One statement."""
    rows = Registered.objects.order_by("name", "id").values_list("id", "name", "number")
    return [PersonRow(OfficerId(one), name, number or "") for one, name, number in rows]


def tenures() -> list[TenureRow]:
    """Who holds or held which post from when until when, the earliest first. One statement."""
    rows = Tenure.objects.order_by("since", "id").values_list("officer_id", "post_id", "since", "until")
    return [
        TenureRow(OfficerId(one), post, since, until) for one, post, since, until in rows if since != until
    ]


def suspensions(on: date) -> dict[OfficerId, date]:
    """Who is suspended on a day or later, and since when. One statement."""
    standing = Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), kind=AbsenceKind.SUSPENDED)
    rows = standing.order_by("-since").values_list("officer_id", "since")
    return {OfficerId(one): since for one, since in rows}


_BODY = ("code", "name", "region_id", "region__name", "kind", "closed_on")


def _body_row(*row: Any) -> BodyRow:
    code, name, region, region_name, kind, closed_on = row
    return BodyRow(BodyCode(code), name, RegionCode(region), region_name, BodyKind(kind), closed_on)


def _standing(row: tuple[Any, ...]) -> Standing:
    officer_id, name, _, holdings, absences, covers = row
    return Standing(
        id=OfficerId(officer_id),
        name=name,
        holdings=tuple(
            Holding(
                body=BodyCode(code),
                body_name=body_name,
                kind=BodyKind(kind),
                region=RegionCode(region),
                title=title,
                roles=frozenset(map(Role, roles)),
                since=date.fromisoformat(since),
                until=_day(until),
            )
            for code, body_name, kind, region, title, roles, since, until in holdings
        ),
        absences=tuple(
            Away(AbsenceKind(kind), date.fromisoformat(since), _day(until)) for kind, since, until in absences
        ),
        covers=tuple(
            Cover(OfficerId(UUID(absent)), date.fromisoformat(since), _day(until))
            for absent, since, until in covers
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
