"""What a window may ask: the drafts it has in hand, a case of who stands there, what was typed again."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongban.cases.queries.joint import JointView, Whole, shown, whole_of
from tongban.cases.queries.joint_receipt import receipt_in
from tongban.cases.queries.papers import File
from tongban.cases.queries.view import CaseView, view_of
from tongban.cases.rules import drafting
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.state import CaseState
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

    `submitted`: the number of the case that it became, or of the `joint` service.
    """

    id: UUID
    item: str
    slug: ItemCode
    joint: bool
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
            service = catalogue.service(ItemCode(slug))
            named = (service.name, service.slug, isinstance(service, catalogue.Joint))
            in_hand = stands and submitted is None
            hands = (in_hand and held_by == mine, in_hand and held_by != mine)
            found.append(WindowDraft(draft, *named, done, of, submitted, *hands))
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
    _record(view.state, by, at, what)


def _record(state: CaseState, by: Viewer, at: datetime, what: str) -> None:
    allow(by, Deed.RECEIVE, state.thing)
    assert by.officer is not None
    looked = ledger.Looked(state.head.id, state.head.applicant, by.officer, Purpose.RECEIVING, what)
    ledger.record_look(looked, at)


def look_for_joint(number: str, people: Sequence[PersonKey], by: Viewer, *, at: datetime) -> JointView:
    """A joint service of one of those who stand at a window; the officer's look at each case is recorded.

    Three statements, and one for each case. Refused as `look_for`.
    """
    return shown(_whole_for(number, people, by, at, "receipt"), at=at)


def joint_receipt_for(number: str, people: Sequence[PersonKey], by: Viewer, *, at: datetime) -> File:
    """The one receipt of a joint service of who stands there, to print; as `look_for_joint`, and one more."""
    return receipt_in(_whole_for(number, people, by, at, "paper"))


def _whole_for(number: str, people: Sequence[PersonKey], by: Viewer, at: datetime, what: str) -> Whole:
    with transaction.atomic():
        whole = whole_of(number, whose_case(number, people, by, at=at))
        for one in whole.members:
            _record(one.state, by, at, what)
    return whole


def is_joint(number: str) -> bool:
    """Whether a number is that of a joint service; it tells nothing else of it. One statement."""
    return bool(run("select 1 from cases_joint where number = $1::text", (number,)))


def whose_case(number: str, people: Sequence[PersonKey], by: Viewer, *, at: datetime) -> Viewer:
    """The one of them, as a viewer, whose the case is, who filed it, or who may act for whose it is.

    The number may be that of a joint service.
    Two statements, one more for each of several. Refused as if there were no such case where it is nobody's.
    """
    rows = run(load(HERE, "whose"), (number,))
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
