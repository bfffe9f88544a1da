"""How a case is read back: its row as state, its key, its story, what was sealed."""

from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson

from tongban.cases.events import KINDS
from tongban.cases.events import Event as Event
from tongban.cases.rules.evolve import restored
from tongban.cases.rules.state import Awaited, CaseHead, CaseState, Lateness, Side, Turn
from tongban.kernel.events import event_of
from tongban.kernel.ids import CaseId, OfficerId, PersonKey
from tongban.kernel.keys import Unreadable, open_, ring
from tongban.kernel.sql import run

OF_STATE: Final = 21
"""So many columns of a statement that reads a case are its state and its key; all else comes behind."""


def state_of(row: tuple[Any, ...]) -> CaseState:
    """The state of a case as its row holds it (columns of `sql/case_for_update.sql`)."""
    facts = restored(orjson.loads(row[15]))
    head = CaseHead(
        id=row[0],
        number=row[1],
        tag=row[2],
        item=row[3],
        item_version=row[4],
        queue=row[5],
        region=row[6],
        body=row[7],
        applicant=PersonKey(bytes(row[8])),
        filed_by=PersonKey(bytes(row[18])),
    )
    turn = Turn(waits=row[10], taken_by=row[11], taken_at=row[12], touched=row[13], position=row[14])
    last_word = Side(row[17]) if row[17] else None
    return CaseState(head, row[9], facts, turn, last_word, _awaited_in(row[19]), _lateness_in(row[20]))


def _awaited_in(stored: str | None) -> tuple[Awaited, ...]:
    return tuple(
        Awaited(
            one["asking"],
            one["body"],
            OfficerId(UUID(one["officer"])) if one["officer"] else None,
            one["second"],
            one["task"],
            one["governs"],
            date.fromisoformat(one["until"]) if one["until"] else None,
            one["over"],
        )
        for one in orjson.loads(stored or "[]")
    )


def _lateness_in(stored: str | None) -> Lateness:
    if stored is None:
        return Lateness()
    said = orjson.loads(stored)
    due, until, answer_by = (
        date.fromisoformat(said[name]) if said[name] else None for name in ("due", "until", "answer_by")
    )
    return Lateness(said["cause"], due, until, answer_by)


def key_of(case: CaseId, wrapped: bytes | None) -> bytes | None:
    """The case's own key, or None where it was destroyed."""
    return None if wrapped is None else ring().unwrap(bytes(wrapped), wrapping(case))


def wrapping(case: CaseId) -> bytes:
    """What a wrapped key says whose it is."""
    return f"case {case}".encode()


def joint_key_of(joint: CaseId, wrapped: bytes | None) -> bytes | None:
    """The key of the one receipt of a joint service, or None where it was destroyed."""
    return None if wrapped is None else ring().unwrap(bytes(wrapped), joint_wrapping(joint))


def joint_wrapping(joint: CaseId) -> bytes:
    """What the wrapped key of a joint service's receipt says whose it is."""
    return f"joint {joint}".encode()


def aad_of(state: CaseState, name: str) -> bytes:
    """What a sealed value says it is, so that none can be put in another's place."""
    return f"case {state.head.id} {name}".encode()


def story(case: CaseId) -> list[Event]:
    """Every event of a case, in order."""
    rows = run("select kind, body from cases_event where case_id = $1::bigint order by seq", (case,))
    return [event_in(kind, body) for kind, body in rows]


def event_in(kind: str, body: str) -> Event:
    """The event that a stored body holds."""
    return event_of(KINDS[kind], body)


def reason_asked(state: CaseState, key: bytes | None, seq: int) -> str:
    """The reason sealed with the asking at that place in the story."""
    name = f"reason:{seq}"
    rows = run(
        "select sealed from cases_content where case_id = $1::bigint and name = $2::text",
        (state.head.id, name),
    )
    if key is None or not rows:
        raise Unreadable(name)
    return open_(key, bytes(rows[0][0]), aad_of(state, name)).decode()


def latest_answers(state: CaseState, key: bytes | None) -> dict[str, Any]:
    """The answers as they stand now, by field; none once the key was destroyed. One statement."""
    rows = run(
        "select name, sealed from cases_content where case_id = $1::bigint and name like 'answers:%'"
        " order by split_part(name, ':', 2)::int desc limit 1",
        (state.head.id,),
    )
    if key is None or not rows:
        return {}
    answers: dict[str, Any] = orjson.loads(open_(key, bytes(rows[0][1]), aad_of(state, rows[0][0])))
    return answers


def number_of(case: CaseId) -> str:
    """The number of a case that exists."""
    return str(run("select number from cases_case where id = $1::bigint", (case,))[0][0])
