"""What an event changes. `evolve` never refuses."""

from dataclasses import replace
from functools import reduce
from typing import Any

from tongban.certificates.events import (
    CertificateCancelled,
    CertificateEndorsed,
    CertificateExpired,
    CertificateIssued,
    CertificateReplaced,
    CertificateRestored,
    CertificateRevoked,
    CertificateSuspended,
    Event,
    MandateEnded,
    RevocationAsked,
    RevocationDeclined,
)
from tongban.certificates.rules.life import GROUNDS, Status
from tongban.certificates.rules.state import Asked, CertificateState


def evolve(state: CertificateState, event: Event) -> CertificateState:
    """The certificate after the event."""
    return replace(state, version=state.version + 1, **_changed(state, event))


def fold(state: CertificateState, events: list[Event]) -> CertificateState:
    """The certificate after all of them."""
    return reduce(evolve, events, state)


def _changed(state: CertificateState, event: Event) -> dict[str, Any]:
    match event:
        case CertificateIssued(issued_on=day, valid_until=until, endorsed_until=endorsed):
            return {
                "status": Status.VALID,
                "issued_on": day,
                "valid_until": until,
                "endorsed_until": endorsed,
            }
        case CertificateSuspended():
            return {"status": Status.SUSPENDED}
        case CertificateRestored():
            return {"status": Status.VALID}
        case CertificateEndorsed(until=day):
            return {"endorsed_until": day}
        case RevocationAsked(by=officer, ground=ground):
            return {"asked": Asked(officer, ground, state.version + 1) if officer else None}
        case RevocationDeclined():
            return {"asked": None}
        case MandateEnded():
            return {}
        case _:
            return {"status": _ending(event), "asked": None}


def _ending(event: Event) -> Status:
    match event:
        case CertificateRevoked(ground=ground):
            return GROUNDS[ground][1]
        case CertificateCancelled():
            return Status.CANCELLED
        case CertificateReplaced() | CertificateExpired():
            return Status.LAPSED
        case _:
            raise TypeError(f"no certificate ends with {event.kind}")
