"""A case as its page shows it, to the viewer who asks: the story to some, the content to few."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import orjson
from django.utils.translation import gettext

from tongban.cases.models.stored import OF_STATE, Event, aad_of, event_in, key_of, state_of
from tongban.cases.queries.who import name_of
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.approvals import asked_in
from tongban.cases.rules.clocks import Light, light
from tongban.cases.rules.details import detail_of
from tongban.cases.rules.examining import SEALED_AS, Checklist
from tongban.cases.rules.flowing import is_own_step
from tongban.cases.rules.law import Law, acts_of, law_of
from tongban.cases.rules.life import Act
from tongban.cases.rules.place import version_followed
from tongban.cases.rules.state import CaseState, Due
from tongban.cases.rules.who import who_did
from tongban.cases.rules.words import EVENT_WORDS, STAGE_NAMES
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import Clock, DayMark, StillStopped, days_of, legal_day
from tongban.kernel.access import Deed, Purpose, Relation, Viewer, allow, allowed, relations
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode, EventId
from tongban.kernel.keys import open_
from tongban.kernel.sql import load, run

HERE = "tongban.cases"
PRIVATE_TO_OFFICE = frozenset(
    {
        *("approval-asked", "approval-given", "approval-declined", "noted"),
        *("consultation-asked", "consultation-answered", "consultation-declined"),
    }
)
"""What officers ask of each other; the applicant is told the act and its reason when it is done."""

WITHIN_OFFICE = frozenset({"handed-over", "noted", "approval-asked"})
"""Words within the office that has the case, which another body whose opinion is asked does not read."""

WORDS_FOR_OFFICE = frozenset({"handed-over", "supervision-ordered", "flow-moved", "flow-changed"})
"""What the applicant is told of, but not why: that is a word between officers."""

SEALED_WITH: Final = {
    "message-sent": "message",
    "look-contested": "contest",
    "contest-answered": "contest-answer",
    "granted": "decision",
    "refused": "decision",
    "revoked": "decision",
    "approval-asked": "reason",
    "handed-over": "hand-over",
    "noted": "note",
    "consultation-asked": "question",
    "consultation-answered": "consultation-answer",
    "consultation-declined": "consultation-answer",
    "supervision-ordered": "order",
    "lateness-explained": "explanation",
    "flow-moved": "finding",
    "table-applied": "finding",
    "register-answered": "finding",
    "forwarded": "opinion",
    "flow-changed": "reason",
}
"""Under what name the words of an event are sealed; of all others it is a notice."""

SAID_OF_LATENESS = frozenset({"order", "explanation"})
"""What whoever supervises reads of a case whose content is not theirs to read."""

ASKED_OF_GOVERNMENT = frozenset({"reason"})
"""What a people's government reads whose leave is asked: why, and nothing of the content."""

TALK = frozenset(
    {
        *("message-sent", "contact-changed", "look-contested", "contest-answered"),
        *("consultation-asked", "consultation-answered", "consultation-declined"),
    }
)

BETWEEN_APPLICANT_AND_LEADER = frozenset({"look-contested", "contest-answered"})
"""What is said about an officer's look is not read by whoever handles the case."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the story, and the text sealed with it where the viewer may read it."""

    seq: int
    id: EventId
    event: Event
    text: str | None = None
    faults: list[dict[str, Any]] = field(default_factory=list)
    who: str = ""
    """Who did it, by name; told to officers alone."""

    @property
    def words(self) -> str:
        """What happened, in plain words."""
        return gettext(EVENT_WORDS[self.event.kind])

    @property
    def detail(self) -> str:
        """What more there is to say that needs no sealed text; often nothing."""
        return detail_of(self.event)


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A material that was handed in, with the `seq`-th event of the story."""

    id: int
    seq: int
    kind: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a page shows of a case. `answers` is None where the viewer may not read the content."""

    state: CaseState
    law: Law
    item_name: str
    applicant: str  # masked
    received_at: datetime
    story: list[Told]
    light: Light | None
    place: int | None
    answers: Mapping[str, Any] | None
    materials: list[MaterialView]
    approvals: list[dict[str, Any]]
    acts: frozenset[Act]
    purpose: Purpose | None
    erased: bool
    own: bool
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where answers are from that the applicant did not type, for who may read the answers."""
    agent: str = ""
    """Who filed it for the applicant, masked; empty where the applicant did."""
    checklist: Checklist = field(default_factory=Checklist)
    """What officers ticked so far; for those who read the case by office."""

    @property
    def stage_name(self) -> str:
        """Where the case stands, in plain words."""
        return gettext(STAGE_NAMES[self.state.stage])

    @property
    def acted(self) -> list[Told]:
        """The story without what was said: what moved the case."""
        return [told for told in self.story if told.event.kind not in TALK and is_own_step(told.event)]

    def due(self, name: str) -> Due | None:
        return self.state.facts.due(name)

    def days(self, name: str, until: date) -> list[DayMark]:
        """The strip of days of a deadline, drawn from the engine's own days."""
        due = self.due(name)
        if due is None:
            return []
        try:
            return days_of(Clock.from_record(due.how["clock"]), self.law.calendar, until)
        except StillStopped:
            return []


