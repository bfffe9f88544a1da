"""What the public log tells of an event: who waits, and never how a case was decided."""

from datetime import date

from tongban.cases.events import CaseGranted, CaseRefused, CaseTerminated, CaseWithdrawn
from tongban.cases.rules.leaves import kind_of
from tongban.cases.tests.world import MONDAY
from tongban.engine.tlog import Kind


def test_the_log_tells_that_a_case_left_and_not_how():
    decided_on = date(2026, 3, 9)
    endings = (
        CaseGranted(at=MONDAY, decided_on=decided_on, text=""),
        CaseRefused(at=MONDAY, decided_on=decided_on, text=""),
        CaseTerminated(at=MONDAY, ground="no-object"),
        CaseWithdrawn(at=MONDAY),
    )
    assert {kind_of(ending) for ending in endings} == {Kind.LEFT}
