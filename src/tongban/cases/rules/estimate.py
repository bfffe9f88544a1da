"""How long it will probably take: what such cases really took, told honestly, and never as a promise.

What the applicant had the case for stands apart. Of one case's past the future is told by those cases alone
that had lasted as long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.utils.translation import gettext as _

from tongban.cases.rules.life import WORKED_ON, Stage
from tongban.cases.rules.state import CaseState, Facts
from tongban.engine.durations import Spread, left_after, spread_of

LOOKED_BACK: Final = timedelta(days=182)
MOST_COUNTED: Final = 200
"""The latest that were decided in the last half year (our own): older ones tell of other times."""

LEAST_LEFT: Final = 10
"""Of those that lasted as long; fewer say nothing of what is left (our own)."""

LEAST_CORRECTED: Final = 5
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Took:
    """How long a decided case took, in seconds: in the office's hands, and in the applicant's."""

    office: int
    applicant: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What such cases took, in seconds, and what is left of one that has lasted `passed`.

    `spread` is None where too few were decided to say. `here`: they are this office's own. `corrected`: how
    many of them went back to the applicant; `by_applicant`: how long that one took half of the time.
    """

    spread: Spread | None
    passed: float
    left: Spread | None = None
    here: bool = True
    corrected: int = 0
    by_applicant: float | None = None


def may_be_estimated(state: CaseState) -> bool:
    """Whether officers have yet to decide."""
    return state.facts.queued_at is not None and state.stage in WORKED_ON | {Stage.AWAITING_CORRECTION}


def estimate(took: Sequence[Took], *, here: bool, facts: Facts, at: datetime) -> Estimate:
    """The estimate for a case with these facts at that instant, from what others took."""
    passed, lengths = passed_of(facts, at), [one.office for one in took]
    corrected = [one.applicant for one in took if one.applicant]
    by_applicant = spread_of(corrected, least=LEAST_CORRECTED)
    return Estimate(
        spread=spread_of(lengths),
        passed=passed,
        left=left_after(lengths, passed, least=LEAST_LEFT),
        here=here,
        corrected=len(corrected),
        by_applicant=by_applicant.middle if by_applicant else None,
    )


def passed_of(facts: Facts, at: datetime) -> float:
    """How long the office has had the case by then, in seconds; what the applicant had it for left out."""
    if facts.queued_at is None:
        return 0
    until = min(at, facts.asked_back_at) if facts.asked_back_at else at
    return max(0.0, (until - facts.queued_at).total_seconds() - facts.with_applicant)


def sentences(told: Estimate) -> Iterator[str]:
    """The estimate in plain words, a sentence each: the middle and the range, this case, what it rests on."""
    if told.spread is None:
        yield _("这类申请最近半年作出决定的太少，说不准要多久；最晚哪一天，以期限为准。")
        return
    yield _("从收到申请到作出决定，一般要 %(middle)s；十件里有八件用了 %(range)s。") % {
        "middle": _days(told.spread.middle),
        "range": _range(told.spread),
    }
    yield from _of_this_one(told, told.spread)
    yield from _basis(told, told.spread)


def _of_this_one(told: Estimate, spread: Spread) -> Iterator[str]:
    if told.left is not None:
        yield _("您这件已经过了 %(passed)s；过了这么久的，之后一般还要 %(left)s（%(range)s）。") % {
            "passed": _days(told.passed),
            "left": _days(told.left.middle),
            "range": _range(told.left),
        }
    elif told.passed > spread.high:
        yield _("您这件已经过了 %(passed)s，比十件里的九件都久。") % {"passed": _days(told.passed)}


def _basis(told: Estimate, spread: Spread) -> Iterator[str]:
    basis = (
        _("按本机关最近半年作出决定的 %(count)s 件同类申请算。")
        if told.here
        else _("按全市最近半年作出决定的 %(count)s 件同类申请算，本机关自己的还太少。")
    )
    yield basis % {"count": spread.count}
    if told.by_applicant is not None:
        yield _("等申请人补正的时间不算在内：其中 %(corrected)s 件补正过，申请人一般用了 %(days)s。") % {
            "corrected": told.corrected,
            "days": _days(told.by_applicant),
        }
    else:
        yield _("等申请人补正的时间不算在内。")
    yield _("这是按过去估计的，不是承诺；最晚哪一天，以期限为准。")


def _days(seconds: float) -> str:
    return _("%(days)s 天") % {"days": max(1, ceil(seconds / _DAY))}


def _range(spread: Spread) -> str:
    low, high = (max(1, ceil(each / _DAY)) for each in (spread.low, spread.high))
    if low == high:
        return _("%(days)s 天") % {"days": low}
    return _("%(low)s 到 %(high)s 天") % {"low": low, "high": high}
