"""What more there is to say of an event than its name: in plain words, without anything that is sealed."""

from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from tongban.cases.events import (
    ApplicantTold,
    CaseAccepted,
    CaseAcceptedTolerantly,
    CaseAwaitsAgain,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseExtendedJointly,
    CaseFlowMoved,
    CaseForwarded,
    CaseGranted,
    CaseNotAccepted,
    CaseQueued,
    CaseRegisterAway,
    CaseReleased,
    CaseResubmitted,
    CaseResultArrived,
    CaseResultStandsAgain,
    CaseResultUndone,
    CaseReversed,
    CaseRevoked,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    CaseSupplied,
    CaseTaken,
    CaseTerminated,
    Event,
    FlowRegisterAway,
    FlowTableApplied,
    LatenessExplained,
    Received,
    RegisterAnswered,
    SupervisionOrdered,
)
from tongban.cases.rules.life import Act
from tongban.cases.rules.serving import received_in_words
from tongban.cases.rules.state import Facts
from tongban.cases.rules.telling import clock_in_words
from tongban.cases.rules.words import (
    ACT_NAMES,
    BY_RULE,
    CAUSES,
    DELIVERY_WAYS,
    ENDED_WITHOUT_ACT,
    LEFT_TO_OFFICERS,
    LOOKED_UP,
    NOT_ACCEPTED_GROUNDS,
    OVERTAKING_REASONS,
    REVOCATION_GROUNDS,
    TERMINATION_GROUNDS,
)
from tongban.kernel import languages
from tongban.kernel.figures import Limit, Unit, in_words
from tongban.kernel.speech import day_in_words, spoken


def detail_of(event: Event) -> str:
    """What more there is to say of an event that needs no sealed text; empty where its name says all."""
    ways = (
        _of_a_rule,
        _of_a_turn,
        _of_a_window,
        _of_lateness,
        _of_the_flow,
        _of_tolerance,
        _of_more_time,
        _of_an_act,
    )
    return next((said for way in ways if (said := way(event))), "")


def _of_the_flow(event: Event) -> str:
    match event:
        case ApplicantTold(says=says):
            return languages.told(says)
        case FlowRegisterAway(asks_at=None):
            return _("不是本人直接申请的，由工作人员核对。")
        case FlowRegisterAway(tries=tries, asks_at=datetime() as again):
            return _("第 %(tries)s 次没有答复，%(at)s再问。") % {"tries": tries, "at": clock_in_words(again)}
        case CaseFlowMoved(title=str(title)) | FlowTableApplied(title=title) | RegisterAnswered(title=title):
            return _("：").join(filter(None, (languages.told(title), _ended_with(event.outcome or ""))))
        case _:
            return ""


def _ended_with(word: str) -> str:
    """The word that a step ended with: as its drawing has it, or as all that ask a register have."""
    return _(LOOKED_UP[word]) if word in LOOKED_UP else languages.told(word)


def _of_a_window(event: Event) -> str:
    match event:
        case (
            CaseSubmitted(received=Received(known=known, confirmed=confirmed))
            | CaseResubmitted(received=Received(known=known, confirmed=confirmed))
        ):
            return received_in_words(known, confirmed)
        case _:
            return ""


def _of_a_rule(event: Event) -> str:
    match event:
        case CaseAccepted(rule=str()) | CaseGranted(rule=str()):
            return _(BY_RULE)
        case CaseDelivered(way=way, rule=str()):
            return _("%(way)s，%(by_rule)s") % {"way": _(DELIVERY_WAYS[way]), "by_rule": _(BY_RULE)}
        case CaseRegisterAway(tries=tries, asks_at=at):
            return _("第 %(tries)s 次没有答复，%(at)s再问。") % {"tries": tries, "at": clock_in_words(at)}
        case CaseQueued(why=why):
            return _(LEFT_TO_OFFICERS.get(why, why))
        case _:
            return ""


