"""What becomes of an act on a measure: an event, or a refusal with what to do instead."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from tongban.engine.calendar import legal_day
from tongban.kernel.access import Officer
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal
from tongban.plans import events as told
from tongban.plans.rules.life import SUPERVISING, Act, done_by, open_acts
from tongban.plans.rules.state import OPEN, MeasureState, Stage
from tongban.plans.rules.terms import STANDING, YEARS, later, term_on

LONGEST: Final = 2_000
LONGEST_LINK: Final = 500
_NUMBERS: Final = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
"""A mobile phone, or an identity number: what is said here stays for good."""


@dataclass(frozen=True, slots=True)
class Acting:
    """The officer at work, and when."""

    by: Officer
    at: datetime

    def signed(self) -> dict[str, Any]:
        """What every event says of who did it."""
        return {"at": self.at, "by": self.by.id, "body": self.by.body}


@dataclass(frozen=True, slots=True)
class Report:
    """How it stands, as `ProgressReported` tells it."""

    stands: str
    done: str
    hindered: str = ""
    help: str = ""
    next: str = ""
    next_by: date | None = None
    proof: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and what shows it."""

    done: str
    proof: str
    link: str = ""


def report(state: MeasureState, said: Report, acting: Acting) -> told.ProgressReported:
    """The lead says how it stands, a responsible body how its own part does."""
    part = acting.by.body != state.lead
    refuse_act(state, Act.REPORT_PART if part else Act.REPORT, acting.by)
    stands = _stands(said.stands)
    if stands is Stage.STUCK and not said.hindered.strip():
        raise _fault("hindered", "选了“遇到阻力”，没有写卡在哪里。", "请写清楚卡在哪里、要谁帮什么。")
    if said.next_by is not None and said.next_by < legal_day(acting.at):
        raise _fault("next_by", "下一步的日期已经过去。", "请填今天或者以后的日期。")
    kind = told.PartReported if part else told.ProgressReported
    return kind(
        **acting.signed(),
        stands=stands,
        done=plain("done", said.done),
        hindered=plain("hindered", said.hindered, required=False),
        help=plain("help", said.help, required=False),
        next=plain("next", said.next, required=False),
        next_by=said.next_by,
        proof=plain("proof", said.proof, required=False),
        link=_link(said.link),
    )


def declare(state: MeasureState, said: Done, acting: Acting) -> told.DoneDeclared:
    """The lead says that it is done, and what shows it."""
    refuse_act(state, Act.DECLARE, acting.by)
    done, proof = plain("done", said.done), plain("proof", said.proof)
    return told.DoneDeclared(**acting.signed(), done=done, proof=proof, link=_link(said.link))


def ask_postponement(state: MeasureState, until: date, reason: str, acting: Acting) -> told.PostponementAsked:
    """The lead asks for more time, and says why."""
    refuse_act(state, Act.ASK_POSTPONEMENT, acting.by)
    term = term_on(until)
    if until.year not in YEARS or not later(term, state.term) or until <= legal_day(acting.at):
        says = "新的期限没有比现在的期限晚，已经过去，或者太远。"
        raise _fault("until", says, "请填一个更晚的、今天以后的日期。")
    return told.PostponementAsked(**acting.signed(), term=term.code, reason=plain("reason", reason))


def confirm(state: MeasureState, reason: str, acting: Acting) -> told.DoneConfirmed:
    """Found done by who supervises; `reason` says how that was looked into."""
    refuse_act(state, Act.CONFIRM, acting.by)
    return told.DoneConfirmed(**acting.signed(), reason=plain("reason", reason))


def send_back(state: MeasureState, reason: str, acting: Acting) -> told.SentBack:
    """Declared, and not found done."""
    refuse_act(state, Act.SEND_BACK, acting.by)
    return told.SentBack(**acting.signed(), reason=plain("reason", reason))


def grant(state: MeasureState, reason: str, acting: Acting) -> told.PostponementGranted:
    """The time that the lead asked for."""
    refuse_act(state, Act.GRANT, acting.by)
    assert state.asked is not None, "open only where it was asked"
    why = plain("reason", reason)
    return told.PostponementGranted(**acting.signed(), term=state.asked.code, reason=why)


