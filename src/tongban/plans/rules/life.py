"""What may be done with a measure at each stage, and on which side it is done."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tongban.kernel.access import Deed
from tongban.kernel.ids import BodyCode
from tongban.plans.rules.state import MeasureState, Stage


class Act(StrEnum):
    """What moves a measure, or tells of it."""

    REPORT = "report"
    REPORT_PART = "report-part"
    DECLARE = "declare"
    ASK_POSTPONEMENT = "postpone"
    CONFIRM = "confirm"
    SEND_BACK = "send-back"
    GRANT = "grant"
    DECLINE = "decline"
    CHANGE_LEAD = "change-lead"
    REOPEN = "reopen"
    DROP = "drop"


_TO_DO: Final = frozenset(
    {Act.REPORT, Act.REPORT_PART, Act.DECLARE, Act.ASK_POSTPONEMENT, Act.CHANGE_LEAD, Act.DROP}
)
LIFE: Final[Mapping[Stage, frozenset[Act]]] = {
    Stage.NOT_BEGUN: _TO_DO,
    Stage.UNDER_WAY: _TO_DO,
    Stage.STUCK: _TO_DO,
    Stage.DECLARED: frozenset({Act.CONFIRM, Act.SEND_BACK}),
    Stage.CONFIRMED: frozenset({Act.REOPEN}),
    Stage.DROPPED: frozenset(),
}
"""The acts that are open at a stage; what was asked or undertaken narrows them further (`open_acts`)."""

ANSWERING: Final = frozenset({Act.GRANT, Act.DECLINE})
"""They answer what the lead asked, at any stage that is open."""

SUPERVISING: Final = ANSWERING | {Act.CONFIRM, Act.SEND_BACK, Act.CHANGE_LEAD, Act.REOPEN, Act.DROP}
"""Done by who supervises, and never by the lead itself: two bodies always."""

DEEDS: Final[Mapping[Act, Deed]] = {
    Act.REPORT: Deed.REPORT_PROGRESS,
    Act.REPORT_PART: Deed.REPORT_PROGRESS,
    Act.DECLARE: Deed.ANSWER_FOR_MEASURE,
    Act.ASK_POSTPONEMENT: Deed.ANSWER_FOR_MEASURE,
    **dict.fromkeys(SUPERVISING, Deed.SUPERVISE_PLANS),
}
"""What the access function is asked for each act."""


def open_acts(state: MeasureState) -> frozenset[Act]:
    """What may be done with it now, by whoever it is whose it is to do."""
    found = LIFE[state.stage]
    if state.asked is not None:
        found = (found | ANSWERING) - {Act.ASK_POSTPONEMENT}
    if state.term.last is None:
        # What is for good is never done: it is reported on, year by year.
        found -= {Act.DECLARE, Act.ASK_POSTPONEMENT}
    return found


def done_by(act: Act, state: MeasureState, body: BodyCode) -> bool:
    """Whether an act is for officers of this body: the lead, a responsible one, or any but the lead."""
    if act in SUPERVISING:
        return body != state.lead
    if act is Act.REPORT_PART:
        return body != state.lead and body in state.responsible
    return body == state.lead
