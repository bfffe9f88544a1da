"""What this viewer may do to a case now: each act with its legal effect and what it asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from tongban.cases.queries.flowing import TASK, changing_flow, may_ask, task_of, tasks_for
from tongban.cases.queries.jointly import may_be_longer
from tongban.cases.queries.lateness import of_lateness
from tongban.cases.queries.together import together
from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.approvals import delivered_by_rule, last_act
from tongban.cases.rules.effects import RELEASING, effect_of, effect_of_reversal, effect_of_taking
from tongban.cases.rules.life import Act
from tongban.cases.rules.posts import DEEDS, of_other_post
from tongban.cases.rules.review import grounds_to_end, grounds_to_revoke
from tongban.cases.rules.words import (
    ACT_NAMES,
    DELIVERY_WAYS,
    EVENT_WORDS,
    NOT_ACCEPTED_GROUNDS,
    OVERTAKING_REASONS,
    UNTRUE_COMMITMENT,
    cited,
)
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Viewer, allowed
from tongban.kernel.acts import Ask, OpenAct, choice, choices, words
from tongban.kernel.refusal import Refusal

_MAIN: Final = frozenset(
    {Act.ACCEPT, Act.ACCEPT_TOLERANTLY, Act.GRANT, Act.FORWARD, Act.DELIVER, Act.END_SPECIAL_PROCEDURE}
)
_APPROVED: Final = frozenset({Act.EXTEND, Act.EXTEND_JOINTLY, Act.REVOKE})
_DECISIONS: Final = frozenset({Act.GRANT, Act.REFUSE})
_APPLICANTS: Final = frozenset({Act.RESUBMIT, Act.SUPPLY, Act.WITHDRAW})
_OFFICERS: Final = (
    Act.ACCEPT,
    Act.ACCEPT_TOLERANTLY,
    Act.GRANT,
    Act.FORWARD,
    Act.END_SPECIAL_PROCEDURE,
    Act.DELIVER,
    Act.RETURN_FOR_CORRECTION,
    Act.REMIND,
    Act.REFUSE,
    Act.START_SPECIAL_PROCEDURE,
    Act.EXTEND,
    Act.EXTEND_JOINTLY,
    Act.REFUSE_ACCEPTANCE,
    Act.TERMINATE,
    Act.REVOKE,
)
"""In the order in which a desk shows them."""

GRANTED_AS_A_RULE: Final = "申请材料齐全、符合法定形式，经审查符合公布的办理条件。"
"""What most grants say; the officer may say it otherwise."""


_TEXTS: Final[Mapping[Act, tuple[str, ...]]] = {
    Act.EXTEND: ("为什么要延期",),
    Act.EXTEND_JOINTLY: ("为什么联合办理要更久", "政府负责人和申请人都会看到。"),
    Act.FORWARD: ("初审意见", "和全部材料一起报上去；作决定的人和申请人都会看到。"),
    Act.GRANT: ("决定的理由", "申请人会看到。", GRANTED_AS_A_RULE),
}
"""What the one text of an act is called, what is said beside it, and what it begins with."""


def acts_for(view: CaseView, viewer: Viewer, at: datetime) -> list[OpenAct]:
    """The acts that life, law and access leave open to this officer, the usual one first.

    No statement; one for who has a licence that is handled together with others.
    """
    officer = viewer.officer
    if officer is None or view.erased:
        return []
    found = [
        *of_lateness(view, viewer, at),
        *tasks_for(view, viewer, at),
        *_acts(view, viewer, officer, at),
        *_taking(view, viewer),
        *together(view, viewer, officer, legal_day(at)),
        *_undoing(view, viewer),
        *changing_flow(view, viewer),
    ]
    return sorted(found, key=lambda act: not act.main)


def codes_for(view: CaseView, viewer: Viewer, at: datetime) -> list[str]:
    """The codes of all acts that are open to this viewer now, officer or applicant. As `acts_for`.

    A task of its flow is told as the act that does it, for its place among those that wait is no code.
    """
    open_now = [act.code for act in acts_for(view, viewer, at)]
    found = {_doing(view, code, at) if code.startswith(TASK) else code for code in open_now}
    if not view.erased and allowed(viewer, Deed.ACT_AS_APPLICANT, view.state.thing):
        found |= view.acts & _APPLICANTS
    return sorted(found)


def _doing(view: CaseView, code: str, at: datetime) -> str:
    return "ask-opinion" if may_ask(view, task_of(view, code), at) else "complete-task"


def _acts(view: CaseView, viewer: Viewer, officer: Officer, at: datetime) -> Iterator[OpenAct]:
    serving = directory.colleagues(view.state.head.body, legal_day(at))
    for act in _OFFICERS:
        if of_other_post(view.state, view.law, act, officer, serving):
            continue
        if act in view.acts and allowed(viewer, DEEDS.get(act, Deed.HANDLE), view.state.thing):
            if act is Act.EXTEND_JOINTLY and not may_be_longer(view, officer, at):
                continue
            yield OpenAct(
                code=act,
                name=ACT_NAMES[act],
                effect=effect_of(act, view.state, Acting(officer, at, view.law)),
                asks=_asks(act, view, at),
                main=act in _MAIN or (act is Act.REVOKE and _found_untrue(view)),
                approval=act in _APPROVED or (act in _DECISIONS and bool(view.law.by_two)),
            )


def _found_untrue(view: CaseView) -> bool:
    return UNTRUE_COMMITMENT in grounds_to_revoke(view.state, view.law)


def _taking(view: CaseView, viewer: Viewer) -> Iterator[OpenAct]:
    thing = view.state.thing
    if view.state.turn.waits and view.place and allowed(viewer, Deed.TAKE, thing):
        earlier = view.place > 1
        asks = (choice("take-reason", "优先的理由", OVERTAKING_REASONS), words("take-text", "具体情况"))
        name = "不按次序取这一件" if earlier else "取这一件"
        effect = effect_of_taking(earlier)
        yield OpenAct("take", name, effect, asks if earlier else (), not earlier, earlier)
    if view.state.worked_on and allowed(viewer, Deed.HANDLE, thing):
        yield OpenAct("release", "退回队列", RELEASING)


def _undoing(view: CaseView, viewer: Viewer) -> Iterator[OpenAct]:
    if not allowed(viewer, Deed.REVERSE, view.state.thing):
        return
    try:
        _, kind = last_act(
            [told.event.kind for told in view.story],
            delivered_by_rule=delivered_by_rule(told.event for told in view.story),
        )
    except Refusal:
        return
    effect = effect_of_reversal(EVENT_WORDS[kind])
    asks = (words("reverse-text", "为什么撤销"),)
    yield OpenAct("reverse", "撤销最后一步处理", effect, asks, approval=True)


def _asks(act: Act, view: CaseView, at: datetime) -> tuple[Ask, ...]:
    match act:
        case Act.REFUSE_ACCEPTANCE:
            grounds = choice(f"{act}-ground", "依据", NOT_ACCEPTED_GROUNDS)
            return grounds, words(f"{act}-text", "告知申请人", "写明为什么，该向哪里申请。")
        case Act.RETURN_FOR_CORRECTION:
            return (Ask(f"{act}-faults", "要补正的内容", "faults"),)
        case Act.REMIND:
            return _asks_of_reminder(view)
        case Act.START_SPECIAL_PROCEDURE:
            kinds = {kind.code: kind.name for kind in view.law.procedures}
            until = Ask(f"{act}-told_until", "预计到哪一天", "date")
            return (
                choice(f"{act}-procedure", "哪一种程序", kinds),
                until,
                words(f"{act}-text", "书面告知申请人"),
            )
        case Act.EXTEND | Act.EXTEND_JOINTLY | Act.FORWARD | Act.GRANT:
            return (words(f"{act}-text", *_TEXTS[act]),)
        case Act.REFUSE | Act.REVOKE:
            return _asks_of_refusal(view) if act is Act.REFUSE else _asks_of_revocation(view)
        case Act.DELIVER:
            return (choice(f"{act}-way", "怎么送达", DELIVERY_WAYS, "online"),)
        case Act.TERMINATE:
            grounds = choice(f"{act}-ground", "依据", grounds_to_end(view.state, at))
            return grounds, words(f"{act}-text", "告知申请人")
        case _:
            return ()


def _asks_of_reminder(view: CaseView) -> tuple[Ask, ...]:
    """Only what the notice said can still be open (行政许可法 Art. 32(4): told once)."""
    act = Act.REMIND
    told = [fault["do"] for one in view.story for fault in one.faults]
    more = words(f"{act}-text", "补充说明", "不能提上次告知里没有的要求。")
    return choices(f"{act}-still_open", "上次告知里还没有补正的", dict.fromkeys(told)), replace(
        more, required=not told
    )


def _asks_of_refusal(view: CaseView) -> tuple[Ask, ...]:
    """The published conditions and rules of the item, to be ticked, and the reason in words."""
    act, item = Act.REFUSE, item_of(view.state)
    return (
        choices(f"{act}-unmet", "没有达到的条件", item.conditions),
        choices(f"{act}-law", "依据", _rules_of(item)),
        words(f"{act}-text", "不予批准的理由", "申请人会看到，要看得懂为什么。"),
    )


def _asks_of_revocation(view: CaseView) -> tuple[Ask, ...]:
    """The grounds that the law knows and the story bears out, the rules of the item, the reason in words."""
    act = Act.REVOKE
    return (
        choice(f"{act}-ground", "法定理由", grounds_to_revoke(view.state, view.law)),
        choices(f"{act}-law", "依据", _rules_of(item_of(view.state))),
        words(f"{act}-text", "撤销的理由", "写清楚查到了什么、要求怎么改、现在怎样。申请人会看到。"),
    )


def _rules_of(item: catalogue.Item) -> dict[str, None]:
    """The published rules of an item, cited, each with its sense."""
    return dict.fromkeys(f"{cited(f'{one.law} {one.article}')}：{one.sense}" for one in item.law)
