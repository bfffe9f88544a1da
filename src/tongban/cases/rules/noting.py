"""Notes: a word for the office alone, kept with the case; it moves no clock and is never changed."""

from datetime import datetime

from tongban.cases.events import CaseNoted
from tongban.cases.rules.state import CaseState
from tongban.kernel.access import Officer
from tongban.kernel.refusal import Refusal


def note(state: CaseState, *, by: Officer, at: datetime, text: str) -> CaseNoted:
    """Write a word down; `text` is its salted digest."""
    if state.closed:
        raise Refusal(
            "cases.note.over",
            says="这件事已经结束，不能再写备注。",
            do="需要更正处理的，请撤销最后一步处理，写明理由。",
        )
    return CaseNoted(at=at, by=by.id, text=text)
