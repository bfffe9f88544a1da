"""Finding a case at the desk: by its number, or by the number of the person or enterprise whose it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongban.cases.queries.lists import HERE, CaseRow, case_row
from tongban.cases.queries.view import CaseView
from tongban.engine.calendar import legal_day
from tongban.engine.codes import check_credit_code, check_resident_id
from tongban.kernel.access import Deed, Purpose, Thing, Viewer, allow, reach
from tongban.kernel.ids import CaseId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger

NUMBER: Final = re.compile(r"(?<![0-9])([0-9]{6})-?([0-9]{8})-?([0-9]{7})-?([0-9])(?![0-9])", re.ASCII)
"""With its strokes or without; a scanner reads it from a receipt inside an address."""
MOST_FOUND: Final = 50
MOST_OTHERS: Final = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; `by_person`: by whose it is, so that every look at that is recorded."""

    rows: list[CaseRow]
    by_person: bool


def find(viewer: Viewer, wanted: str, *, at: datetime) -> Found:
    """Cases of this number, or of the person or enterprise of this number, within the officer's reach.

    Looking somebody up by their number is a look at each case found, which they can see. One statement; by a
    person's number one more. Refused: what is no such number.
    """
    seen = reach(viewer, Deed.READ_STORY)
    if seen.body is None and seen.region is None:
        allow(viewer, Deed.READ_STORY, Thing())
    number, person = _meant(wanted)
    rows = run(load(HERE, "cases_found"), (number, person, seen.body, seen.region, MOST_FOUND))
    if person is not None and rows:
        # Recorded before anything is shown: a search that cannot be recorded shows nothing.
        assert viewer.officer is not None
        cases = [CaseId(row[0]) for row in rows]
        ledger.record_search(cases, person, by=viewer.officer, purpose=Purpose.HANDLING, at=at)
    return Found([case_row(row, legal_day(at)) for row in rows], person is not None)


def others_of(view: CaseView, *, at: datetime) -> list[CaseRow]:
    """Other cases of this applicant with this office, for who may read this one. At most one statement."""
    if view.purpose is None or view.own:
        return []
    head = view.state.head
    rows = run(load(HERE, "other_cases"), (head.applicant, head.body, head.id, MOST_OTHERS))
    return [case_row(row, legal_day(at)) for row in rows]


def _meant(wanted: str) -> tuple[str | None, PersonKey | None]:
    """The case number or the person that was written."""
    if found := NUMBER.search(wanted):
        return "-".join(found.groups()), None
    written = "".join(wanted.split()).upper()
    if _is(check_resident_id, written):
        return None, ring().person_key("person", written)
    if _is(check_credit_code, written):
        return None, ring().person_key("enterprise", written)
    raise Refusal(
        "cases.find.unreadable",
        says="没有看懂要找什么。",
        do="请填完整的办件编号，或者申请人的身份证号码、统一社会信用代码，也可以扫收件凭证上的二维码。",
        status=422,
    )


def _is(check: Callable[[str], object], written: str) -> bool:
    try:
        check(written)
    except ValueError:
        return False
    return True
