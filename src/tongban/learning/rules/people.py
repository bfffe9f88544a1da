"""Who is at an office of the exercise: a learner, and a leader who is simulated. And who teaches them all."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from stdnum.cn import uscc

from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode

OFFICE: Final = "办事机关（练习）"
"""What every office is called, after its county."""

CITY: Final = RegionCode("510100")
"""The city that packs describe."""

_SERIES: Final = "MB9002"
_SPACE: Final = UUID("0d7f3c52-9c1b-4d51-8f0a-6a2b5f1f9b33")


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one learner, or with nought the room from which they are taught."""

    nth: int
    region: RegionCode
    name: str

    @property
    def body(self) -> BodyCode:
        """A code that checks and belongs to nobody."""
        base = f"11{self.region}{_SERIES}{self.nth:03d}"
        return BodyCode(base + uscc.calc_check_digit(base))

    @property
    def sign_in(self) -> str:
        return f"lianxi{self.nth}"

    @property
    def county(self) -> str:
        return self.name.removesuffix(OFFICE)


ROOM: Final = Office(0, CITY, "练习带教室（练习）")
"""From where a trainer sees all learners."""


def office_of(body: BodyCode, region: RegionCode, name: str) -> Office | None:
    """The learner's office that a body is; None for any other."""
    nth = body[14:17]
    is_one = body[8:14] == _SERIES and nth.isdigit() and int(nth) != ROOM.nth
    return Office(int(nth), region, name) if is_one else None


def learner_at(body: str, region: str) -> Viewer:
    """The learner of an office, as who acts in what happened before an exercise."""
    return _officer(body, region, "学员", Role.HANDLER, Role.WINDOW)


def leader_at(body: str, region: str) -> Viewer:
    """Their leader, who agrees to whatever the law allows."""
    return _officer(body, region, "模拟负责人", Role.LEADER)


def trainer() -> Viewer:
    """Who teaches: sees how all learners get on, and practises nothing."""
    return _officer(ROOM.body, ROOM.region, "带教人", Role.SUPERVISOR)


def _officer(body: str, region: str, name: str, *roles: Role) -> Viewer:
    id = uuid5(_SPACE, f"{body}/{name}")
    officer = Officer(OfficerId(id), BodyCode(body), RegionCode(region), frozenset(roles), name)
    return Viewer(AccountId(id), officer=officer, shown_as=name)
