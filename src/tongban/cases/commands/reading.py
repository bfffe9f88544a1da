"""Reading a case back: its events, and what was sealed with them."""

from tongban.cases.commands.document import aad_of
from tongban.cases.events import KINDS, Event
from tongban.cases.rules.state import CaseState
from tongban.kernel.events import event_of
from tongban.kernel.ids import CaseId
from tongban.kernel.keys import Unreadable, open_
from tongban.kernel.sql import run


def story(case: CaseId) -> list[Event]:
    """Every event of a case, in order."""
    rows = run("select kind, body from cases_event where case_id = $1::bigint order by seq", (case,))
    return [event_of(KINDS[kind], body) for kind, body in rows]


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


def number_of(case: CaseId) -> str:
    """The number of a case that exists."""
    return str(run("select number from cases_case where id = $1::bigint", (case,))[0][0])
