"""The papers of a case (文书): which acts give one, and what each says, in whole sentences.

Forms follow 《行政许可法》 Art. 32 (acceptance; one notice of all that is missing), 38 (decision in writing;
a refusal with reasons and remedies), 42 (extension with its reason), 45 (special procedure told in writing).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from django.utils.translation import gettext_noop as noop

from tongban.cases.events import (
    CaseAccepted,
    CaseAcceptedTolerantly,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseExtendedJointly,
    CaseGranted,
    CaseNotAccepted,
    CaseRefused,
    CaseReturnedForCorrection,
    CaseReversed,
    CaseRevoked,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    Event,
    LegalEvent,
)
from tongban.cases.rules.jointly import LONGER
from tongban.cases.rules.law import Law
from tongban.cases.rules.words import DELIVERY_WAYS, NOT_ACCEPTED_GROUNDS, REVOCATION_GROUNDS
from tongban.engine.calendar import legal_day
from tongban.kernel.figures import Limit, Source, Unit, in_words
from tongban.kernel.sheet import Issuer, Sheet

_LICENSING: Final = "licensing"

TITLES: Final = {
    "submitted": noop("收件凭证"),
    "accepted": noop("受理通知书"),
    "accepted-tolerantly": noop("容缺受理通知书"),
    "deemed-accepted": noop("视为受理通知书"),
    "returned-for-correction": noop("一次性补正告知书"),
    "not-accepted": noop("不予受理决定书"),
    "special-procedure-started": noop("特别程序告知书"),
    "extended": noop("延长办理期限告知书"),
    "extended-jointly": noop("延长联合办理期限告知书"),
    "granted": noop("准予决定书"),
    "refused": noop("不予批准决定书"),
    "delivered": noop("送达回证"),
    "revoked": noop("撤销决定书"),
}
"""The kinds of event that give a paper, and what it is called."""

_OF_A_LICENCE: Final = {
    "granted": noop("准予行政许可决定书"),
    "refused": noop("不予行政许可决定书"),
    "revoked": noop("撤销行政许可决定书"),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What all papers of a case have in common. `issuer` runs it; `contact` says how to reach that office."""

    number: str
    item: str
    result: str
    addressee: str
    received_on: date
    issuer: Issuer
    contact: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One act as its paper tells it: its place in the story, the text and the faults sealed with it."""

    seq: int
    event: Event
    text: str
    faults: Sequence[dict[str, str]]
    materials: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Body:
    """What differs from paper to paper."""

    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    law: tuple[Source, ...] = ()
    remedies: tuple[Source, ...] = ()


def title_of(kind: str, law: Law) -> str | None:
    """What the paper of an event of that kind is called under this law; None where none is given."""
    named = _OF_A_LICENCE if law.regime.code == _LICENSING else {}
    return named.get(kind) or TITLES.get(kind)


def sheet_of(said: Said, matter: Matter, law: Law) -> Sheet | None:
    """The paper of an act as a sheet; None where the act gives none."""
    title = title_of(said.event.kind, law)
    if title is None:
        return None
    body = _body(said, matter, law)
    return Sheet(
        kind=said.event.kind,
        layout="receipt" if isinstance(said.event, CaseSubmitted | CaseDelivered) else "notice",
        title=title,
        number=f"{matter.number}-{said.seq}",
        addressee=matter.addressee,
        paragraphs=body.paragraphs,
        points=body.points,
        facts=(("办件编号", matter.number), *body.facts, ("办理机关", matter.contact)),
        law=tuple(map(cited, body.law)),
        remedies=tuple(map(cited, body.remedies)),
        issuer=matter.issuer,
        on=_day_of(said.event),
        sample=matter.sample,
    )


def undone_at(story: Iterable[Event]) -> dict[int, datetime]:
    """When the act at a place of the story was undone, or revoked; its paper holds no longer."""
    found: dict[int, datetime] = {}
    for event in story:
        if isinstance(event, CaseReversed):
            found[event.seq] = event.at
        elif isinstance(event, CaseRevoked):
            found[event.of] = event.at
    return found


def _body(said: Said, matter: Matter, law: Law) -> _Body:
    asked = f"您于{day_in_words(matter.received_on)}提出的“{matter.item}”申请"
    if isinstance(said.event, CaseSubmitted):
        return _received(said, matter, law)
    if isinstance(said.event, CaseGranted | CaseRefused | CaseDelivered | CaseRevoked):
        return _result(said, asked, matter, law)
    return _on_the_way(said, asked, law)


def _on_the_way(said: Said, asked: str, law: Law) -> _Body:
    match said.event:
        case CaseAccepted(accepted_on=day):
            told = f"{asked}，材料齐全，符合法定形式，属于本机关职权范围。本机关自{day_in_words(day)}起受理。"
            return _Body((told,), facts=_limits(said.event), law=_sources(law, law.from_acceptance, day))
        case CaseAcceptedTolerantly():
            return _tolerated(said.event, asked, law)
        case CaseDeemedAccepted(accepted_on=day):
            since = day_in_words(day)
            told = f"{asked}，本机关没有在期限内告知您是否需要补正，依法自收到材料的{since}起就算受理。"
            silence = law.regime.silence_is_acceptance
            return _Body((told,), facts=_limits(said.event), law=(silence,) if silence else ())
        case CaseReturnedForCorrection():
            return _missing(said, asked, law)
        case CaseNotAccepted(ground=ground):
            told = f"{asked}，本机关决定不予受理。理由：{NOT_ACCEPTED_GROUNDS.get(ground, ground)}。"
            return _Body((told, said.text), remedies=law.regime.remedies)
        case CaseSpecialProcedureStarted():
            return _stopped(said, said.event, asked, law)
        case CaseExtended(value=value, unit=unit):
            longer = in_words(Limit(value, cast(Unit, unit)))
            told = f"{asked}，不能在原来的期限内作出决定。经本机关负责人批准，办理期限延长{longer}。"
            reason = f"延长的理由：{said.text}"
            day = _day_of(said.event)
            return _Body((told, reason), facts=_limits(said.event), law=_sources(law, "extend_by", day))
        case CaseExtendedJointly():
            return _longer_together(said, said.event, asked, law)
    raise AssertionError(said.event.kind)


def _longer_together(said: Said, event: CaseExtendedJointly, asked: str, law: Law) -> _Body:
    longer = in_words(Limit(event.value, cast(Unit, event.unit)))
    until = day_in_words(date.fromisoformat(event.period["due"][:10]))
    told = (
        f"{asked}，是几个部门联合办理的许可之一，不能在原来的期限内全部办结。"
        f"经{event.government}负责人批准，联合办理的期限延长{longer}，最晚{until}全部办结。"
    )
    own = "每一件许可自己的法定期限不因此延长。"
    since = date.fromisoformat(event.period["clock"]["started"])
    facts = (("联合办理最晚办结", until),)
    return _Body((told, f"延长的理由：{said.text}", own), facts=facts, law=_sources(law, LONGER, since))


def _tolerated(event: CaseAcceptedTolerantly, asked: str, law: Law) -> _Body:
    """What is accepted without, by when it is to be brought, and what comes of it if it is not."""
    told = (
        f"{asked}，主要材料齐全，符合法定形式，属于本机关职权范围。本机关自{day_in_words(event.accepted_on)}起受理，"
        "还差的材料可以后补。"
    )
    after = (
        "请在下表写明的日子以前补齐后面列出的材料，网上交、到窗口交都可以。本机关同时审查，补齐以后才能批准；"
        "到期没有补齐的，可以终止办理或者不予批准。等材料的时候，办理期限照常计算。"
    )
    points = tuple(law.later.get(kind, kind) for kind in event.owed)
    sources = _sources(law, law.from_acceptance, event.accepted_on)
    return _Body((told, after), points, _limits(event), sources)


def _result(said: Said, asked: str, matter: Matter, law: Law) -> _Body:
    match said.event:
        case CaseGranted(decided_on=day):
            told = f"{asked}，经审查符合条件，本机关决定准予。"
            after = f"下一步，本机关把“{matter.result}”交给您。"
            return _Body((told, said.text, after), law=_sources(law, "decide_within", day))
        case CaseRefused():
            told = f"{asked}，经审查，本机关决定不予批准。"
            return _Body((told, f"理由：{said.text}"), remedies=law.regime.remedies)
        case CaseRevoked(ground=ground):
            told = f"{asked}，本机关曾经决定准予。现在决定撤销：{REVOCATION_GROUNDS.get(ground, ground)}。"
            after = f"从作出本决定起，“{matter.result}”不再有效。"
            basis = (law.regime.revocation,) if law.regime.revocation else ()
            return _Body((told, said.text, after), law=basis, remedies=law.remedies_of_revocation)
        case CaseDelivered(way=way, delivered_on=day):
            told = f"{asked}，办理结果已经送达。"
            facts = (("送达内容", matter.result), ("送达方式", DELIVERY_WAYS.get(way, way)))
            return _Body((told,), facts=(*facts, ("送达日期", day_in_words(day))))
    raise AssertionError(said.event.kind)


def _received(said: Said, matter: Matter, law: Law) -> _Body:
    told = f"本机关于{day_in_words(matter.received_on)}收到您的“{matter.item}”申请和下列材料。"
    notice, silence = law.regime.one_time_notice, law.regime.silence_is_acceptance
    duties = tuple(source for source in (notice, silence) if source)
    return _Body((told,), tuple(said.materials), _limits(said.event), duties)


def _missing(said: Said, asked: str, law: Law) -> _Body:
    told = f"{asked}，材料不齐全或者不符合法定形式。需要补正的全部内容一次告知如下："
    points = tuple(f"{one['place']}：{one['do']}（依据：{one['basis']}）" for one in said.faults)
    notice = law.regime.one_time_notice
    after = "补好以后再提交，不用重新排队。"
    return _Body((told,), (*points, after), _limits(said.event), (notice,) if notice else ())


def _stopped(said: Said, event: CaseSpecialProcedureStarted, asked: str, law: Law) -> _Body:
    kind = next((one for one in law.procedures if one.code == event.procedure), None)
    name = kind.name if kind else event.procedure
    told = (
        f"{asked}，依法需要{name}，从{day_in_words(event.since)}起，预计到{day_in_words(event.told_until)}。"
        "这段时间不计算在办理期限内，结束后继续计算。"
    )
    return _Body((told, said.text), law=(kind.source,) if kind else ())


def _sources(law: Law, figure: str, day: date) -> tuple[Source, ...]:
    found = law.statutory if figure == "decide_within" and law.statutory else law.regime.figures.get(figure)
    return (found.on(day).source,) if found else ()


_LIMIT_NAMES: Final = {
    "notify": "最晚告知是否受理",
    "correct": "请在此日前补正",
    "supply": "请在此日前补齐",
    "promised": "承诺最晚决定",
    "statutory": "法定最晚决定",
    "deliver": "最晚送达",
}


def _limits(event: Event) -> tuple[tuple[str, str], ...]:
    """The deadlines that hold after an event, as a table tells them."""
    held = event.deadlines if isinstance(event, LegalEvent) else {}
    return tuple(
        (label, day_in_words(date.fromisoformat(held[name]["due"][:10])))
        for name, label in _LIMIT_NAMES.items()
        if name in held
    )


def _day_of(event: Event) -> date:
    return legal_day(event.at)


def day_in_words(day: date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def cited(source: Source) -> str:
    """A source as papers cite it: law, article, and its sense."""
    return f"《{source.law}》{source.article}：{source.sense}"
