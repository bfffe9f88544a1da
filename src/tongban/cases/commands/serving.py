"""Serving somebody at a window: their draft in an officer's hands for a day at most, and on record."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from tongban.cases.commands.drafts import Beginning, begin
from tongban.cases.events import Received
from tongban.cases.models.drafts import Opened, Writer, row_of_draft, standing_of_draft
from tongban.cases.rules import serving
from tongban.cases.rules.drafting import Filled, unknown_draft
from tongban.cases.rules.serving import SIGNED_PAPER, Confirmed, Hold, KnownBy
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Officer, Purpose, Thing, Viewer, allow
from tongban.kernel.ids import CaseId, ItemCode, PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger


@dataclass(frozen=True, slots=True)
class Served:
    """Whom an officer serves at a window, and how the window knew them."""

    person: PersonKey
    known: KnownBy


def begin_for(slug: ItemCode, beginning: Beginning, served: Served, *, by: Viewer, at: datetime) -> UUID:
    """Begin a draft for somebody at a window: it is theirs, and in this officer's hands for the day.

    Six statements and those of `known_of`. Refused where no window of the officer's receives for that office;
    of a joint service, for the office of every item of it.
    """
    offices = _offices(catalogue.service(slug), beginning.office)
    for thing in [Thing(body=one.body, region=one.region) for one in offices] or [Thing()]:
        officer = receiving(by, thing)
    draft = begin(slug, beginning, by=Writer(identity.served(served.person, by, at)), at=at)
    with transaction.atomic():
        _put(draft, serving.hold_of(officer, served.known, at))
        record_receiving(served.person, officer, "draft", at)
    return draft


def _offices(service: catalogue.Service, region: str) -> list[catalogue.Office]:
    """Which offices handle it in a region, of a joint service one for each item; none where one lacks."""
    items = service.items if isinstance(service, catalogue.Joint) else (service,)
    found = [next((one for one in item.offices if one.region == region), None) for item in items]
    return [one for one in found if one is not None] if all(found) else []


def take_up(draft: UUID, served: Served, *, by: Viewer, at: datetime) -> None:
    """Go on with a draft that was begun at a window of this body and that nobody has in hand any more.

    Three statements. Refused for one of somebody else, one that its owner took home, one handed in, and one
    that a colleague is filling in.
    """
    with _at_window(draft, served.person, by) as hold:
        officer = receiving(by, Thing(body=hold.body))
        serving.refuse_held_elsewhere(hold, officer, at)
        _put(draft, serving.hold_of(officer, served.known, at))
        record_receiving(served.person, officer, "draft", at)


def give_back(draft: UUID, person: PersonKey, *, by: Viewer, at: datetime) -> None:
    """Leave a draft to its owner alone: from now on it is among theirs, and no window opens it any more."""
    with _at_window(draft, person, by) as hold:
        officer = receiving(by, Thing(body=hold.body))
        serving.refuse_held_elsewhere(hold, officer, at)
        _put(draft, None)


def give_back_all(person: PersonKey, *, by: Viewer) -> None:
    """Leave to a person every draft of theirs that this officer has in hand. One statement."""
    assert by.officer is not None
    run(
        "update cases_draft set held_by = null, held_at = null, held_until = null, held_known = null"
        " where owner = $1::bytea and held_by = $2::uuid and submitted is null",
        (person, by.officer.id),
    )


def receiving(by: Viewer, thing: Thing) -> Officer:
    """The officer who may receive at a window for this body or region; refused to anyone else."""
    allow(by, Deed.RECEIVE, thing)
    assert by.officer is not None
    return by.officer


def record_receiving(person: PersonKey, officer: Officer, what: str, at: datetime) -> None:
    """Record what a window was shown of somebody before there was a case. One statement."""
    ledger.record_look(ledger.Looked(None, person, officer, Purpose.RECEIVING, what), at)


def record_handed_in(number: str, officer: Officer, at: datetime) -> None:
    """Record with a new case, or with each of a joint service, who filled it in at a window.

    One statement, and one for each case.
    """
    for case, applicant in run(load("tongban.cases", "handed_in"), (number,)):
        key = PersonKey(bytes(applicant))
        looked = ledger.Looked(CaseId(case), key, officer, Purpose.RECEIVING, "content")
        ledger.record_look(looked, at)


def received_of(before: Opened, filled: Filled, confirmed: str, owner: Viewer, officer: Officer) -> Received:
    """How a window received what is handed in now; refused where nobody said how its owner confirmed it.

    At most two statements, to count what was typed again; no register is asked only to count.
    """
    assert before.hold is not None
    said = serving.confirmed_in(confirmed, len(filled.files.get(SIGNED_PAPER, ())))
    again = serving.typed_again(filled.answers, filled.sources, _known(owner))
    known = str(before.hold.known)
    return Received(
        officer=officer.id, body=officer.body, known=known, confirmed=str(said), typed_again=again
    )


def corrected_at_window(
    known: KnownBy, typed: Mapping[str, Any], confirmed: str, *, owner: Viewer, officer: Officer
) -> Received:
    """How a window received corrections; `typed` are the answers that differ from those before.

    Refused where nobody said that the person read them. At most two statements.
    """
    serving.refuse_unread(confirmed)
    again = serving.typed_again(typed, {}, _known(owner))
    read = str(Confirmed.READ)
    return Received(
        officer=officer.id, body=officer.body, known=str(known), confirmed=read, typed_again=again
    )


class Standing(Protocol):
    """Who stands at an officer's window at that moment, as the context that receives people knows it."""

    def __call__(self, officer: Viewer, at: datetime, /) -> Sequence[Served]: ...


def _nobody_knows(officer: Viewer, at: datetime, /) -> Sequence[Served]:
    raise RuntimeError("cases was not told who stands at windows: wiring calls cases.supply")


class _Supplied:
    standing: Standing = staticmethod(_nobody_knows)


def supply(*, standing: Standing) -> None:
    """Say who stands at whose window."""
    _Supplied.standing = staticmethod(standing)


def standing_here(officer: Viewer, at: datetime) -> Sequence[Served]:
    """Whom this officer receives at the moment."""
    return _Supplied.standing(officer, at)


def _known(owner: Viewer) -> list[str]:
    """What the platform holds of a person and of whom they act for, in words that a form may ask for."""
    assert owner.person is not None
    profile = identity.profile_of(owner.person)
    own = [profile.name, profile.id_number, profile.phone] if profile else []
    enterprises = [one for one in identity.principals_of(owner) if not one.person]
    return [*own, *(text for one in enterprises for text in (one.name, one.code))]


@contextmanager
def _at_window(draft: UUID, person: PersonKey, by: Viewer) -> Iterator[Hold]:
    """The hold of a draft of this person, under its lock; refused as unknown where there is none."""
    with transaction.atomic():
        owner, hold, submitted = standing_of_draft(row_of_draft(draft, locked=True))
        if owner != person or hold is None:
            raise unknown_draft(by)
        if submitted is not None:
            raise Refusal(
                "cases.draft.submitted",
                says=f"这份申请已经提交，编号 {submitted}。",
                do="请在接待页用编号打开它。",
            )
        yield hold


def _put(draft: UUID, hold: Hold | None) -> None:
    values = (hold.by, hold.body, hold.until, str(hold.known)) if hold else (None,) * 4
    run(
        "update cases_draft set held_by = $2::uuid, held_at = $3::text, held_until = $4::timestamptz,"
        " held_known = $5::text where id = $1::uuid",
        (draft, *values),
    )
