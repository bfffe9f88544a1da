"""The officers of the demonstration: who sits where, how quickly they work, and when they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tongban.demo.people import identified
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode

SINCE: Final = date(2020, 1, 1)
"""The first day of every post."""

HOW_MANY: Final = 64
"""One who handles and one who leads at each office, and second handlers as far as this goes."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as every office has it, and how those who hold it sign in."""

    sign_in: str
    title: str
    roles: tuple[Role, ...]


HANDLER: Final = Post("jingban", "经办人", (Role.HANDLER, Role.WINDOW))
SECOND: Final = Post("tongshi", "经办人（二）", (Role.HANDLER,))
LEADER: Final = Post("fuze", "负责人", (Role.LEADER,))
RECEIVER: Final = Post("chuangkou1", "窗口受理", (Role.WINDOW,))
SUPERVISOR: Final = Post("jiandu", "监督员", (Role.SUPERVISOR,))
GOVERNING: Final = Post("zhengfu1", "政府负责人", (Role.LEADER,))
ADMINS: Final = tuple(Post(f"guanli{nth}", "系统管理员", (Role.ADMIN,)) for nth in (1, 2))
"""Two, for much takes a second person."""


@dataclass(frozen=True, slots=True)
class Staff:
    """One officer. `pace`: minutes an act; `diligence`: the share of a promise they use."""

    sign_in: str
    name: str
    post: Post
    body: BodyCode
    region: RegionCode
    pace: int
    diligence: float

    @property
    def id(self) -> OfficerId:
        """The same at every start."""
        return OfficerId(identified(f"{self.body}/{self.post.sign_in}"))

    @property
    def viewer(self) -> Viewer:
        """Signed in and on duty."""
        officer = Officer(self.id, self.body, self.region, frozenset(self.post.roles), self.name)
        return Viewer(identified(self.sign_in), officer=officer, shown_as=self.name)


def staff_of(offices: Sequence[tuple[BodyCode, RegionCode]], seed: int) -> tuple[Staff, ...]:
    """Everyone at these offices, which are told in a settled order; the same for the same seed."""
    seconds = max(HOW_MANY - 2 * len(offices), 0)
    found = []
    for place, (body, region) in enumerate(offices):
        posts = (HANDLER, LEADER, *((SECOND,) if place < seconds else ()))
        for post in posts:
            chance = Random(f"{seed}/{body}/{post.sign_in}")
            pace, diligence = chance.choice(_WAYS)
            name = chance.choice(_FAMILY) + chance.choice(_GIVEN)
            found.append(Staff(f"{post.sign_in}{place + 1}", name, post, body, region, pace, diligence))
    return tuple(found)


def absences(one: Staff, seed: int, begun: date, today: date) -> tuple[tuple[date, date], ...]:
    """When somebody is away: from a day until the day before another."""
    chance = Random(f"{seed}/{one.sign_in}/away")
    days = (today - begun).days
    leaves = []
    for _ in range(chance.choice((0, 1, 2))):
        since = begun + timedelta(days=chance.randrange(max(days - 20, 1)))
        leaves.append((since, since + timedelta(days=chance.choice((2, 5, 7, 14, 21)))))
    if one.post is HANDLER and chance.random() < _AWAY_NOW:
        leaves.append((today - timedelta(days=3), today + timedelta(days=4)))
    return tuple(leaves)


_AWAY_NOW: Final = 0.12
_WAYS: Final = ((8, 0.3), (12, 0.45), (15, 0.6), (20, 0.6), (30, 0.8))
"""Minutes an act, and the share of the promise: from the quickest to the slowest."""

_FAMILY: Final = tuple("李陈赵周唐谢曾邓冯蒋罗宋")
_GIVEN: Final = ("明", "静", "敏", "正", "国强", "晓梅", "立新", "永红", "佳", "建华", "倩", "向东")