def decline(state: MeasureState, reason: str, acting: Acting) -> told.PostponementDeclined:
    """No more time."""
    refuse_act(state, Act.DECLINE, acting.by)
    return told.PostponementDeclined(**acting.signed(), reason=plain("reason", reason))


def change_lead(state: MeasureState, lead: BodyCode, reason: str, acting: Acting) -> told.LeadChanged:
    """Another body answers for it from now on."""
    refuse_act(state, Act.CHANGE_LEAD, acting.by)
    if lead == state.lead:
        raise _fault("lead", "牵头单位没有变。", "请选另一个单位。")
    return told.LeadChanged(**acting.signed(), lead=lead, reason=plain("reason", reason))


def reopen(state: MeasureState, reason: str, acting: Acting) -> told.MeasureReopened:
    """It was confirmed in error."""
    refuse_act(state, Act.REOPEN, acting.by)
    return told.MeasureReopened(**acting.signed(), reason=plain("reason", reason))


def drop(state: MeasureState, reason: str, acting: Acting) -> told.MeasureDropped:
    """The plan does not ask for it any more; `reason` names the document that says so."""
    refuse_act(state, Act.DROP, acting.by)
    return told.MeasureDropped(**acting.signed(), reason=plain("reason", reason))


def refuse_act(state: MeasureState, act: Act, by: Officer) -> None:
    """Refuse what may not be done with it now, or not by an officer of this body."""
    _refuse_closed(state, act)
    if done_by(act, state, by.body):
        return
    if act in SUPERVISING:
        raise Refusal(
            "plans.supervise.own",
            says="这一条由您自己的单位牵头，不能自己确认、自己批准。",
            do="请牵头单位以外的监督人员来办。",
            status=403,
        )
    raise Refusal(
        "plans.report.not-yours",
        says="这一件事不由您的单位来报。",
        do="牵头单位报整条的进展，责任单位报自己的部分；请回到这一条，从按钮进入。",
        status=403,
    )


def _refuse_closed(state: MeasureState, act: Act) -> None:
    if act in open_acts(state):
        return
    if state.term == STANDING and state.stage in OPEN:
        raise Refusal(
            "plans.act.standing",
            says="这一条是长期任务，不申报完成，也不延期。",
            do="请每年报一次进展；方案改了的，由监督人员重新导入。",
        )
    raise Refusal(
        "plans.act.closed",
        says="这一条现在不能这样办：可能已经申报、销号、调出方案，或者没有要答复的申请。",
        do="请回到这一条，看清现在的情况。",
    )


def plain(name: str, text: str, *, required: bool = True) -> str:
    """Words as they are kept; refused where they are missing, too many, or tell somebody's number."""
    said = text.strip()
    if required and len(said) < 2:
        raise _fault(name, "这一项没有写。", "请写一两句话。")
    if len(said) > LONGEST:
        raise _fault(name, f"这一项超过 {LONGEST} 字。", "请写短一点，细节放在证明材料里。")
    if _NUMBERS.search(said):
        raise _fault(name, "里面有手机号或者身份证号。", "台账长期保存，请删去个人的号码。")
    return said


def _link(text: str) -> str:
    """An address of the web, or of a page of this site; nothing else is followed by anybody."""
    said = text.strip()
    if not said:
        return ""
    try:
        parts = urlsplit(said)
    except ValueError:
        parts = urlsplit("")
    here = not parts.scheme and not parts.netloc and said.startswith("/") and "\\" not in said
    there = parts.scheme in ("http", "https") and bool(parts.netloc)
    sound = (here or there) and len(said) <= LONGEST_LINK and not re.search(r"[\s<>\"]", said)
    if not sound or _NUMBERS.search(said):
        do = "请粘贴以 https:// 开头的网址，或者本平台的地址，例如 /desk/figures。"
        raise _fault("link", "链接不对。", do)
    return said


def _stands(text: str) -> Stage:
    if text not in set(OPEN):
        raise _fault("stands", "没有选现在的情况。", "请选一项：还没开始、正在推进、遇到阻力。")
    return Stage(text)


def _fault(name: str, says: str, do: str) -> Refusal:
    """What is wrong with one thing that was said, at its place."""
    faults = [{"name": name, "says": says, "do": do}]
    return Refusal(f"plans.said.{name}", says=says, do=do, status=422, faults=faults)
