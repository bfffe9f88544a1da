"""The government's shape as plain values: regions, bodies, posts, people and who holds what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from tongban.kernel.access import Role
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode

GOVERNMENT: Final = "government"

KINDS: Final = {"organ": "机关", GOVERNMENT: "人民政府", "institution": "事业单位", "other": "其他"}
"""What a body is, in words."""

ROLES: Final = {
    Role.WINDOW: "窗口",
    Role.HANDLER: "经办",
    Role.LEADER: "负责人",
    Role.SUPERVISOR: "监督",
    Role.ADMIN: "系统管理",
}
"""What a post is for, in words."""


class RegionAt(NamedTuple):
    """A region; `parent` is empty for the uppermost."""

    code: RegionCode
    name: str
    parent: str


class BodyAt(NamedTuple):
    """A body; from `closed_on` on it is no more."""

    code: BodyCode
    name: str
    region: RegionCode
    kind: str
    closed_on: date | None = None


class Seat(NamedTuple):
    """A post by its body and title."""

    body: BodyCode
    title: str


class PersonAt(NamedTuple):
    """Somebody who holds or held office; `number` is empty where none was given."""

    officer: OfficerId
    name: str
    number: str


class HeldAt(NamedTuple):
    """A post held from `since` until the day before `until`."""

    seat: Seat
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Whether it is held that day, or will be."""
        return self.until is None or day < self.until


@dataclass(slots=True)
class Shape:
    """Everything at once. A change is tried on a copy before anything is stored."""

    regions: dict[RegionCode, RegionAt] = field(default_factory=dict)
    bodies: dict[BodyCode, BodyAt] = field(default_factory=dict)
    posts: dict[Seat, frozenset[Role]] = field(default_factory=dict)
    people: dict[OfficerId, PersonAt] = field(default_factory=dict)
    held: dict[OfficerId, tuple[HeldAt, ...]] = field(default_factory=dict)
    suspended: dict[OfficerId, date] = field(default_factory=dict)

    def copy(self) -> "Shape":
        """Another one, to be changed."""
        return Shape(
            dict(self.regions),
            dict(self.bodies),
            dict(self.posts),
            dict(self.people),
            dict(self.held),
            dict(self.suspended),
        )

    def roles_of(self, officer: OfficerId, on: date) -> frozenset[Role]:
        """The roles of every post that somebody holds on a day or is to hold later."""
        seats = [one.seat for one in self.held.get(officer, ()) if one.on(on)]
        return frozenset(role for seat in seats for role in self.posts.get(seat, ()))

    def regions_of(self, officer: OfficerId, on: date) -> set[RegionCode]:
        """Where somebody serves; who serves nowhere any more, where they served last."""
        held = self.held.get(officer, ())
        serving = [one for one in held if one.on(on)] or sorted(held, key=lambda one: one.since)[-1:]
        return {self.bodies[one.seat.body].region for one in serving}

    def holders(self) -> dict[Seat, list[tuple[OfficerId, HeldAt]]]:
        """Who holds or held each post."""
        found: defaultdict[Seat, list[tuple[OfficerId, HeldAt]]] = defaultdict(list)
        for officer, held in self.held.items():
            for one in held:
                found[one.seat].append((officer, one))
        return found

    def person(self, officer: OfficerId) -> str:
        """A person by name and number."""
        known = self.people[officer]
        return f"{known.name}（{known.number}）" if known.number else known.name

    def body(self, code: BodyCode) -> str:
        """A body by its name."""
        return self.bodies[code].name

    def other_government(self, region: str, body: str) -> str:
        """The name of another people's government that this region has already; empty where it has none."""
        there = (one for one in self.bodies.values() if one.region == region and one.code != body)
        return next((one.name for one in there if one.kind == GOVERNMENT and one.closed_on is None), "")

    def region(self, code: str) -> str:
        """A region by its name, where it is known."""
        known = self.regions.get(RegionCode(code))
        return known.name if known else code


def roles_in_words(roles: Iterable[Role]) -> str:
    """Roles as people call them, in a settled order."""
    held = set(roles)
    return "、".join(words for role, words in ROLES.items() if role in held)


def day_in_words(day: date | None) -> str:
    """2026-03-01; nothing for no day."""
    return day.isoformat() if day else ""


def officer_numbered(number: str) -> OfficerId:
    """Who gets a number that nobody had: the same however often it is asked."""
    return OfficerId(uuid5(NAMESPACE_OID, f"tongban officer {number}"))
