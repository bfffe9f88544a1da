"""One time for licences that several bodies handle together (行政许可法 Arts. 26 para. 2 and 42 para. 2).

Every member keeps the days of its own law from its own acceptance, its own extension with them (Art. 42
para. 1); that the bodies work together takes nothing from that. Beside them all of it shall be done within 45
working days, and within 15 more once the head of the government of that level gives leave. So of two last
days the earlier binds: the member's own, or that of the whole, where a member was accepted so late that its
own lies behind it. Leave given lengthens the whole alone and no member's own days. (The paragraph does not
say how the two stand to each other: this is the reading that favours the applicant, our own.)

The time of the whole begins with the first of the licences that is accepted, and stands still while a
procedure of Art. 45 goes on in any of them (our own: the law names neither).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from tongban.cases.events import CaseExtendedJointly
from tongban.cases.rules.acting import Acting, held_by, open_to
from tongban.cases.rules.clocks import dated
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Act
from tongban.cases.rules.state import CaseState, Due, Facts
from tongban.engine.calendar import Clock, OutsideCalendar
from tongban.kernel.access import covers
from tongban.kernel.figures import Limit
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.refusal import Refusal

CEILING: Final = "decide_jointly_within"
"""The figure of a regime that bounds what several bodies do together."""

LONGER: Final = "extend_jointly_by"


@dataclass(frozen=True, slots=True)
class Licence:
    """A case of a joint service whose law bounds what is done together; `open`: a result is yet to come."""

    law: Law
    facts: Facts
    body: BodyCode
    region: RegionCode
    open: bool


@dataclass(frozen=True, slots=True)
class Period:
    """The time of the whole: its clock, its last day, and whether leave was given for longer.

    `government`: the region whose government is over all of the bodies; None where none is.
    """

    clock: Clock
    due: Due
    longer: bool
    government: RegionCode | None


def bounds(law: Law) -> bool:
    """Whether this law bounds what several bodies do together."""
    return CEILING in law.regime.figures


def period_of(licences: Sequence[Licence]) -> Period | None:
    """The time of these licences together; None where none runs.

    That is where one body has them all, none was accepted yet, or all are done; and past the whole calendar.
    """
    accepted = [one.facts.accepted_on for one in licences if one.facts.accepted_on]
    several = len({one.body for one in licences}) > 1
    if not several or not accepted or not any(one.open for one in licences):
        return None
    clock = _clock(licences, min(accepted))
    if clock is None:
        return None
    try:
        record = dated(clock, licences[0].law.calendar)
    except OutsideCalendar:
        return None
    return Period(clock, _due(record), _given(licences) is not None, _over(licences))


def _clock(licences: Sequence[Licence], started: date) -> Clock | None:
    """The figure in force on the day of the first acceptance; with leave, the days that were given."""
    law = licences[0].law
    found = law.limit(CEILING, started)
    if found is None:
        return None
    limits, given = [found], _given(licences)
    if given is not None:
        longer = law.limit(LONGER, started)
        limits.append((given, longer[1] if longer else ""))
    return Clock(
        limit=sum(limit.value for limit, _ in limits),
        started=started,
        unit=found[0].unit,
        stops=tuple(span for one in licences for span in one.facts.spans),
        rule=" + ".join(source for _, source in limits),
    )


def _due(record: object) -> Due:
    due = Facts(deadlines={CEILING: record}).due(CEILING)  # type: ignore[dict-item]
    assert due is not None
    return due


def _given(licences: Iterable[Licence]) -> Limit | None:
    """By how much the whole is longer; it stands with the licence whose officer asked."""
    facts = (one.facts for one in licences)
    return next(
        (
            Limit(one.extended_jointly_by, one.extended_jointly_unit)  # type: ignore[arg-type]
            for one in facts
            if one.extended_jointly_by
        ),
        None,
    )


def _over(licences: Iterable[Licence]) -> RegionCode | None:
    """Of the regions of the bodies, the one in which all others lie: its government is over every body.

    Art. 42 speaks of the government of that level, Art. 26 of the bodies of one government. Where those of a
    county and of its city work together, that is the city's (our own).
    """
    regions = sorted({one.region for one in licences})
    return next((one for one in regions if all(covers(one, other) for other in regions)), None)


def may_extend(state: CaseState, acting: Acting, period: Period | None) -> None:
    """Refuse to ask for leave that could not be given, or would give this case no day more."""
    if state.facts.joint is None or period is None:
        raise _refused(
            "not-joint",
            "这件事不是几个部门联合办理的许可，没有联合办理的期限可以延长。",
            "要延长这一件自己的期限，请用“延期”。",
        )
    open_to(state, Act.EXTEND_JOINTLY, acting.law)
    held_by(state, acting.by)
    if period.longer:
        raise _refused("once", "联合办理的期限已经延长过一次，依法不能再延长。", "请在现有期限内作出决定。")
    if acting.today > period.due.day:
        raise _refused(
            "too-late",
            f"联合办理的期限已于 {period.due.day} 届满，不能再延长。",
            "请立即作出决定，并向申请人说明超期原因。",
        )
    own = state.facts.due("statutory")
    if own is not None and own.day <= period.due.day:
        raise _refused(
            "own-binds",
            f"这一件自己的法定期限是 {own.day}，不比联合办理的期限（{period.due.day}）晚，延长后者也不会变。",
            "请在自己的期限内作出决定；还没有延过期的，可以用“延期”。",
        )


def extend(  # noqa: PLR0913 - an act of the law names all it needs
    state: CaseState, acting: Acting, period: Period | None, *, text: str, approver: UUID, government: str
) -> CaseExtendedJointly:
    """Once, before the last day has passed, as the government agreed, the reason told to the applicant."""
    may_extend(state, acting, period)
    assert period is not None
    found = acting.law.limit(LONGER, period.clock.started)
    assert found is not None
    limit, source = found
    clock = Clock(
        limit=period.clock.limit + limit.value,
        started=period.clock.started,
        unit=period.clock.unit,
        stops=period.clock.stops,
        rule=f"{period.clock.rule} + {source}",
    )
    return CaseExtendedJointly(
        at=acting.at,
        by=acting.by.id,
        value=limit.value,
        unit=limit.unit,
        text=text,
        approver=approver,
        government=government,
        period=dated(clock, acting.law.calendar),
    )


def nobody_over() -> Refusal:
    """The refusal where no one government is over all of the bodies."""
    return _refused(
        "no-one-government",
        "这几件许可的办理机关不归同一个人民政府管，没有一个能批准延长。",
        "请在现有期限内作出决定。",
    )


def nobody_there(region: RegionCode) -> Refusal:
    """The refusal where no leader of that government is known."""
    return _refused(
        "no-government",
        f"区划 {region} 的人民政府还没有登记负责人，没有人能在这里批准。",
        "请联系系统管理员，在“机构和人员”里登记；办好以前，现有期限不变。",
    )


def asked_already() -> Refusal:
    """The refusal while another licence of the same joint service has asked and nobody answered yet."""
    return _refused(
        "already-asked",
        "联办的另一件已经提出延长，正在等政府负责人批准。",
        "请等批准或者退回；一次联办只能延长一次。",
    )


def _refused(code: str, says: str, do: str) -> Refusal:
    return Refusal(f"cases.extend-jointly.{code}", says=says, do=do)
