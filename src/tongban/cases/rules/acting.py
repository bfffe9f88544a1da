"""What every act asks first, and what every legal event carries at last."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from tongban.cases.events import LegalEvent
from tongban.cases.rules.clocks import deadlines
from tongban.cases.rules.evolve import evolve
from tongban.cases.rules.law import Law, acts_of, closed_by_what_is_owed, closed_by_what_is_undone
from tongban.cases.rules.life import LIFE, Act
from tongban.cases.rules.place import closed_by_flow, steps_in
from tongban.cases.rules.state import CaseState
from tongban.cases.rules.words import ACT_NAMES, STAGE_NAMES
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal

E = TypeVar("E", bound=LegalEvent)


@dataclass(frozen=True, slots=True)
class Acting:
    """An officer at work on a case: who, when, and under which law."""

    by: Officer
    at: datetime
    law: Law

    @property
    def today(self) -> date:
        """The legal day of the act."""
        return legal_day(self.at)


MOST_TEXT = 20_000
"""Characters of one notice or decision; a longer one is a file."""


def legally(state: CaseState, event: E, law: Law) -> E:
    """The event with the deadlines that hold after it."""
    return replace(event, deadlines=deadlines(evolve(state, event).facts, law))


def open_to(state: CaseState, act: Act, law: Law) -> None:
    """Refuse an act that this stage or this law does not know."""
    if act in acts_of(state, law):
        return
    if act in LIFE[state.stage] and law.knows(act) and act in closed_by_what_is_owed(state):
        raise _owed_otherwise(state, act, law)
    if act in LIFE[state.stage] and law.knows(act) and act in closed_by_what_is_undone(state):
        raise not_upon(act, state.facts.undone)
    if act in LIFE[state.stage] and act is Act.EXTEND and state.facts.extended_by is not None:
        raise Refusal(
            "cases.extend.once",
            says="这件事已经延期过一次，依法不能再延期。",
            do="请在现有期限内作出决定。",
        )
    if act in closed_by_flow(state, law.net):
        waiting = "、".join(node.name for node in steps_in(state, law.net))
        raise Refusal(
            f"cases.{act}.not-yet",
            says=_("按这件事的流程，现在还不到“%(act)s”。") % {"act": _(ACT_NAMES[act])},
            do=_("请先办完：%(tasks)s。") % {"tasks": waiting or _("前面的步骤")},
        )
    if act in LIFE[state.stage]:
        raise Refusal(
            f"cases.{act}.not-in-law",
            says=_("“%(item)s”适用的规定（%(law)s）没有“%(act)s”。")
            % {"item": state.head.item, "law": law.regime.name, "act": _(ACT_NAMES[act])},
            do=_("请按这件事适用的规定办理。"),
        )
    raise Refusal(
        f"cases.{act}.wrong-stage",
        says=_("这件事现在是“%(stage)s”，不能%(act)s。")
        % {"stage": _(STAGE_NAMES[state.stage]), "act": _(ACT_NAMES[act])},
        do=_("请刷新页面，看看这件事现在能办什么。"),
    )


def _owed_otherwise(state: CaseState, act: Act, law: Law) -> Refusal:
    """The refusal of an act because something is owed, or because nothing is."""
    listed = "、".join(law.later.get(kind, kind) for kind in state.facts.owed)
    match act:
        case Act.ACCEPT:
            says = f"可以后补的材料还没有交：{listed}。"
            do = "请按“容缺受理”办，系统会告诉申请人还差什么、最晚哪天补齐。"
        case Act.GRANT:
            says = f"容缺受理的材料还没有补齐：{listed}。"
            do = "补齐以后才能准予。过了期限还没有补齐的，可以不予批准，或者终止。"
        case Act.FORWARD:
            says = f"容缺受理的材料还没有补齐：{listed}。"
            do = "补齐以后再上报，作决定的单位要看到全部材料。过了期限还没有补齐的，可以终止。"
        case Act.SUPPLY:
            return Refusal(
                "cases.supply.nothing-owed",
                says=_("这件事没有要补交的材料。"),
                do=_("不用再交。有要说明的，可以给工作人员留言。"),
            )
        case _:
            return Refusal(
                f"cases.{act}.nothing-owed",
                says="该交的材料都在，没有要后补的。",
                do="请直接受理。",
            )
    return Refusal(f"cases.{act}.owed", says=says, do=do)


def not_upon(act: Act, undone: Iterable[str]) -> Refusal:
    """The refusal of an act upon results of other cases that do not stand any more."""
    return Refusal(
        f"cases.{act}.result-undone",
        says=f"这件事要用编号 {'、'.join(undone)} 的结果，那个结果已经撤销，现在没有，不能{ACT_NAMES[act]}。",
        do="请等那一件重新准予以后再办；那一件不会准予、期限又要到的，依法决定不予批准，写明理由。",
    )


def held_by(state: CaseState, officer: Officer) -> None:
    """Refuse an officer in whose hands the case is not, nor in those of one for whom they stand in."""
    if not officer.acts_as(state.turn.taken_by):
        raise Refusal(
            "cases.not-taken-by-you",
            says="这件事不在您手上，不能办理。",
            do="请先从队列里取件；如在同事手上，请等其退回。",
            status=403,
        )


def one_of(code: str, known: dict[str, str], what: str) -> None:
    """Refuse a code that is not in the list."""
    if code not in known:
        listed = "、".join(f"{key}（{name}）" for key, name in known.items())
        raise Refusal(
            f"cases.{what}.unknown",
            says=f"没有这个选项：{code[:40]}。",
            do=f"请从这些里选一个：{listed}。",
            status=422,
        )


def told(text: str, what: str) -> str:
    """The text of a notice, trimmed; refused when empty or too long, for a reason must be given."""
    text = text.strip()
    if not text:
        raise Refusal(
            f"cases.{what}.text-missing",
            says=_("没有写%(what)s。") % {"what": what_is(what)},
            do=_("请写清楚，申请人要看得懂为什么、该怎么做。"),
            status=422,
        )
    if len(text) > MOST_TEXT:
        raise Refusal(
            f"cases.{what}.text-too-long",
            says=_("%(what)s超过 %(most)s 字。") % {"what": what_is(what), "most": MOST_TEXT},
            do=_("请写得简短一些，或作为附件另行送达。"),
            status=422,
        )
    return text


def what_is(what: str) -> str:
    """What a text is called in a refusal."""
    return {
        "reason": _("理由"),
        "notice": _("告知内容"),
        "faults": _("需要补正的内容"),
    }.get(what, _("内容"))


def unknown(number: str) -> Refusal:
    """No such case; the same words whether the number is wrong or the case is."""
    return Refusal(
        "cases.unknown",
        says=_("没有编号为 %(number)s 的办件。") % {"number": number[:40]},
        do=_("请核对收件凭证上的办件编号。"),
        status=404,
    )
