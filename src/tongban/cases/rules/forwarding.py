"""Forwarding: a lower body examines, a higher one decides (行政许可法 Arts. 35 and 43).

The case goes up with all that was handed in: nobody may ask for it again. It arrives in the queue of the body
that decides, behind all who wait there, and leaves the hands in which it was. Who was asked for
an opinion has until the last day of the question; silence after it keeps nothing back, for the law's days go
on (Art. 45).
"""

from datetime import date

from tongban.cases.events import CaseForwarded
from tongban.cases.rules.acting import Acting, held_by, legally, open_to
from tongban.cases.rules.life import Act
from tongban.cases.rules.state import Awaited, CaseState
from tongban.kernel.ids import QueueId
from tongban.kernel.refusal import Refusal


def forward(state: CaseState, acting: Acting, *, queue: QueueId, text: str) -> CaseForwarded:
    """Send it up into that queue of the body that decides; `text` is the digest of what was found."""
    open_to(state, Act.FORWARD, acting.law)
    held_by(state, acting.by)
    superior = acting.law.superiors[state.head.body]
    event = CaseForwarded(
        at=acting.at,
        by=acting.by.id,
        forwarded_on=acting.today,
        was=state.head.body,
        body=superior.body,
        region=superior.region,
        queue=queue,
        text=text,
        unanswered=tuple(int(one.asking) for one in _questions(state)) or None,
    )
    return legally(state, event, acting.law)


def answer_first() -> Refusal:
    """The refusal while something asked in this body has not been answered: nobody there could any more."""
    return Refusal(
        "cases.forward.approval-open",
        says="这件事还有一项在等本单位批准，现在不能上报。",
        do="请先批准或者退回，再上报。",
    )


def answers_first(state: CaseState, today: date) -> None:
    """Refuse while an opinion may still come in its days: who decides shall have it before them."""
    days = [one.until for one in _questions(state) if one.until and not one.over and today <= one.until]
    if days:
        raise Refusal(
            "cases.forward.consultation-open",
            says="这件事征求的意见还没有答复，也还在答复期限里，现在不能上报。",
            do=f"请等答复，或者请对方写明不能答复；过了 {max(days)} 还没有答复的，可以上报，经过里会记下来。",
        )


def _questions(state: CaseState) -> list[Awaited]:
    """What was asked and not answered, approvals aside."""
    return [one for one in state.awaited if one.until is not None]
