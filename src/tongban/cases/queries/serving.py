"""What a window may ask: the drafts it has in hand, a case of who stands there, what was typed again."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases.queries.view import CaseView, view_of
from tongban.cases.rules import drafting
from tongban.cases.rules.acting import unknown
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Purpose, Viewer, allow, reach
from tongban.kernel.ids import BodyCode, ItemCode, PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger

HERE = "tongban.cases"


@dataclass(frozen=True, slots=True)
class WindowDraft:
    """A draft begun at a window, unopened: `mine` in this officer's hands now, `elsewhere` in a colleague's.

    `submitted`: the number of the case that it became.
    """

    id: UUID
    item: str
    slug: ItemCode
    done: int
    steps: int
    submitted: str | None
    mine: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class TypedAgain:
    """Of one item at the windows of one body: how many were received, how many answers were typed again."""

    item: str
    name: str
    body: BodyCode
    received: int
    again: int


def drafts_at_window(person: PersonKey, viewer: Viewer, *, at: datetime) -> list[WindowDraft]:
    """What windows of this officer's body began for a person, less what was taken home. One statement."""
    if viewer.officer is None:
        return []
    mine = viewer.officer.id
    rows = run(load(HERE, "drafts_at_window"), (person, viewer.officer.body, at, 2 * drafting.MOST_DRAFTS))
    found = []
    for draft, slug, done, of, submitted, held_by, stands in rows:
        # An item that was taken back cannot be applied for, and its draft goes with time.
        with suppress(Refusal):
            name, code = catalogue.service(ItemCode(slug)).name, ItemCode(slug)
            in_hand = stands and submitted is None
            hands = (in_hand and held_by == mine, in_hand and held_by != mine)
            found.append(WindowDraft(draft, name, code, done, of, submitted, *hands))
    return found


def look_for(number: str, people: Sequence[PersonKey], by: Viewer, *, at: datetime, what: str) -> CaseView:
    """A case of one of those who stand at a window, as they see it; the officer's look is recorded.

    Four statements, one more for each of several who stand there. Refused for a case that is not theirs, as
    if there were none, and to officers whose windows do not receive for its office.
    """
    with transaction.atomic():
        view = view_of(number, whose_case(number, people, by, at=at), at=at)
        record_serving(view, by, at=at, what=what)
    return view


def record_serving(view: CaseView, by: Viewer, *, at: datetime, what: str) -> None:
    """Record that a window is about to be shown a case of who stands there. One statement.

    Refused to officers whose windows do not receive for its office.
    """
    allow(by, Deed.RECEIVE, view.state.thing)
    assert by.officer is not None
    head = view.state.head
    looked = ledger.Looked(head.id, head.applicant, by.officer, Purpose.RECEIVING, what)
    ledger.record_look(looked, at)


def whose_case(number: str, people: Sequence[PersonKey], by: Viewer, *, at: datetime) -> Viewer:
    """The one of them, as a viewer, whose the case is, who filed it, or who may act for whose it is.

    Two statements, one more for each of several. Refused as if there were no such case where it is nobody's.
    """
    rows = run("select applicant, filed_by from cases_case where number = $1::text", (number,))
    whose = {PersonKey(bytes(one)) for one in rows[0]} if rows else set()
    for person in sorted(people, key=lambda one: one not in whose) if whose else ():
        served = identity.served(person, by, at)
        if (served.selves | {person}) & whose:
            return served
    raise unknown(number)


def typed_again(viewer: Viewer, *, since: datetime) -> list[TypedAgain]:
    """What was typed at windows though the platform held it, for whoever answers for them. One statement."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    if not (seen.body or seen.region):
        return []
    rows = run(load(HERE, "typed_again"), (since, seen.body, seen.region))
    return [TypedAgain(slug, name, BodyCode(body), *counts) for slug, name, body, *counts in rows]
