"""What an event says in the public log: only how it changes who waits; outcome and officer stay inside."""

from tongban.cases.events import (
    CaseForwarded,
    CaseGranted,
    CaseNotAccepted,
    CaseQueued,
    CaseRefused,
    CaseReleased,
    CaseReminded,
    CaseResubmitted,
    CaseResultArrived,
    CaseReturnedForCorrection,
    CaseReversed,
    CaseSubmitted,
    CaseTaken,
    CaseTerminated,
    CaseWithdrawn,
    Event,
)
from tongban.engine.tlog import Kind

_KINDS: dict[type[Event], Kind] = {
    CaseSubmitted: Kind.ARRIVED,
    CaseQueued: Kind.ARRIVED,
    CaseResultArrived: Kind.ARRIVED,
    CaseForwarded: Kind.ARRIVED,
    CaseTaken: Kind.TAKEN,
    CaseReleased: Kind.RELEASED,
    CaseReturnedForCorrection: Kind.SET_ASIDE,
    CaseReminded: Kind.SET_ASIDE,
    CaseResubmitted: Kind.BACK,
    CaseGranted: Kind.LEFT,
    CaseRefused: Kind.LEFT,
    CaseNotAccepted: Kind.LEFT,
    CaseWithdrawn: Kind.LEFT,
    CaseTerminated: Kind.LEFT,
}


def kind_of(event: Event) -> Kind:
    """The public kind of an event's leaf.

    What a rule takes in and grants never joins a queue; what waits for a result joins it when that is there,
    and leaves none where it never comes.
    """
    if isinstance(event, CaseSubmitted | CaseResultArrived | CaseGranted) and event.rule is not None:
        return Kind.OTHER
    if isinstance(event, CaseSubmitted) and event.after:
        return Kind.OTHER
    if isinstance(event, CaseTerminated) and event.of is not None:
        return Kind.OTHER
    if isinstance(event, CaseReversed):
        return Kind.BACK if event.waits else Kind.OTHER
    return _KINDS.get(type(event), Kind.OTHER)


def reason_of(event: Event) -> str | None:
    """The reason code that stands in clear: only of a taking that overtakes."""
    return event.reason if isinstance(event, CaseTaken) else None
