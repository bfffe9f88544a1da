"""What is right about regions and about the holding of posts, decided from values alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

from tongban.kernel.access import Officer, Role, covers
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal

NUMBER: Final = "^[A-Za-z0-9-]{2,20}$"
"""A staff number, as the city gives it."""


class Level(IntEnum):
    """The six levels below the country: 省 市 县 乡镇街道 村社区 组/网格."""

    COUNTRY = 0
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5
    GROUP = 6


class BodyKind(StrEnum):
    """What a body is, as the institution authority registers it."""

    ORGAN = "organ"  # 机关
    GOVERNMENT = "government"  # 人民政府: an organ too, and of its region the only one
    INSTITUTION = "institution"  # 事业单位
    OTHER = "other"


class AbsenceKind(StrEnum):
    """Why an officer is away. Only a suspension takes powers away; the others are for those who plan duty."""

    LEAVE = "leave"  # 休假
    MISSION = "mission"  # 公出
    TRAINING = "training"  # 培训
    SUSPENDED = "suspended"  # 停职


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held from `since` until the day before `until`, with the roles of the post."""

    body: BodyCode
    body_name: str
    kind: BodyKind
    region: RegionCode
    title: str
    roles: frozenset[Role]
    since: date
    until: date | None

    def runs(self, day: date) -> bool:
        """Whether it is held that day."""
        return _holds(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Away:
    """Away from `since` until the day before `until`."""

    kind: AbsenceKind
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Cover:
    """Standing in for an officer who is away from `since` until the day before `until`."""

    officer: OfficerId
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that decides what an officer may do on any day."""

    id: OfficerId
    name: str
    holdings: tuple[Holding, ...]
    absences: tuple[Away, ...] = ()
    covers: tuple[Cover, ...] = ()

    def on(self, day: date) -> Officer | None:
        """The officer with that day's roles; None who holds no post then, or is suspended.

        Who is away stands in for nobody, so that no power goes on to a third by two steps.
        """
        away = {one.kind for one in self.absences if _holds(one.since, one.until, day)}
        if AbsenceKind.SUSPENDED in away:
            return None
        held = [one for one in self.holdings if _holds(one.since, one.until, day)]
        if not held:
            return None
        # `appoint` lets nobody serve two bodies; should two ever stand there, only the later gives powers.
        latest = max(held, key=lambda one: (one.since, one.body))
        there = [one for one in held if one.body == latest.body]
        roles = frozenset(role for one in there for role in one.roles)
        covered = [one.officer for one in self.covers if not away and _holds(one.since, one.until, day)]
        return Officer(
            self.id,
            latest.body,
            latest.region,
            roles,
            self.name,
            stands_in_for=frozenset(covered),
            away=bool(away),
            posts=frozenset(one.title for one in there),
        )

    def heads_government_of(self, region: RegionCode, day: date) -> Holding | None:
        """The post in which this one leads the people's government of that very region on a day, if any."""
        officer = self.on(day)
        if officer is None or not same(officer.region, region):
            return None
        held = (one for one in self.holdings if one.body == officer.body and one.runs(day))
        leads = (one for one in held if one.kind is BodyKind.GOVERNMENT and Role.LEADER in one.roles)
        return next(leads, None)

    def away_between(self, since: date, until: date | None) -> bool:
        """Whether any of these days, from `since` until the day before `until`, is a day of absence."""
        return any(
            (until is None or one.since < until) and (one.until is None or since < one.until)
            for one in self.absences
        )


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)


def same(one: RegionCode, other: RegionCode) -> bool:
    """Whether two codes stand for the same region, with noughts at the end or without."""
    return covers(one, other) and covers(other, one)


def level_of(code: RegionCode) -> Level:
    """The level that a code of GB/T 2260, GB/T 10114 or the statistical division code stands for.

    Refuses a code of another shape. 510000 is a province, 510100 a city, 510104 a county, 510104022 and
    510104022000 a township, 510104022001 a village; fifteen digits are a grid or group (our own suffix).
    """
    if not re.fullmatch(r"[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15}", code):
        raise Refusal(
            "directory.region.code",
            says=f"区划代码“{code}”的位数不对。",
            do="省、市、县用6位，乡镇街道用9位或12位，村社区用12位，网格用15位数字。",
            status=422,
        )
    groups = [code[0:2], code[2:4], code[4:6], code[6:9], code[9:12], code[12:15]]
    while groups and not groups[-1].strip("0"):
        groups.pop()
    return Level(len(groups))


def refuse_unless_inside(code: RegionCode, parent: RegionCode) -> None:
    """A region lies inside its parent, by code and by level."""
    if level_of(parent) >= level_of(code) or not (covers(parent, code) or level_of(parent) is Level.COUNTRY):
        raise Refusal(
            "directory.region.parent",
            says=f"区划 {code} 不在 {parent} 之内。",
            do="请填写上一级区划的代码。",
            status=422,
        )


def refuse_second_body(body: BodyCode, held_at: Iterable[BodyCode]) -> None:
    """An officer serves one body at a time; the access rules know one body for each officer."""
    if any(other != body for other in held_at):
        raise Refusal(
            "directory.appoint.other-body",
            says="这位工作人员在另一个单位还有职务。",
            do="请先免去原单位的职务，再任新职。",
        )


