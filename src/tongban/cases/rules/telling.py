"""What the applicant is told in plain words: where the case stands, who does what next, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.cases.events import (
    CaseResubmitted,
    CaseResultArrived,
    CaseResultStandsAgain,
    CaseSpecialProcedureEnded,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    CertificateUsed,
    Event,
    LegalEvent,
)
from tongban.cases.rules.clocks import LATER
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Stage
from tongban.cases.rules.place import goes_on, steps_in
from tongban.cases.rules.state import CaseState, Due, Facts
from tongban.cases.rules.words import (
    STAGE_NAMES,
)
from tongban.engine.calendar import SHANGHAI
from tongban.kernel import languages
from tongban.kernel.speech import day_in_words

DONE_BY_THEN = {
    "notify": noop("告诉您是否受理"),
    "correct": noop("由您补正"),
    "promised": noop("作出决定"),
    "deliver": noop("送达结果"),
    LATER: noop("办完后面的步骤"),
}
"""What is to be done by the deadline that the page shows largest."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who handles a case: the office, and the officer who has it, masked; empty where nobody has."""

    office: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """Days that do not count, from `first` to `last`: the procedure, and the law that names it."""

    first: date
    last: date
    name: str
    rule: str


def main_deadline(state: CaseState) -> str | None:
    """The name of the one deadline that matters to the applicant now; None where none runs."""
    names = ("notify", "correct", "promised", "deliver", LATER)
    return next((name for name in names if name in state.facts.deadlines), None)


def next_step(state: CaseState, *, who: Who, result: str, law: Law) -> str:
    """One sentence: who does what next."""
    if state.awaits_rule:
        return _asking(state, who.office, law)
    told = {"office": who.office, "officer": who.officer, "result": result}
    match state.stage:
        case Stage.AWAITING_RESULT:
            return _("要等前一件的结果，%(office)s才能开始办。结果一到自动排队、计时，不用您做什么。") % told
        case Stage.SUBMITTED | Stage.RESUBMITTED:
            return _received(state, who, law)
        case Stage.AWAITING_CORRECTION:
            return _("还有内容要补正。补好再提交，不用重新排队，还在原来的位置。")
        case Stage.ACCEPTED:
            return _examined(state, who)
        case Stage.SPECIAL_PROCEDURE:
            return _stopped(state, law)
        case Stage.GRANTED:
            return _("已经决定准予。下一步，%(office)s把“%(result)s”交到您手里。") % told
        case Stage.REFUSED:
            return _("没有批准。理由和不服时可以怎么办，写在下面的决定里。")
        case _:
            return _ended(state, law)


def _examined(state: CaseState, who: Who) -> str:
    told = {"office": who.office, "officer": who.officer}
    if state.facts.owed:
        return _("%(office)s已经在办，您还要补交材料。补齐以后才能批准。") % told
    if who.officer:
        return _("%(office)s的%(officer)s正在审查，之后会作出决定。") % told
    return _("%(office)s正在审查，之后会作出决定。") % told


