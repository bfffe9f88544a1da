"""A joint service whose second licence was accepted so late that the time of the whole binds it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tongban.cases import commands
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, Member, numbers_of, submitted
from tongban.kernel.access import Viewer
from tongban.kernel.ids import ApprovalId
from tongban.ledger import api as ledger


def noon(day: str) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


FIRST: Final = noon("2026-01-05")
"""The first licence is accepted; 45 working days later all of them are to be decided."""

LATE: Final = noon("2026-03-02")
"""The first is granted, so that the second can begin."""

WHOLE_BY: Final = date(2026, 3, 13)
LONGER_BY: Final = date(2026, 4, 3)
OWN_BY: Final = date(2026, 3, 30)
"""The last days of the whole, of the whole with fifteen days more, and of the second by itself."""


@dataclass(frozen=True, slots=True)
class Late:
    """A joint service by its number, the case that is late to be, and the officer who has it.

    `advert`: a second one that is as late, if a wide advertisement is wanted.
    """

    joint: str
    number: str
    handler: Viewer
    advert: str = ""


def late(
    joint: Joint, by: Viewer, *, since: datetime = FIRST, late: datetime = LATE, wide: bool = False
) -> Late:
    """The first of its licences was accepted on a day, and what waits for it not before the other."""
    joined = submitted(joint, by, wide=wide, at=since)
    numbers = numbers_of(joined)
    _accepted(joint.members[FOOD], numbers[FOOD], since)
    handler = joint.members[FOOD].handler
    commands.grant(numbers[FOOD], seen=None, by=handler, at=late, text="准予")
    commands.follow(numbers[FOOD], at=late)
    for like in (TOBACCO, ADVERT) if wide else (TOBACCO,):
        _accepted(joint.members[like], numbers[like], late)
    return Late(joined.number, numbers[TOBACCO], joint.members[TOBACCO].handler, numbers.get(ADVERT, ""))


def _accepted(member: Member, number: str, at: datetime) -> None:
    """Taken in turn and accepted by the officer of that member."""
    ledger.seal(at)
    while (found := commands.take_next(member.queue, by=member.handler, at=at)) is not None:
        if found.number == number:
            commands.accept(number, seen=None, by=member.handler, at=at)
            return
    raise AssertionError(number)


def asked(one: Late, *, at: datetime = LATE) -> ApprovalId:
    """More time for the whole is asked of the government."""
    return commands.extend_jointly(
        one.number, seen=None, by=one.handler, at=at + timedelta(hours=1), text="现场核查还没有做完。"
    )
