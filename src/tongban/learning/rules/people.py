"""Who is at an office of the exercise: a learner, and a leader who is simulated."""

from typing import Final
from uuid import UUID, uuid5

from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode

_SPACE: Final = UUID("0d7f3c52-9c1b-4d51-8f0a-6a2b5f1f9b33")


def learner_at(body: str, region: str) -> Viewer:
    """The learner of an office, as who acts in what happened before an exercise."""
    return _officer(body, region, "学员", Role.HANDLER, Role.WINDOW)


def leader_at(body: str, region: str) -> Viewer:
    """Their leader, who agrees to whatever the law allows."""
    return _officer(body, region, "模拟负责人", Role.LEADER)


def _officer(body: str, region: str, name: str, *roles: Role) -> Viewer:
    id = uuid5(_SPACE, f"{body}/{name}")
    officer = Officer(OfficerId(id), BodyCode(body), RegionCode(region), frozenset(roles), name)
    return Viewer(AccountId(id), officer=officer, shown_as=name)
