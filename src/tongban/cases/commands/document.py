"""The document a hot statement takes: one JSON value with the row, the events, the leaves and all else."""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from tongban.cases.events import Event
from tongban.cases.models.stored import aad_of
from tongban.cases.rules import automatic
from tongban.cases.rules.clocks import lit_by, timers
from tongban.cases.rules.evolve import evolve, recorded
from tongban.cases.rules.flowing import follow, passed
from tongban.cases.rules.law import Law
from tongban.cases.rules.leaves import kind_of, reason_of
from tongban.cases.rules.state import CaseState, Lateness
from tongban.engine.flow import Kind
from tongban.kernel.events import body_of
from tongban.kernel.keys import salt, seal
from tongban.ledger import api as ledger
from tongban.papers import api as papers


def row_of(state: CaseState) -> dict[str, Any]:
    """The columns of `cases_case` that events change, and its facts whole."""
    facts, turn = state.facts, state.turn
    due, statutory = lit_by(facts), facts.due("statutory")
    return {
        "queue": state.head.queue,
        "region": state.head.region,
        "body": state.head.body,
        "version": state.version,
        "stage": facts.stage,
        "open": not state.closed,
        "waits": turn.waits,
        "taken_by": turn.taken_by,
        "taken_at": turn.taken_at,
        "touched": turn.touched,
        "position": turn.position,
        "due": due and due.day,
        "warn": due and due.warn,
        "statutory_due": statutory and statutory.day,
        "provisional": any(record["provisional"] for record in facts.deadlines.values()),
        "facts": recorded(facts),
        "last_word": state.last_word,
        "awaited": [asdict(one) for one in state.awaited] or None,
        "lateness": None if state.lateness == Lateness() else asdict(state.lateness),
        "stands_since": facts.stands_since,
        "accepted_at": facts.accepted_at,
        "granted": facts.granted,
        "decided_at": facts.decided_at,
        "office_seconds": facts.office_seconds,
        "applicant_seconds": None if facts.office_seconds is None else facts.with_applicant,
    }


@dataclass(slots=True)
class Writing:
    """Events on their way into the database: `record` folds each, `as_json` is what the statement takes.

    `key` is the case's own key, or None once it was destroyed: leaves then commit under a salt nobody has.
    `facts` opens the answers, for flows that ask for them.
    """

    state: CaseState
    key: bytes | None
    law: Law
    arrival: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    content: list[dict[str, Any]] = field(default_factory=list)
    materials: list[dict[str, Any]] = field(default_factory=list)
    approvals: list[dict[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    facts: Callable[[], Mapping[str, Any]] = dict

    @property
    def seq(self) -> int:
        """The place in the story of the next event."""
        return self.state.version + 1

    def record(self, event: Event) -> None:
        """Fold the event and make its stored body and its leaf; and how the flow goes on after it.

        Then all that nobody does: loops of a drawing are bounded, and so is this.
        """
        before = self.state
        self._write(event)
        moved = follow(before, event, self.law, self.facts)
        if moved is not None:
            self._write(moved)
        if (task := automatic.next_in(self.state, self.law)) is not None:
            self.record(self._done_by_nobody(task, event.at))

    def _done_by_nobody(self, task: automatic.Automatic, at: datetime) -> Event:
        """What a task is ended by that nobody does: a table's word, with its record, or what is told."""
        if task.node.kind is Kind.SEND:
            return automatic.tell(task, at=at)
        if task.node.kind is not Kind.RULE:
            return passed(self.state, self.law, self.facts, task=task.key, at=at)
        said = automatic.apply(task, self.law, self.facts())
        text = self.seal("finding", said.in_words.encode())
        record = orjson.dumps(said.record, option=orjson.OPT_SORT_KEYS)
        return automatic.applied(task, said, at=at, text=text, found=self.seal("applied", record))

    def _write(self, event: Event) -> None:
        after = evolve(self.state, event)
        head, seq = after.head, self.seq
        body = body_of(event, head.number, seq)
        secret = salt(self.key, seq, b"leaf") if self.key else os.urandom(32)
        commitment = ledger.commitment(secret, body.encode())
        kind = kind_of(event)
        self.events.append(
            {
                "seq": seq,
                "kind": event.kind,
                "version": event.version,
                "at": event.at,
                "body": body,
                "leaf": kind,
                "told": f"cases.{event.kind}",
                "entry": ledger.entry(kind, head.queue, event.at, head.tag, commitment, reason_of(event)),
            }
        )
        self.arrival = self.arrival or commitment
        self.state = after

    def seal(self, what: str, content: bytes) -> str:
        """Seal content for the next event and return the salted digest that the event holds."""
        assert self.key is not None
        name = f"{what}:{self.seq}"
        sealed = seal(self.key, content, aad_of(self.state, name))
        self.content.append({"name": name, "sealed": in_hex(sealed)})
        return self.digest(what, content)

    def attach(self, kind: str, file: papers.Attachment) -> str:
        """Hand in a file: its own key is sealed under the case's. Returns its content's salted digest."""
        assert self.key is not None
        known = orjson.dumps({"key": file.key.hex(), "kind": file.kind, "name": file.name, "size": file.size})
        sealed = seal(self.key, known, aad_of(self.state, f"file:{file.id}"))
        self.materials.append({"seq": self.seq, "kind": kind, "file": file.id, "sealed": in_hex(sealed)})
        return self.digest(f"file {kind}", file.sha256)

    def digest(self, what: str, content: bytes) -> str:
        """A digest salted with a secret that dies with the case's key."""
        return self.was_digest_of(what, content, self.seq)

    def was_digest_of(self, what: str, content: bytes, seq: int) -> str:
        """The digest that the event at that place of the story holds, if this is what it was of."""
        assert self.key is not None
        return sha256(salt(self.key, seq, f"digest {what}".encode()) + content).hexdigest()

    def as_json(self, **row: Any) -> str:
        """The whole document as the statement takes it."""
        return orjson.dumps(self.document(**row)).decode()

    def document(self, **row: Any) -> dict[str, Any]:
        """The row, the events, the leaves and all else; `row` adds the columns that only a new case has."""
        return {
            "row": row_of(self.state) | row,
            "events": self.events,
            "content": self.content,
            "materials": self.materials,
            "approvals": self.approvals,
            "timers": [
                {"kind": timer.kind, "due_at": timer.due_at} for timer in timers(self.state, self.law)
            ],
            **self.extra,
        }


def in_hex(data: bytes) -> str:
    """Bytes as PostgreSQL reads them from JSON."""
    return "\\x" + data.hex()