LONGEST_ABSENCE: Final = timedelta(days=366)
"""Nobody is away longer by one record (our own): a slip of the year would give away powers for ever."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An absence to be recorded, from `since` until the day before `until`; who stands in, if anybody."""

    officer: OfficerId
    kind: AbsenceKind
    since: date
    until: date
    stand_in: OfficerId | None = None


def refuse_absence(planned: Planned, whose: Standing, today: date) -> None:
    """An absence is planned: from today on, no longer than a year, and not twice for the same days."""
    if planned.kind is AbsenceKind.SUSPENDED:
        code, says, do = "kind", "停职不在这里登记。", "请由系统管理员登记。"
    elif planned.since < today:
        code, says, do = "past", "开始的日子已经过去。", "请从今天或者以后的一天登记。"
    elif planned.until <= planned.since:
        code, says, do = "backwards", "最后一天早于第一天。", "请核对两个日期。"
    elif planned.until > planned.since + LONGEST_ABSENCE:
        code, says, do = "too-long", "一次最多登记一年。", "请核对年份；到期还不回来的，再登记一次。"
    elif whose.away_between(planned.since, planned.until):
        code, says, do = "twice", "这几天已经登记过不在。", "请先结束原来那一条，再重新登记。"
    else:
        return
    raise Refusal(f"directory.absence.{code}", says=says, do=do, status=422)


def refuse_stand_in(planned: Planned, whose: Standing, stand_in: Standing | None) -> None:
    """Nobody stands in who is away, suspended, of another body, or lacks the role of the one who is away.

    Whoever handles cases is stood in for by who handles cases: standing in gives hands, and no roles.
    """
    absent = whose.on(planned.since)
    found = stand_in.on(planned.since) if stand_in else None
    if stand_in is None or found is None or absent is None:
        code, says = "off-duty", "替班的人这一天不在岗，或者已经停职。"
    elif found.id == absent.id:
        code, says = "self", "自己不能替自己的班。"
    elif found.body != absent.body:
        code, says = "elsewhere", "替班的人不在同一个单位。"
    elif not found.roles & ({Role.HANDLER} if Role.HANDLER in absent.roles else absent.roles):
        code, says = "no-role", "替班的人没有同样的职责，替不了。"
    elif stand_in.away_between(planned.since, planned.until):
        code, says = "away", "替班的人这几天自己也不在。"
    else:
        return
    do = "请选同一个单位里这几天都在、职责相同的同事；没有的，先不写替班，由负责人移交手上的件。"
    raise Refusal(f"directory.stand-in.{code}", says=says, do=do, status=422)


def refuse_second_government(known: str | None) -> None:
    """A region has one people's government; `known` is the name of another one there, if there is."""
    if known is not None:
        raise Refusal(
            "directory.body.second-government",
            says=f"这个区划已经有人民政府：{known}。",
            do="政府的工作部门请登记为机关；政府改换了代码的，先把原来的撤销。",
        )


def refuse_open_posts(holders: int) -> None:
    """A body ends when nobody serves it any more."""
    if holders:
        raise Refusal(
            "directory.body.held",
            says=f"这个单位还有 {holders} 人在任，不能撤销。",
            do="请先免去他们在这里的职务。",
        )


def refuse_number(number: str) -> None:
    """A staff number has a plain form."""
    if not re.fullmatch(NUMBER, number, re.ASCII):
        raise Refusal(
            "directory.officer.number",
            says=f"工号“{number}”不对。",
            do="请用 2 至 20 位字母、数字或短横。",
            status=422,
        )


def unknown_body() -> Refusal:
    """The refusal of a code that no body has."""
    return Refusal("directory.body.unknown", says="没有这个单位。", do="请核对统一社会信用代码。", status=404)


@dataclass(frozen=True, slots=True)
class Given:
    """A post given to an officer from `since` until the day before `until`."""

    officer: OfficerId
    post: UUID
    since: date
    until: date | None = None

    def meets(self, other: "Given") -> bool:
        """Whether the two share a day."""
        begins = self.until is None or other.since < self.until
        return begins and (other.until is None or self.since < other.until)

    def lies_in(self, other: "Given") -> bool:
        """Whether the same post is given to the same officer at least as long already, from then on."""
        same = (self.officer, self.post) == (other.officer, other.post) and self.meets(other)
        return same and (other.until is None or (self.until is not None and self.until <= other.until))


def to_be_given(
    wanted: Iterable[Given], standing: Iterable[Given], bodies: Mapping[UUID, BodyCode]
) -> list[Given]:
    """What of this is not held yet; refused where somebody would serve two bodies on a day."""
    held: defaultdict[OfficerId, list[Given]] = defaultdict(list)
    for one in standing:
        held[one.officer].append(one)
    fresh = []
    for one in wanted:
        known = held[one.officer]
        refuse_second_body(bodies[one.post], [bodies[other.post] for other in known if one.meets(other)])
        if not any(one.lies_in(other) for other in known):
            fresh.append(one)
            known.append(one)
    return fresh


def number_taken(number: str) -> Refusal:
    """The refusal of a staff number that is somebody else's."""
    return Refusal(
        "directory.officer.number-taken",
        says=f"工号 {number} 已经是别人的。",
        do="请核对工号；同一个人请用原来的登记。",
    )


def unknown_post() -> Refusal:
    """The refusal of a post that nobody set up."""
    return Refusal("directory.post.unknown", says="没有这个职务。", do="请先设置职务，再任命。", status=404)
