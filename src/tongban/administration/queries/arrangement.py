"""How the city is arranged, as its pages show it: regions with their bodies, a body, a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongban.administration.rules.shape import KINDS, roles_in_words
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the tree, with how many hold a post there."""

    row: directory.BodyRow
    kind: str
    people: int


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region in the tree: how deep it lies below the uppermost shown, and its bodies."""

    row: directory.RegionRow
    depth: int
    bodies: list[BodyLine]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post, with number, and why away; `until` is the day it ends, where it does."""

    officer: OfficerId
    name: str
    number: str
    since: date
    until: date | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post at a body with its roles in words and who holds it."""

    row: directory.PostRow
    roles: str
    holders: list[Holder]

    @property
    def key(self) -> str:
        """The post in an address."""
        return str(self.row.id)


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body with its posts."""

    row: directory.BodyRow
    kind: str
    posts: list[PostLine]
    held: bool


@dataclass(frozen=True, slots=True)
class TenureLine:
    """A post that somebody holds or held; `over`: no more."""

    post: directory.PostRow
    body_name: str
    roles: str
    since: date
    until: date | None
    over: bool
    officer: OfficerId

    @property
    def key(self) -> str:
        """Whose post it is, in an address."""
        return f"{self.officer}.{self.post.id}"


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody in office: what is and was held, since when suspended, whether they can sign in.

    `body`: where further posts may be given; None for who serves nowhere.
    """

    row: directory.PersonRow
    tenures: list[TenureLine]
    suspended: date | None
    signs_in: bool
    body: BodyCode | None


def tree(viewer: Viewer, on: date) -> list[RegionLine]:
    """The regions that a viewer administers, each with its bodies. Four statements, however many."""
    within = [one for one in directory.regions() if _may(viewer, one.code)]
    outermost = min((one.level for one in within), default=0)
    seats = {one.id: one.body for one in directory.posts()}
    serving: dict[BodyCode, set[OfficerId]] = {}
    for one in directory.tenures():
        if one.until is None or one.until > on:
            serving.setdefault(seats[one.post], set()).add(one.officer)
    bodies: dict[RegionCode, list[BodyLine]] = {}
    for body in directory.bodies():
        line = BodyLine(body, KINDS[str(body.kind)], len(serving.get(body.code, ())))
        bodies.setdefault(body.region, []).append(line)
    return [RegionLine(one, one.level - outermost, bodies.get(one.code, [])) for one in within]


def body_of(viewer: Viewer, code: BodyCode, on: date) -> BodyView:
    """A body with its posts and who holds them. Five statements."""
    row = directory.body(code)
    allow(viewer, Deed.ADMINISTER, Thing(region=row.region))
    people = {one.id: one for one in directory.people()}
    suspended = directory.suspensions(on)
    holders: dict[UUID, list[Holder]] = {}
    for one in directory.tenures():
        if one.until is None or one.until > on:
            person = people[one.officer]
            away = suspended.get(one.officer)
            holder = Holder(
                one.officer, person.name, person.number, one.since, one.until, away is not None and away <= on
            )
            holders.setdefault(one.post, []).append(holder)
    posts = [
        PostLine(one, roles_in_words(one.roles), holders.get(one.id, []))
        for one in directory.posts()
        if one.body == code
    ]
    return BodyView(row, KINDS[str(row.kind)], posts, any(one.holders for one in posts))


def person_of(viewer: Viewer, officer: OfficerId, on: date) -> PersonView:
    """Somebody in office; refused outside the viewer's reach. Six statements."""
    row = next((one for one in directory.people() if one.id == officer), None)
    if row is None:
        raise Refusal(
            "administration.unknown",
            says="没有这位工作人员。",
            do="请回到机构和人员，重新选择。",
            status=404,
        )
    bodies = {one.code: one for one in directory.bodies()}
    posts = {one.id: one for one in directory.posts()}
    mine = [one for one in directory.tenures() if one.officer == officer]
    tenures = [_line(one, posts[one.post], bodies, on) for one in reversed(mine)]
    standing = [one for one in tenures if not one.over] or tenures[:1]
    regions: set[RegionCode | None] = {bodies[one.post.body].region for one in standing}
    for region in regions or {_own(viewer)}:
        allow(viewer, Deed.ADMINISTER, Thing(region=region))
    return PersonView(
        row,
        tenures,
        directory.suspensions(on).get(officer),
        identity.officer_signs_in(officer),
        next((one.post.body for one in tenures if not one.over), None),
    )


def officer_with(number: str) -> OfficerId | None:
    """Whoever has this staff number. One statement."""
    return next((one.id for one in directory.people() if one.number == number), None)


def _line(
    tenure: directory.TenureRow,
    post: directory.PostRow,
    bodies: dict[BodyCode, directory.BodyRow],
    on: date,
) -> TenureLine:
    over = tenure.until is not None and tenure.until <= on
    return TenureLine(
        post,
        bodies[post.body].name,
        roles_in_words(post.roles),
        tenure.since,
        tenure.until,
        over,
        tenure.officer,
    )


def _own(viewer: Viewer) -> RegionCode | None:
    return viewer.officer.region if viewer.officer else None


def _may(viewer: Viewer, region: RegionCode) -> bool:
    return allowed(viewer, Deed.ADMINISTER, Thing(region=region))