def view_of(number: str, viewer: Viewer, *, at: datetime) -> CaseView:
    """The case for this viewer; refused to strangers. One statement.

    Officers are told who acted by name, which costs none once those are known in the process.
    """
    rows = run(load(HERE, "case_view"), (number,))
    if not rows:
        raise unknown(number)
    state, wrapped = state_of(rows[0]), rows[0][16]
    name, applicant, received_at, story, sealed, files, approvals, place, agent, ticked = rows[0][OF_STATE:]
    allow(viewer, Deed.READ_STORY, state.thing)
    purpose = _purpose(viewer, state, bool(approvals))
    key = key_of(state.head.id, wrapped)
    opened = _opened(viewer, state, orjson.loads(sealed or "{}"), key, reads=purpose is not None)
    own = not relations(viewer, state.thing).isdisjoint({Relation.OWN, Relation.AGENT})
    reader = _reader(viewer, state, legal_day(at), own=own)
    item = catalogue.item_version(state.head.item, state.head.item_version)
    followed = catalogue.item_version(state.head.item, version_followed(state))
    law = law_of(item, calendar_in_force(), followed)
    return CaseView(
        state=state,
        law=law,
        item_name=name,
        applicant=applicant,
        received_at=received_at,
        story=_story(orjson.loads(story), opened, reader),
        light=light(state.facts, legal_day(at)),
        place=place,
        answers=opened.answers(),
        materials=opened.materials(orjson.loads(files or "[]")),
        approvals=[] if own else orjson.loads(approvals or "[]"),
        acts=acts_of(state, law),
        purpose=purpose,
        erased=key is None,
        own=own,
        sources=opened.sources(),
        agent=agent,
        checklist=opened.checklist(ticked) if reader.of_office else Checklist(),
    )


def item_of(state: CaseState) -> catalogue.Item:
    """The item as it was when the case was opened, in the reader's words: to be shown. Seldom a statement."""
    return catalogue.in_readers_words(catalogue.item_version(state.head.item, state.head.item_version))


def _purpose(viewer: Viewer, state: CaseState, asked: bool) -> Purpose | None:
    """Why this viewer may read the content: the nearest purpose the access table allows; None if none."""
    leading = Purpose.APPROVAL if asked else Purpose.LEADING
    for purpose in (Purpose.OWN_AFFAIR, Purpose.HANDLING, Purpose.CONSULTING, leading):
        if allowed(viewer, Deed.READ_CONTENT, state.thing, purpose):
            return purpose
    return None


