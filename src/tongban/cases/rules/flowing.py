"""The flow inside a case: which task an act completes, what waits after it, and until when.

The legal life of a case is the table of `life`; a flow only says in which order the office does what it must.
An act that the drawing shows can be done where its task waits, and completes that task; an act that it does
not show hangs on the legal life alone. So there are no two machines that could disagree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final

from tongban.cases.events import (
    ApplicantTold,
    CaseAccepted,
    CaseAcceptedTolerantly,
    CaseDeemedAccepted,
    CaseDelivered,
    CaseExtended,
    CaseFlowMoved,
    CaseForwarded,
    CaseGranted,
    CaseNotAccepted,
    CaseRefused,
    CaseReminded,
    CaseResubmitted,
    CaseResultArrived,
    CaseReturnedForCorrection,
    CaseRevoked,
    CaseSpecialProcedureEnded,
    CaseSpecialProcedureStarted,
    CaseSubmitted,
    CaseSupplied,
    ConsultationAnswered,
    ConsultationDeclined,
    Event,
    FlowTableApplied,
    RegisterAnswered,
)
from tongban.cases.rules.acting import Acting, held_by
from tongban.cases.rules.clocks import LATER, LATER_RULE, dated
from tongban.cases.rules.evolve import evolve
from tongban.cases.rules.law import BodyNamed, Law
from tongban.cases.rules.life import LIFE_OF_FLOWS, Act, Stage
from tongban.cases.rules.place import (
    bound_to,
    drawn_as,
    due_of,
    key_of,
    marking_of,
    signed_by,
    since_of,
    tasks_in,
    timers_of,
    wait_of,
)
from tongban.cases.rules.state import CaseState
from tongban.engine import flow
from tongban.engine.calendar import Calendar, Clock, OutsideCalendar, legal_day
from tongban.engine.expressions import given_for, types_of
from tongban.engine.flow import Advance, Kind, Net, Node, Open, Timer
from tongban.engine.forms import Form
from tongban.kernel.access import covers
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal

ACT_OF: Final[Mapping[type[Event], Act]] = {
    CaseAccepted: Act.ACCEPT,
    CaseDeemedAccepted: Act.ACCEPT,
    CaseAcceptedTolerantly: Act.ACCEPT_TOLERANTLY,
    CaseSupplied: Act.SUPPLY,
    CaseNotAccepted: Act.REFUSE_ACCEPTANCE,
    CaseReturnedForCorrection: Act.RETURN_FOR_CORRECTION,
    CaseReminded: Act.REMIND,
    CaseResubmitted: Act.RESUBMIT,
    CaseSpecialProcedureStarted: Act.START_SPECIAL_PROCEDURE,
    CaseSpecialProcedureEnded: Act.END_SPECIAL_PROCEDURE,
    CaseExtended: Act.EXTEND,
    CaseForwarded: Act.FORWARD,
    CaseGranted: Act.GRANT,
    CaseRefused: Act.REFUSE,
    CaseDelivered: Act.DELIVER,
    CaseRevoked: Act.REVOKE,
}
"""The act that an event records; silence accepts as an officer does. Supplying is done once all is there."""

CanAnswer = Callable[[BodyCode], bool]
"""Whether a body can be asked for its opinion of a case today."""

Facts = Callable[[], Mapping[str, Any]]
"""The answers of the form, opened only where a condition of the drawing asks for them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an officer says of a task: the word it ends with, and the digest of what they wrote, if any."""

    task: str
    outcome: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits: its key, its place in the drawing, and the last day of its limit, if it has one.

    `asks`: whose opinion it asks, where another body does it by answering; `asked`: whether they were asked.
    """

    key: str
    node: Node
    due: date | None
    asks: BodyNamed | None = None
    asked: bool = False


def follow(before: CaseState, event: Event, law: Law, facts: Facts) -> CaseFlowMoved | None:
    """How the flow goes on after an event: it begins, or the task is done that the act completes.

    What waits for the result of another case begins when that is there: no limit runs before.
    """
    net = law.net
    if net is None:
        return None
    if isinstance(event, CaseResultArrived) or (isinstance(event, CaseSubmitted) and not event.after):
        data = _data(net, facts)
        return _moved(evolve(before, event), law, _tried(lambda: flow.start(net, data)), event.at)
    if isinstance(event, FlowTableApplied | RegisterAnswered | ApplicantTold):
        said = {} if isinstance(event, ApplicantTold) else {"outcome": event.outcome}
        data = {**_data(net, facts), **said}
        return _completed(evolve(before, event), wait_of(event.task), data, law, event.at)
    if (answered := _answered(before, event, net)) is not None:
        return _completed(before, answered, _data(net, facts), law, event.at)
    act = None if isinstance(event, CaseSupplied) and event.owed else ACT_OF.get(type(event))
    shown = None if act is None else drawn_as(act, net)
    wait = None if shown is None else bound_to(before, net, shown)
    if shown is None or wait is None:
        return None
    return _completed(evolve(before, event), wait, {**_data(net, facts), "act": shown}, law, event.at)


