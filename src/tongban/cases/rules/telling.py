"""What the applicant is told in plain words: where the case stands, who does what next, what happened."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from tongban.cases.events import (
    CaseAccepted,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseGranted,
    CaseNotAccepted,
    CaseQueued,
    CaseRegisterAway,
    CaseReleased,
    CaseResubmitted,
    CaseReversed,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    CaseTaken,
    CaseTerminated,
    CertificateUsed,
    Event,
)
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.words import (
    ACT_NAMES,
    BY_RULE,
    DELIVERY_WAYS,
    LEFT_TO_OFFICERS,
    NOT_ACCEPTED_GROUNDS,
    OVERTAKING_REASONS,
    TERMINATION_GROUNDS,
    day_in_words,
)
from tongban.engine.calendar import SHANGHAI
from tongban.kernel.figures import Limit, Unit, in_words

DONE_BY_THEN = {
    "notify": "告诉您是否受理",
    "correct": "由您补正",
    "promised": "作出决定",
    "deliver": "送达结果",
}
"""What is to be done by the deadline that the page shows largest."""


def main_deadline(state: CaseState) -> str | None:
    """The name of the one deadline that matters to the applicant now; None where none runs."""
    names = ("notify", "correct", "promised", "deliver")
    return next((name for name in names if name in state.facts.deadlines), None)


def next_step(state: CaseState, *, office: str, result: str, law: Law) -> str:
    """One sentence: who does what next."""
    facts = state.facts
    if state.awaits_rule:
        return _asking(state, office, law)
    match state.stage:
        case Stage.SUBMITTED | Stage.RESUBMITTED:
            silence = "到期没有告诉您，依法就算已经受理。" if law.regime.silence_is_acceptance else ""
            doing = "按先后次序排着队" if state.turn.waits else "工作人员正在看您的材料"
            return f"{office}收到了您的申请，{doing}。{silence}"
        case Stage.AWAITING_CORRECTION:
            return "还有内容要补正。补好再提交，不用重新排队，还在原来的位置。"
        case Stage.ACCEPTED:
            return f"{office}正在审查，之后会作出决定。"
        case Stage.SPECIAL_PROCEDURE:
            until = f"，预计到 {day_in_words(facts.told_until)}" if facts.told_until else ""
            return f"正在{_procedure(state, law)}{until}，这段时间不算在期限里。结束后继续计时。"
        case Stage.GRANTED:
            return f"已经决定准予。下一步，{office}把“{result}”交到您手里。"
        case Stage.REFUSED:
            return "没有批准。理由和不服时可以怎么办，写在下面的决定里。"
        case _:
            return _ENDINGS[state.stage].format(result=result)


def _asking(state: CaseState, office: str, law: Law) -> str:
    register = law.rule.register_name if law.rule else ""
    if state.facts.asked is None:
        return f"正在向“{register}”查询，很快就有结果，不用排队。"
    until = f"到{_clock_in_words(state.facts.asks_until)}" if state.facts.asks_until else ""
    return (
        f"“{register}”现在没有答复。我们会自己再问，不用您再来；{until}还问不到，"
        f"就转给{office}的工作人员，在队列里按先后办。"
    )


def _clock_in_words(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{day_in_words(local.date())}{local:%H:%M}"


_ENDINGS = {
    Stage.DELIVERED: "结果已经送达，这件事办完了。",
    Stage.COMPLETED: "结果已经送达，这件事办完了。",
    Stage.NOT_ACCEPTED: "没有受理，理由写在下面。对此不服的，可以拨打 12345 咨询或投诉。",
    Stage.WITHDRAWN: "您撤回了申请。以后需要时可以重新申请。",
    Stage.TERMINATED: "这件事已经终止，理由写在下面。需要时可以重新申请。",
}


def _procedure(state: CaseState, law: Law) -> str:
    names = {kind.code: kind.name for kind in law.procedures}
    return names.get(state.facts.procedure or "", "进行特别程序")


def certificates_used(story: Iterable[Event]) -> tuple[CertificateUsed, ...]:
    """The certificates that stood for materials when the application was last handed in."""
    handed_in = [one for one in story if isinstance(one, CaseSubmitted | CaseResubmitted)]
    return handed_in[-1].certificates if handed_in else ()


def detail_of(event: Event) -> str:
    """What more there is to say of an event that needs no sealed text; empty where its name says all."""
    return _of_a_rule(event) or _of_an_act(event)


def _of_a_rule(event: Event) -> str:
    match event:
        case CaseAccepted(rule=str()) | CaseGranted(rule=str()):
            return BY_RULE
        case CaseDelivered(way=way, rule=str()):
            return f"{DELIVERY_WAYS[way]}，{BY_RULE}"
        case CaseRegisterAway(tries=tries, asks_at=at):
            return f"第 {tries} 次没有答复，{_clock_in_words(at)}再问。"
        case CaseQueued(why=why):
            return LEFT_TO_OFFICERS.get(why, why)
        case _:
            return ""


def _of_an_act(event: Event) -> str:
    match event:
        case CaseTaken(reason=str(reason)):
            return f"优先办理，理由：{OVERTAKING_REASONS.get(reason, reason)}。理由已经公开。"
        case CaseReleased(untouched=True):
            return "取走后一直没有处理，系统退回原来的位置。"
        case CaseAccepted(accepted_on=day) | CaseDeemedAccepted(accepted_on=day):
            return f"受理日是 {day_in_words(day)}，期限从第二天数起。"
        case CaseSpecialProcedureStarted(told_until=day):
            return f"预计到 {day_in_words(day)}，不算在期限里。"
        case CaseExtended(value=value, unit=unit):
            return f"延长 {in_words(Limit(value, cast(Unit, unit)))}，已经负责人批准。"
        case CaseDelivered(way=way):
            return DELIVERY_WAYS.get(way, way)
        case CaseNotAccepted(ground=ground):
            return NOT_ACCEPTED_GROUNDS.get(ground, ground)
        case CaseTerminated(ground=ground):
            return TERMINATION_GROUNDS.get(ground, ground)
        case CaseReversed(act=act):
            return f"撤销“{ACT_NAMES[Act(act)]}”，恢复到那之前的状态和期限。"
        case _:
            return ""