def _of_a_turn(event: Event) -> str:
    match event:
        case CaseTaken(reason=str(reason)):
            named = {"reason": _(OVERTAKING_REASONS.get(reason, reason))}
            return _("优先办理，理由：%(reason)s。理由已经公开。") % named
        case CaseTaken(assigned_by=UUID()):
            return _("由负责人按先后次序分派。")
        case CaseSubmitted(after=tuple(after)):
            return _("要先有编号 %(numbers)s 的结果，在那之前不排队、不计时。") % {
                "numbers": _("、").join(after)
            }
        case CaseForwarded():
            return _("初审意见和全部材料报给上级单位，由它决定；材料不用再交一遍。")
        case CaseResultArrived(of=numbers):
            return _("用的是编号 %(numbers)s 的结果。") % {"numbers": _("、").join(numbers)}
        case CaseResultUndone(of=numbers):
            return _("编号 %(numbers)s 的准予撤销了。那一件重新准予以前，这一件不能准予；期限照算。") % {
                "numbers": _("、").join(numbers)
            }
        case CaseResultStandsAgain(of=numbers):
            return _("用的是编号 %(numbers)s 的结果。") % {"numbers": _("、").join(numbers)}
        case CaseAwaitsAgain(of=number):
            return _("编号 %(of)s 的决定撤销了，重新办理。不想再等的，可以撤回。") % {"of": number}
        case CaseReleased(untouched=True):
            return _("取走后一直没有处理，系统退回原来的位置。")
        case _:
            return ""


def _of_lateness(event: Event) -> str:
    match event:
        case SupervisionOrdered(answer_by=until):
            return _("请在 %(day)s前说明。") % {"day": day_in_words(date.fromisoformat(until["due"][:10]))}
        case LatenessExplained(cause=cause, until=until):
            told = {"cause": _(CAUSES.get(cause, cause)), "day": day_in_words(until)}
            return _("%(cause)s。现在预计最晚 %(day)s办到。") % told
        case _:
            return ""


def _of_an_act(event: Event) -> str:
    match event:
        case CaseAccepted(accepted_on=day) | CaseDeemedAccepted(accepted_on=day):
            return _("受理日是 %(day)s，期限从第二天数起。") % {"day": day_in_words(day)}
        case CaseSpecialProcedureStarted(told_until=day):
            return _("预计到 %(day)s，不算在期限里。") % {"day": day_in_words(day)}
        case CaseDelivered(way=way):
            return _(DELIVERY_WAYS.get(way, way))
        case CaseRevoked(ground=ground):
            return _(REVOCATION_GROUNDS.get(ground, ground))
        case CaseNotAccepted(ground=ground):
            return _(NOT_ACCEPTED_GROUNDS.get(ground, ground))
        case CaseTerminated(ground=ground, of=str(number)):
            return _(ENDED_WITHOUT_ACT[ground]) % {"of": number}
        case CaseTerminated(ground=ground):
            return _(TERMINATION_GROUNDS.get(ground, ground))
        case CaseReversed(act=act):
            return _("撤销“%(act)s”，恢复到那之前的状态和期限。") % {"act": _(ACT_NAMES[Act(act)])}
        case _:
            return ""


def _of_more_time(event: Event) -> str:
    match event:
        case CaseExtended(value=value, unit=unit):
            return _("延长 %(longer)s，已经负责人批准。") % {"longer": _longer(value, unit)}
        case CaseExtendedJointly(value=value, unit=unit, period=period, government=government):
            told = {
                "longer": _longer(value, unit),
                "day": day_in_words(date.fromisoformat(period["due"][:10])),
                "government": languages.told(government),
            }
            return _("一起办的期限延长 %(longer)s，最晚 %(day)s全部办完。%(government)s负责人已批准。") % told
        case _:
            return ""


def _longer(value: int, unit: str) -> str:
    return spoken(in_words(Limit(value, cast(Unit, unit))))


def _of_tolerance(event: Event) -> str:
    match event:
        case CaseAcceptedTolerantly(accepted_on=day, owed=owed, deadlines=held):
            counts = _("受理日是 %(day)s，期限从第二天数起。") % {"day": day_in_words(day)}
            due = Facts(deadlines=held).due("supply")
            if due is None:
                return counts + _("还要补交 %(number)s 份材料。") % {"number": len(owed)}
            told = {"number": len(owed), "day": day_in_words(due.day)}
            return counts + _("还要补交 %(number)s 份材料，最晚 %(day)s。") % told
        case CaseSupplied(owed=owed, received=received):
            left = _("还差 %(number)s 份。") % {"number": len(owed)} if owed else _("要后补的都交齐了。")
            return left + (received_in_words(received.known, received.confirmed) if received else "")
        case _:
            return ""
