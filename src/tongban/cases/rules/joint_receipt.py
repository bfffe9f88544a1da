"""The one receipt of a joint service: what came in together, who handles each of it, and by when.

It tells how things stood on the day of submission, whatever became of the cases since.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_noop as noop

from tongban.cases.events import CaseSubmitted, Event
from tongban.cases.rules.joint import last_day, promised_from
from tongban.cases.rules.law import Law
from tongban.cases.rules.notices import cited, day_in_words
from tongban.engine.calendar import OutsideCalendar
from tongban.engine.joint import finishes
from tongban.kernel.figures import Limit, Source, in_words
from tongban.kernel.sheet import Issuer, Sheet

KIND: Final = "joint-submitted"
TITLE: Final = noop("联合收件凭证")


@dataclass(frozen=True, slots=True)
class Handled:
    """A case of a joint service: its item, the office that handles it, for whose results it waits.

    `after`: the numbers of those cases. `notify_by`: the last day to say whether it is taken in, if one ran
    from its submission.
    """

    number: str
    item: str
    office: str
    law: Law
    after: tuple[str, ...] = ()
    notify_by: date | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A joint service as it arrived. `law`: why it is handled together; `materials`: what was handed in."""

    number: str
    name: str
    lead: str
    addressee: str
    received_on: date
    cases: Sequence[Handled]
    materials: Sequence[str]
    law: Sequence[Source]
    issuer: Issuer
    sample: bool


def submitted_as(event: Event) -> tuple[tuple[str, ...], date | None]:
    """For whose results a case waited as it was submitted, and the last day to say whether it is taken in."""
    assert isinstance(event, CaseSubmitted)
    notify = event.deadlines.get("notify")
    return event.after or (), date.fromisoformat(notify["due"][:10]) if notify else None


def receipt_sheet(arrived: Arrived) -> Sheet:
    """The receipt of all of it as one sheet."""
    told = (
        f"{day_in_words(arrived.received_on)}收到您一次提交的“{arrived.name}”申请，"
        f"共 {len(arrived.cases)} 件，由下列单位分别办理；材料只交这一次，各件共用。"
    )
    until = _until(arrived)
    whole = (f"{_if_kept(arrived)}，全部最晚{day_in_words(until)}有结果。",) if until else ()
    return Sheet(
        kind=KIND,
        layout="receipt",
        title=TITLE,
        number=f"{arrived.number}-1",
        addressee=arrived.addressee,
        paragraphs=(told, *whole),
        points=tuple(arrived.materials),
        facts=(("联办编号", arrived.number), ("牵头部门", arrived.lead), *_told_of_each(arrived)),
        law=tuple(map(cited, (*(one for one in arrived.law if one.checked), *_duties(arrived.cases)))),
        remedies=(),
        issuer=arrived.issuer,
        on=arrived.received_on,
        sample=arrived.sample,
    )


def _told_of_each(arrived: Arrived) -> Iterator[tuple[str, str]]:
    names = {one.number: one.item for one in arrived.cases}
    for place, one in enumerate(arrived.cases, start=1):
        lines = (f"办件编号 {one.number}", one.office, *_when(one, names, arrived.received_on))
        yield f"{place}. {one.item}", "\n".join(lines)


def _when(one: Handled, names: Mapping[str, str], received_on: date) -> Iterator[str]:
    if one.after:
        awaited = "、".join(f"“{names[number]}”" for number in one.after)
        yield f"等{awaited}的结果，在那之前不排队、不计时；结果一到就接着办。"
        yield f"从受理那天起，{_lengths(one.law, received_on)}。"
        return
    if one.notify_by:
        yield f"最晚{day_in_words(one.notify_by)}告知是否受理。"
    yield f"当天受理的，{_last_days(one.law, received_on)}。"


def _limits(law: Law, day: date) -> Iterator[tuple[str, Limit]]:
    """The promise, and what the law gives at most, where it gives a figure."""
    yield "承诺", law.promised
    if statutory := law.limit("decide_within", day):
        yield "法律规定", statutory[0]


def _lengths(law: Law, day: date) -> str:
    return "，".join(
        f"{whose} {in_words(limit)}内决定" if limit.value else f"{whose}当天决定"
        for whose, limit in _limits(law, day)
    )


def _last_days(law: Law, day: date) -> str:
    """Each by its last day; by its length where the calendar does not reach so far."""
    try:
        days = [(whose, last_day(law, limit, day)) for whose, limit in _limits(law, day)]
    except OutsideCalendar:
        return _lengths(law, day)
    return "，".join(f"{whose}最晚{day_in_words(last)}决定" for whose, last in days)


def _if_kept(arrived: Arrived) -> str:
    """On what the day hangs by which all is decided."""
    days = [one.law.limit("notify_within", arrived.received_on) for one in arrived.cases]
    taken = "每一件都在规定的期限内受理" if all(days) else "每一件都当天受理"
    if any(days) and not all(days):
        taken = "每一件都在规定的期限内受理（没有规定期限的，当天受理）"
    return f"不用补正、不用停下来检验听证等，{taken}，受理后都按承诺办的"


def _until(arrived: Arrived) -> date | None:
    """The longest path of notices and promises from the day of arrival; None past the calendar.

    Of each the whole time to say whether it is taken in counts: a day told under seal must be one that holds
    where every office keeps what it owes.
    """
    laws = {one.number: one.law for one in arrived.cases}
    waits = {one.number: one.after for one in arrived.cases}
    try:
        ends = finishes(waits, arrived.received_on, lambda case, begins: promised_from(laws[case], begins))
    except OutsideCalendar:
        return None
    return max(ends.values())


def _duties(cases: Sequence[Handled]) -> tuple[Source, ...]:
    """What the offices owe whoever handed in, each duty once, however many laws of members have it."""
    regimes = {one.law.regime.code: one.law.regime for one in cases}.values()
    duties = (source for each in regimes for source in (each.one_time_notice, each.silence_is_acceptance))
    return tuple(dict.fromkeys(source for source in duties if source))