def complete(
    state: CaseState, acting: Acting, facts: Facts, done: Done, can_answer: CanAnswer
) -> CaseFlowMoved:
    """A task that is no legal act is done, and ended with one of its words where it has any.

    Whoever has the case in hand does it; where it asks whom nobody can ask, they say why none was asked.
    """
    held_by(state, acting.by)
    found = {waiting.key: waiting for waiting in waiting_in(state, acting.law)}.get(done.task)
    if found is None or found.node.acts or (found.asks and can_answer(found.asks.body)):
        raise Refusal(
            "cases.flow.not-open",
            says="这一步现在不用办：已经办完了，或者还没有轮到。",
            do="请刷新页面，看看现在该办哪一步。",
        )
    if found.asks and done.text is None:
        raise _why_unasked(found.asks.name)
    if str(acting.by.id) in signed_by(state, found.node.id):
        raise Refusal(
            "cases.flow.signed",
            says=f"“{found.node.name}”要几个人各办一次，您已经办过了。",
            do="请把这件移交给下一位同事来办。",
        )
    if done.outcome not in (found.node.outcomes or ("",)):
        raise Refusal(
            "cases.flow.outcome",
            says=f"没有选“{found.node.name}”的结果。",
            do=f"请从这些里选一个：{'、'.join(found.node.outcomes) or '（不用选）'}。",
            status=422,
        )
    net = acting.law.net
    assert net is not None
    said = {"outcome": done.outcome} if done.outcome else {}
    moved = _completed(state, wait_of(done.task), {**_data(net, facts), **said}, acting.law, acting.at)
    return replace(moved, by=acting.by.id, outcome=done.outcome or None, text=done.text)


def _why_unasked(asked: str) -> Refusal:
    return Refusal(
        "cases.flow.why-unasked",
        says=f"没有写为什么不征求“{asked}”的意见。",
        do="请写明原因，例如那个单位现在没有能答复的人，或者要问的就是本单位。",
        status=422,
    )


def passed(state: CaseState, law: Law, facts: Facts, *, task: str, at: datetime) -> CaseFlowMoved:
    """A task that takes in is over without anybody: silence has taken in already (行政许可法 Art. 32)."""
    net = law.net
    assert net is not None
    act = next(one for one in net.node(wait_of(task).node).acts if one in LIFE_OF_FLOWS.accepts)
    return _completed(state, wait_of(task), {**_data(net, facts), "act": act}, law, at)


def asking(state: CaseState, law: Law, task: str, can_answer: CanAnswer) -> Waiting:
    """The task that asks for an opinion, and has not asked yet; refused where it is none, or has.

    Refused as well where nobody could answer: then the task is ended by saying so.
    """
    found = next((one for one in waiting_in(state, law) if one.key == task and one.asks), None)
    if found is None or found.asked:
        raise Refusal(
            "cases.flow.not-asking",
            says="这一步现在不用征求意见：已经征求过，或者还没有轮到。",
            do="请刷新页面，看看现在该办哪一步。",
        )
    if found.asks and not can_answer(found.asks.body):
        raise Refusal(
            "cases.flow.nobody-to-ask",
            says=f"“{found.asks.name}”现在没有别人能答复这件事的征求意见。",
            do="请写明原因，办完这一步，流程就往下走。",
        )
    return found


def _answered(before: CaseState, event: Event, net: Net) -> Open | None:
    """The task that an answer completes, if it still waits; why there is no opinion completes it as well."""
    if not isinstance(event, ConsultationAnswered | ConsultationDeclined):
        return None
    asking = str(event.consultation)
    tasks = [one.task for one in before.awaited if one.asking == asking and not one.over]
    return next((wait for wait in tasks_in(before, net) if key_of(wait) in tasks), None)


def fire(state: CaseState, law: Law, facts: Facts, *, at: datetime) -> CaseFlowMoved | None:
    """The timer of the flow that is due longest goes off; None where none is due."""
    net, due = law.net, next(iter(timers_of(state, law.net)), None)
    if net is None or due is None or due[0] > at:
        return None
    wait = wait_of(due[1])
    marking = marking_of(state)
    advance = _tried(lambda: flow.fire(net, marking, wait.node, _data(net, facts), wait.instance))
    return _moved(state, law, advance, at, done=due[1])


def waiting_in(state: CaseState, law: Law) -> list[Waiting]:
    """The tasks that wait now, in the order of the drawing; none where the case follows no flow."""
    if law.net is None or state.facts.flow is None or state.closed:
        return []
    due = due_of(state)
    found = []
    for wait in tasks_in(state, law.net):
        key = key_of(wait)
        last = date.fromisoformat(due[key]) if key in due else None
        asked = any(one.task == key and not one.over for one in state.awaited)
        found.append(Waiting(key, law.net.node(wait.node), last, _whom(state, law, wait.node), asked))
    return found