def next_in_short(stage: Stage, due: date | None, *, waits: bool) -> str:
    """One line of a list: what comes next and by when; empty where nothing more comes."""
    match stage:
        case Stage.AWAITING_CORRECTION:
            return _("等您补正")
        case Stage.AWAITING_RESULT:
            return _("结果一到就开始，不用您做什么")
        case Stage.SPECIAL_PROCEDURE:
            return _("现在不计时")
        case Stage.SUBMITTED | Stage.RESUBMITTED if due:
            return _("最晚 %(day)s告诉您是否受理") % {"day": day_in_words(due)}
        case Stage.SUBMITTED | Stage.RESUBMITTED:
            return _("按先后次序排着队") if waits else _("工作人员正在看")
        case Stage.ACCEPTED if due:
            return _("最晚 %(day)s作出决定") % {"day": day_in_words(due)}
        case Stage.GRANTED | Stage.REFUSED if due:
            return _("最晚 %(day)s送达结果") % {"day": day_in_words(due)}
        case Stage.DELIVERED if due:
            return _("结果可以用了；后面的步骤最晚 %(day)s办完") % {"day": day_in_words(due)}
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part of the way through; `state`: done, now, stopped, or empty for what is still to come."""

    name: str
    state: str


def way_of(state: CaseState) -> list[Milestone]:
    """How far a case has come: what is done, what is under way, what is to come; or where it ended before."""
    facts = state.facts
    days = (facts.received_on, facts.accepted_on, facts.decided_on, facts.delivered_on)
    passed = [name for name, day in zip(_WAY, days, strict=True) if day is not None]
    done = [Milestone(_(name), "done") for name in passed]
    if state.stage in _ENDED_BEFORE:
        return [*done, Milestone(_(STAGE_NAMES[state.stage]), "stopped")]
    left = [name for name in _WAY if name not in passed]
    return [*done, *(Milestone(_(name), "" if nth else "now") for nth, name in enumerate(left))]


_WAY = (noop("收到申请"), noop("受理"), noop("作出决定"), noop("送达"))
_ENDED_BEFORE = frozenset({Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.TERMINATED})


def deadlines_told(story: Iterable[Event]) -> dict[str, Due]:
    """The last deadline of every name that the story ever set, be it over or not."""
    found: dict[str, Due] = {}
    for event in story:
        if isinstance(event, LegalEvent):
            facts = Facts(deadlines=event.deadlines)
            found |= {name: due for name in event.deadlines if (due := facts.due(name)) is not None}
    return found


def stops_told(story: Iterable[Event], law: Law) -> list[Stop]:
    """The procedures for which the clock stood still, as they really lasted or are told to last."""
    kinds = {kind.code: kind for kind in law.procedures}
    found: list[Stop] = []
    for event in story:
        if isinstance(event, CaseSpecialProcedureStarted):
            kind = kinds.get(event.procedure)
            name = languages.told(kind.name) if kind else event.procedure
            rule = languages.cited(kind.source.law, kind.source.article) if kind else ""
            found.append(Stop(event.since + timedelta(days=1), event.told_until, name, rule))
        elif isinstance(event, CaseSpecialProcedureEnded) and found:
            found[-1] = replace(found[-1], last=event.until)
    return found


def _received(state: CaseState, who: Who, law: Law) -> str:
    if state.turn.waits:
        said = _("%(office)s收到了您的申请，按先后次序排着队。")
    elif who.officer:
        said = _("%(office)s收到了您的申请，%(officer)s正在看您的材料。")
    else:
        said = _("%(office)s收到了您的申请，工作人员正在看您的材料。")
    silence = _("到期没有告诉您，依法就算已经受理。") if law.regime.silence_is_acceptance else ""
    return said % {"office": who.office, "officer": who.officer} + silence


def _stopped(state: CaseState, law: Law) -> str:
    told = {"procedure": _procedure(state, law)}
    if state.facts.told_until is None:
        return _("正在%(procedure)s，这段时间不算在期限里。结束后继续计时。") % told
    until = {"until": day_in_words(state.facts.told_until)}
    return _("正在%(procedure)s，预计到 %(until)s，这段时间不算在期限里。结束后继续计时。") % (told | until)


def _ended(state: CaseState, law: Law) -> str:
    """How it ended; or what is still to come once the result is delivered, and by when."""
    if state.closed or not goes_on(state):
        return _(_ENDINGS[state.stage])
    waits = steps_in(state, law.net)
    told = {"tasks": _("、").join(languages.told(node.name) for node in waits)}
    due = state.facts.due(LATER)
    if not waits:
        return _("结果已经送达，现在就能用。后面还有步骤，到时会告诉您。")
    if due is None:
        return _("结果已经送达，现在就能用。后面还有：%(tasks)s。") % told
    return _("结果已经送达，现在就能用。后面还有：%(tasks)s，最晚 %(day)s。") % (
        told | {"day": day_in_words(due.day)}
    )


def _asking(state: CaseState, office: str, law: Law) -> str:
    register = "、".join(languages.told(one.register_name) for one in law.rule.registers) if law.rule else ""
    if state.facts.asked is None:
        return _("正在向“%(register)s”查询，很快就有结果，不用排队。") % {"register": register}
    until = state.facts.asks_until
    told = {"register": register, "office": office, "until": clock_in_words(until) if until else ""}
    return (
        _(
            "“%(register)s”现在没有答复。我们会自己再问，不用您再来；到%(until)s还问不到，"
            "就转给%(office)s的工作人员，在队列里按先后办。"
        )
        % told
    )


def clock_in_words(at: datetime) -> str:
    """A day with its time, as the office has it."""
    local = at.astimezone(SHANGHAI)
    return _("%(day)s%(time)s") % {"day": day_in_words(local.date()), "time": f"{local:%H:%M}"}


_ENDINGS = {
    Stage.DELIVERED: noop("结果已经送达，这件事办完了。"),
    Stage.COMPLETED: noop("结果已经送达，这件事办完了。"),
    Stage.REVOKED: noop("准予的决定已经撤销，不能再用。理由和不服时可以怎么办，写在下面的决定里。"),
    Stage.NOT_ACCEPTED: noop("没有受理，理由写在下面。对此不服的，可以拨打 12345 咨询或投诉。"),
    Stage.WITHDRAWN: noop("您撤回了申请。以后需要时可以重新申请。"),
    Stage.TERMINATED: noop("这件事已经终止，理由写在下面。需要时可以重新申请。"),
}


def _procedure(state: CaseState, law: Law) -> str:
    names = {kind.code: languages.told(kind.name) for kind in law.procedures}
    return names.get(state.facts.procedure or "") or _("进行特别程序")


def certificates_used(story: Iterable[Event]) -> tuple[CertificateUsed, ...]:
    """The certificates that stood for materials when the application was last handed in, or came since."""
    used: tuple[CertificateUsed, ...] = ()
    for one in story:
        if isinstance(one, CaseSubmitted | CaseResubmitted):
            used = one.certificates
        elif isinstance(one, CaseResultArrived):
            used = (*used, *one.certificates)
        elif isinstance(one, CaseResultStandsAgain):
            anew = {other.kind for other in one.certificates}
            used = (*(other for other in used if other.kind not in anew), *one.certificates)
    return used


def results_used(story: Iterable[Event]) -> dict[str, str]:
    """By kind of material, the case of the same joint service whose result stands for it."""
    arrived = [one for one in story if isinstance(one, CaseResultArrived)]
    return {stands.kind: stands.case for one in arrived for stands in one.results}
