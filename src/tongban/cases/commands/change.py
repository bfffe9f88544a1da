"""Changing a case: its row locked, its state folded, its law in hand, its events written in one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tongban.cases.commands.document import Writing
from tongban.cases.events import Event
from tongban.cases.models.stored import key_of, latest_answers, state_of
from tongban.cases.rules import consulting
from tongban.cases.rules.acting import Acting, unknown
from tongban.cases.rules.flowing import facts_of
from tongban.cases.rules.law import law_of
from tongban.cases.rules.life import Stage
from tongban.cases.rules.place import version_followed
from tongban.cases.rules.posts import posted
from tongban.cases.rules.state import CaseState
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Officer, Thing, Viewer, allow
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode, QueueId, Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

HERE = "tongban.cases"


@dataclass(slots=True)
class Locked:
    """A queue whose row is locked until commit."""

    id: QueueId
    thing: Thing
    head: int


@dataclass(frozen=True, slots=True)
class Acted:
    """A case after an act: where it stands, and the version that the next act must have seen."""

    number: str
    version: Version
    stage: Stage


class Change:
    """One case under its lock. `record` folds events; leaving the block writes them, unless refused."""

    def __init__(self, row: tuple[Any, ...], at: datetime, queue: Locked | None = None) -> None:
        state = state_of(row)
        self.at, self.queue = at, queue
        item = catalogue.item_version(state.head.item, state.head.item_version)
        followed = catalogue.item_version(state.head.item, version_followed(state))
        self.law = law_of(item, calendar_in_force(), followed)
        key = key_of(state.head.id, row[16])
        self.writing = Writing(
            state, key, self.law, facts=lambda: facts_of(latest_answers(state, key), item.form)
        )
        self.by: Officer | None = None
        self.files: list[UUID] = []
        self.claimant = state.head.applicant

    @property
    def state(self) -> CaseState:
        return self.writing.state

    @property
    def acted(self) -> Acted:
        """The case as it stands once this change is written."""
        return Acted(self.state.head.number, Version(self.state.version), self.state.stage)

    def officer(self, viewer: Viewer, deed: Deed) -> Officer:
        """The officer who may do this deed to this case, whose acts the next events are; or a refusal."""
        self.by = officer(viewer, deed, self.state)
        return self.by

    def acting(self, viewer: Viewer, deed: Deed) -> Acting:
        """The officer who may do this deed to this case, at work; or a refusal."""
        return Acting(self.officer(viewer, deed), self.at, self.law)

    def record(self, *events: Event | None) -> None:
        """Fold what was decided; None, where the rules decided that nothing happens, is passed over."""
        for event in events:
            if event is not None:
                posted(self.state, event, self.law, self._serving)
                self.writing.record(self._in_whose_place(event))

    def _serving(self) -> list[Officer]:
        return directory.colleagues(self.state.head.body, legal_day(self.at))

    def can_answer(self, body: BodyCode) -> bool:
        """Whether a body can be asked for its opinion of this case today. No statement."""
        serving = directory.colleagues(body, legal_day(self.at))
        return consulting.can_answer(body, self.state.head.body, serving)

    def _in_whose_place(self, event: Event) -> Event:
        """The event, which says in whose place its officer acted, where that was somebody else's."""
        taker, by = self.state.turn.taken_by, self.by
        if by is None or taker is None or event.by != by.id or taker not in by.stands_in_for:
            return event
        return replace(event, stands_in_for=taker)

    @property
    def key(self) -> bytes:
        """The case's own key; refused once it was destroyed."""
        return self._refuse_erased()

    def seal(self, what: str, text: str) -> str:
        """Seal a text for the next event; its salted digest stands in the event."""
        self._refuse_erased()
        return self.writing.seal(what, text.encode())

    def _refuse_erased(self) -> bytes:
        if self.writing.key is None:
            raise Refusal(
                "cases.content-erased",
                says=_("这件事的内容已经依法销毁，不能再办理。"),
                do=_("如需继续，请申请人重新提交。"),
            )
        return self.writing.key

    def save(self) -> None:
        """Write events, row, timers, place and pending leaves; nothing where nothing happened."""
        writing = self.writing
        if not writing.events:
            return
        parameters = (writing.as_json(), self.state.head.id, self.files, self.claimant)
        run(load(HERE, "record"), parameters)

    def leave_queue(self, position: int | None = None) -> None:
        """The case waits no longer; whoever took the first moves the queue's head past it."""
        self.writing.extra["turn"] = "leaves"
        if position is not None:
            self.writing.extra["head"] = position + 1

    def return_to_queue(self) -> None:
        """The case waits again at its old place, which may be before the head."""
        position = self.state.turn.position
        assert self.queue is not None
        assert position is not None
        self.writing.extra["turn"] = "returns"
        if position < self.queue.head:
            self.writing.extra["head"] = position


@contextmanager
def changing(
    number: str, *, at: datetime, seen: Version | None = None, turn: bool = False
) -> Iterator[Change]:
    """Open a case for a change in one transaction; refused if someone acted since `seen`.

    With `turn` the queue's row is locked first, for an act that changes who waits; always queue, then case,
    so that two acts never wait for each other.
    """
    with transaction.atomic():
        queue = lock_queue_of(number) if turn else None
        rows = run(load(HERE, "case_for_update"), (number,))
        if not rows:
            raise unknown(number)
        change = Change(rows[0], at, queue)
        if queue is not None and queue.id != change.state.head.queue:
            # Sent up to another's queue between the two looks: whoever asks again locks the right one.
            raise stale(change.state, Version(change.state.version))
        if seen is not None and seen != change.state.version:
            raise stale(change.state, seen)
        yield change
        change.save()


def lock_queue(queue: QueueId) -> Locked | None:
    """Lock a queue's row until commit; None if there is no such queue."""
    rows = run(load(HERE, "lock_queue"), (queue,))
    if not rows:
        return None
    name, _, body, region, head = rows[0]
    return Locked(name, Thing(body=body, region=region), head)


def lock_queue_of(number: str) -> Locked | None:
    """Lock the queue of a case as it was a moment before; `changing` refuses where it has left it since."""
    rows = run("select queue from cases_case where number = $1::text", (number,))
    return lock_queue(rows[0][0]) if rows else None


def officer(viewer: Viewer, deed: Deed, state: CaseState) -> Officer:
    """The officer who may do this deed to this case, or a refusal."""
    allow(viewer, deed, state.thing)
    assert viewer.officer is not None
    return viewer.officer


def stale(state: CaseState, seen: Version) -> Refusal:
    """Someone acted in between: what happened since."""
    rows = run(
        "select seq, kind, at from cases_event where case_id = $1::bigint and seq > $2::int order by seq",
        (state.head.id, max(0, min(seen, 2**31 - 1))),
    )
    return Refusal(
        "cases.stale",
        says=_("您看到的内容已经变了：这件事在您打开之后又有了新的处理。"),
        do=_("请刷新页面，看清最新情况后再办理。"),
        faults=[{"seq": seq, "kind": kind, "at": at.isoformat()} for seq, kind, at in rows],
    )