def _whom(state: CaseState, law: Law, task: str) -> BodyNamed | None:
    """Whose opinion a task asks: the nearest body whose region holds the case's; None of most tasks."""
    holding = [one for one in law.asks.get(task, ()) if covers(one.region, state.head.region)]
    return max(holding, key=lambda one: len(one.region.rstrip("0")), default=None)


def done_in(events: Iterable[Event]) -> set[str]:
    """The ids of what was done or happened in these events."""
    moves = (event.done for event in events if isinstance(event, CaseFlowMoved))
    return {wait_of(done).node for done in moves if done is not None}


def is_own_step(event: Event) -> bool:
    """Whether this event tells of a step that no legal act told of already."""
    return not isinstance(event, CaseFlowMoved) or event.by is not None


def _completed(
    state: CaseState, wait: Open, data: Mapping[str, Any], law: Law, at: datetime
) -> CaseFlowMoved:
    net, marking = law.net, marking_of(state)
    assert net is not None
    goes_on = flow.complete if net.node(wait.node).is_task else flow.fire
    advance = _tried(lambda: goes_on(net, marking, wait.node, data, wait.instance))
    return _moved(state, law, advance, at, done=key_of(wait))


def _tried(advance: Callable[[], Advance]) -> Advance:
    try:
        return advance()
    except flow.UsedUp as error:
        raise Refusal(
            "cases.flow.used-up",
            says="按这件事的流程，这一步已经做满了次数，不能再回头。",
            do="请作出其他处理；确实需要再来一次的，请负责人修改流程图。",
        ) from error
    except flow.NoWay as error:
        raise Refusal(
            "cases.flow.no-way",
            says=f"流程图在“{error}”没有可走的路。",
            do="请把这条提示告诉管理员，修改流程图后再办。",
        ) from error


def _moved(
    state: CaseState, law: Law, advance: Advance, at: datetime, *, done: str | None = None
) -> CaseFlowMoved:
    """The event of a step; `state` is the case after the act that made it."""
    assert law.net is not None
    over = {*map(key_of, advance.closed), done}
    due = {key: until for key, until in due_of(state).items() if key not in over}
    since = {key: day for key, day in since_of(state).items() if key not in over}
    moved = CaseFlowMoved(
        at=at,
        item_version=law.net_version,
        done=done,
        title=law.net.node(wait_of(done).node).name or None if done else None,
        marking=flow.as_bytes(advance.marking).decode(),
        opened=tuple(key_of(wait) for wait in advance.opened),
        closed=tuple(key_of(wait) for wait in advance.closed),
        due=due | dict(_deadlines(law.net, advance.opened, law.calendar, at)),
        since=since | dict(_since(law.net, advance.opened, at)),
        asks=tuple(key_of(wait) for wait in advance.opened if wait.node in law.looks) or None,
    )
    if state.stage is not Stage.DELIVERED:
        return moved
    return replace(moved, deadlines=_later(law.net, moved.since, law.calendar))


def _deadlines(
    net: Net, opened: tuple[Open, ...], calendar: Calendar, at: datetime
) -> Iterator[tuple[str, str]]:
    """Until when each of these is to be done, or goes off; nothing of what lies past the calendar."""
    for wait in opened:
        node = net.node(wait.node)
        timed = node.kind is Kind.TIMER
        length = node.timer if timed else node.limit
        if length is None:
            continue
        with suppress(OutsideCalendar):
            until = Clock(length.value, _started(length, at), unit=length.unit, rule=node.id).due(calendar)
            yield key_of(wait), until.ends.isoformat() if timed else until.due.isoformat()


def _since(net: Net, opened: tuple[Open, ...], at: datetime) -> Iterator[tuple[str, str]]:
    """From when the limit of each of these tasks runs."""
    for wait in opened:
        limit = net.node(wait.node).limit
        if limit is not None:
            yield key_of(wait), _started(limit, at).isoformat()


def _started(length: Timer, at: datetime) -> date:
    return at if length.unit == "hour" else legal_day(at)


def _later(net: Net, since: Mapping[str, str], calendar: Calendar) -> dict[str, Mapping[str, Any]]:
    """The first deadline of what waits once the result is delivered; none where nothing with a limit does."""
    found = []
    for key, began in since.items():
        limit = net.node(wait_of(key).node).limit
        assert limit is not None
        started = datetime.fromisoformat(began) if limit.unit == "hour" else date.fromisoformat(began)
        with suppress(OutsideCalendar):
            found.append(dated(Clock(limit.value, started, unit=limit.unit, rule=LATER_RULE), calendar))
    return {LATER: min(found, key=itemgetter("due"))} if found else {}


def facts_of(answers: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Answers as conditions ask for them: by field, numbers as numbers, None where nothing was answered."""
    return given_for(answers, [(name, type_.or_nothing) for name, type_ in types_of(form).items()])


def _data(net: Net, facts: Facts) -> Mapping[str, Any]:
    return facts() if net.asks else {}
