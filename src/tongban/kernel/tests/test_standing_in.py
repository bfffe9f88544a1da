"""Whoever stands in holds what the absent one holds, and is in nothing somebody else than that one."""

from dataclasses import replace

from tongban.kernel.access import Deed, Officer, Purpose, Role, allowed
from tongban.kernel.ids import RegionCode
from tongban.kernel.tests.test_access import A_CASE, BODIES, OFFICERS, someone

HOLDER = Officer(OFFICERS[0], BODIES[0], RegionCode("510104"), frozenset({Role.HANDLER, Role.LEADER}))
STAND_IN = replace(
    HOLDER, id=OFFICERS[1], roles=frozenset({Role.HANDLER}), stands_in_for=frozenset({OFFICERS[0]})
)


def test_who_stands_in_handles_what_the_absent_one_has_and_nothing_elsewhere() -> None:
    assert allowed(someone(officer=STAND_IN), Deed.HANDLE, A_CASE)
    assert allowed(someone(officer=STAND_IN), Deed.READ_CONTENT, A_CASE, Purpose.HANDLING)
    assert not allowed(someone(officer=STAND_IN), Deed.HANDLE, replace(A_CASE, taken_by=OFFICERS[2]))
    assert not allowed(someone(officer=STAND_IN), Deed.HANDLE, replace(A_CASE, body=BODIES[1]))
    assert not allowed(
        someone(officer=replace(STAND_IN, roles=frozenset({Role.WINDOW}))), Deed.HANDLE, A_CASE
    )


def test_who_has_a_case_or_stands_in_there_is_never_its_second() -> None:
    seconded = replace(A_CASE, seconded=True)
    for officer in (HOLDER, STAND_IN):
        assert not allowed(someone(officer=officer), Deed.DECIDE_SECOND, seconded)
    assert allowed(
        someone(officer=replace(STAND_IN, stands_in_for=frozenset())), Deed.DECIDE_SECOND, seconded
    )