def _opened(
    viewer: Viewer, state: CaseState, sealed: Mapping[str, str], key: bytes | None, *, reads: bool
) -> "_Opened":
    """What was sealed, for this viewer; `reads`: whether the content is theirs to read."""
    said = frozenset[str]()
    if allowed(viewer, Deed.SUPERVISE, state.thing):
        said |= SAID_OF_LATENESS
    if allowed(viewer, Deed.APPROVE_AS_GOVERNMENT, state.thing):
        said |= ASKED_OF_GOVERNMENT
    return _Opened(state, key if reads else None, sealed, key if said else None, said)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was sealed, opened for those who may read it; nothing once the key is destroyed.

    `apart`: the key for who reads no content; it opens what is `said` to them alone.
    """

    state: CaseState
    key: bytes | None
    sealed: Mapping[str, str]
    apart: bytes | None = None
    said: frozenset[str] = frozenset()

    def text(self, what: str, seq: int) -> str | None:
        name = f"{what}:{seq}"
        held, key = self.sealed.get(name), self.key or (self.apart if what in self.said else None)
        if key is None or held is None:
            return None
        return open_(key, bytes.fromhex(held), aad_of(self.state, name)).decode()

    def answers(self) -> Mapping[str, Any] | None:
        """The answers as last handed in."""
        handed_in = [int(name.partition(":")[2]) for name in self.sealed if name.startswith("answers:")]
        text = self.text("answers", max(handed_in, default=0))
        return None if text is None else orjson.loads(text)

    def sources(self) -> Mapping[str, str]:
        """Where answers are from, as the application told it; no longer where a correction changed one."""
        text = self.text("sources", 1)
        if text is None:
            return {}
        first, last = orjson.loads(self.text("answers", 1) or "{}"), self.answers() or {}
        return {
            name: source for name, source in orjson.loads(text).items() if first.get(name) == last.get(name)
        }

    def checklist(self, sealed: str | None) -> Checklist:
        if self.key is None or sealed is None:
            return Checklist()
        opened = open_(self.key, bytes.fromhex(sealed), aad_of(self.state, SEALED_AS))
        return Checklist.from_record(orjson.loads(opened))

    def materials(self, rows: list[dict[str, Any]]) -> list[MaterialView]:
        if self.key is None:
            return []
        found = []
        for row in rows:
            known = orjson.loads(
                open_(self.key, bytes.fromhex(row["sealed"]), aad_of(self.state, f"file:{row['file']}"))
            )
            handed_in = row["id"], row["seq"], row["kind"]
            found.append(MaterialView(*handed_in, known["name"], known["kind"], known["size"]))
        return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """The kinds of events of which a viewer is not told, and those whose words they do not read.

    `today`: to know officers by name; None for who is not told names. `of_office`: of the body that has it.
    `asked`: the approvals that wait for this viewer's government.
    """

    untold: frozenset[str]
    unread: frozenset[str]
    today: date | None = None
    of_office: bool = False
    asked: frozenset[str] = frozenset()

    def reads(self, event: Event) -> bool:
        """Whether the words of an event are this one's to read."""
        return event.kind not in self.unread or asked_in(event) in self.asked


def _reader(viewer: Viewer, state: CaseState, today: date, *, own: bool) -> _Reader:
    if own:
        return _Reader(PRIVATE_TO_OFFICE, WORDS_FOR_OFFICE)
    of_office = viewer.officer is not None and viewer.officer.body == state.head.body
    unread = BETWEEN_APPLICANT_AND_LEADER | (frozenset() if of_office else WITHIN_OFFICE)
    governs = allowed(viewer, Deed.APPROVE_AS_GOVERNMENT, state.thing)
    asked = frozenset(one.asking for one in state.awaited if one.governs and governs)
    return _Reader(frozenset(), unread, today, of_office, asked)


def _story(rows: list[dict[str, Any]], opened: _Opened, reader: _Reader) -> list[Told]:
    return [_told(row, opened, reader) for row in rows if row["kind"] not in reader.untold]


def _told(row: dict[str, Any], opened: _Opened, reader: _Reader) -> Told:
    seq, event = row["seq"], event_in(row["kind"], row["body"])
    faults = opened.text("faults", seq)
    text = opened.text(SEALED_WITH.get(event.kind, "notice"), seq) if reader.reads(event) else None
    today = reader.today
    who = who_did(event, lambda officer: name_of(officer, today)) if today else ""
    return Told(seq, row["id"], event, text, orjson.loads(faults) if faults else [], who)


def body_at(view: CaseView, seq: int) -> BodyCode:
    """Whose case it was at a place of its story: of who examined it, until it was sent up."""
    sent_up = next((told.seq for told in view.story if told.event.kind == "forwarded"), 0)
    below = view.state.facts.forwarded_by
    return BodyCode(below) if below and seq < sent_up else view.state.head.body
