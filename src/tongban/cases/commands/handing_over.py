"""Handing over: a colleague goes on with the case; clock, place and the four hours stay as they are."""

from datetime import datetime

from tongban.cases.commands.change import Acted, changing
from tongban.cases.rules import handing_over
from tongban.cases.rules.approvals import ASKED_BY_HOLDER
from tongban.cases.rules.messages import worded
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.ids import OfficerId, Version
from tongban.kernel.sql import run


def hand_over(  # noqa: PLR0913 - who, to whom, why, and upon what was seen
    number: str, *, seen: Version | None, to: OfficerId, by: Viewer, at: datetime, text: str
) -> Acted:
    """Hand a case on, by whoever has it or a leader; refused to who may not handle it today."""
    with changing(number, at=at, seen=seen) as change:
        who, state = change.officer(by, Deed.HAND_OVER), change.state
        receiver = handing_over.may_receive(directory.officer(to, legal_day(at)), state.head.body)
        digest = change.seal("hand-over", worded(text, "hand-over"))
        event = handing_over.hand_over(state, to=receiver, by=who, at=at, text=digest)
        waiting = run(
            "select 1 from cases_approval where case_id = $1::bigint and given is null"
            " and act = any($2::text[])",
            (state.head.id, sorted(ASKED_BY_HOLDER)),
        )
        if waiting:
            raise handing_over.answer_first()
        change.record(event)
        return change.acted
