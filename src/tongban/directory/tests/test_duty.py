"""Absence and substitution: who stands in for whom, on which days, and with no more powers than their own."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tongban.directory import api as directory
from tongban.directory.api import AbsenceKind, Planned
from tongban.directory.tests.conftest import FRIDAY, HEALTH, MARKET, MONDAY, TUESDAY
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("city")


def an_officer(*roles: Role, body: BodyCode = MARKET, name: str = "王芳") -> OfficerId:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name=name)
    post = directory.ensure_post(body=body, title="、".join(sorted(roles)), roles=roles)
    directory.appoint(officer, post, since=date(2026, 1, 1))
    return officer


def as_viewer(officer: OfficerId) -> Viewer:
    found = directory.officer(officer, MONDAY)
    assert found is not None
    return Viewer(account=AccountId(uuid4()), officer=found)


def away(
    officer: OfficerId, stand_in: OfficerId | None, since: date = TUESDAY, until: date = FRIDAY
) -> Planned:
    return Planned(officer, AbsenceKind.LEAVE, since, until, stand_in)


def arranged(planned: Planned, by: OfficerId | None = None) -> None:
    directory.arrange_absence(planned, by=as_viewer(by or planned.officer), today=MONDAY)
    directory.forget()


def on(officer: OfficerId, day: date) -> Officer:
    found = directory.officer(officer, day)
    assert found is not None
    return found


def test_who_stands_in_acts_as_the_absent_one_on_those_days_alone() -> None:
    absent, stand_in = an_officer(Role.HANDLER), an_officer(Role.HANDLER, name="李强")
    arranged(away(absent, stand_in))
    days = [MONDAY + timedelta(days=n) for n in range(6)]
    assert [on(stand_in, day).acts_as(absent) for day in days] == [False, True, True, True, False, False]
    assert [on(absent, day).away for day in days] == [False, True, True, True, False, False]
    assert on(stand_in, TUESDAY).roles == {Role.HANDLER}
    assert not on(absent, TUESDAY).acts_as(stand_in)


def test_a_chain_passes_on_no_powers() -> None:
    first, second, third = (an_officer(Role.HANDLER) for _ in range(3))
    arranged(away(first, second, until=TUESDAY + timedelta(days=1)))
    arranged(away(second, third, since=TUESDAY + timedelta(days=1)))
    arranged(away(second, third, since=MONDAY, until=TUESDAY))
    wednesday = TUESDAY + timedelta(days=1)
    assert on(second, TUESDAY).acts_as(first)
    assert on(third, wednesday).acts_as(second)
    assert not on(third, wednesday).acts_as(first)


def test_who_is_away_after_all_stands_in_for_nobody_and_passes_nothing_on() -> None:
    first, second, third = (an_officer(Role.HANDLER) for _ in range(3))
    arranged(away(first, second))
    arranged(away(second, third))
    assert on(second, TUESDAY).stands_in_for == frozenset()
    assert on(third, TUESDAY).stands_in_for == {second}


@pytest.mark.parametrize(
    ("whom", "code"),
    [
        (lambda absent: absent, "self"),
        (lambda absent: an_officer(Role.HANDLER, body=HEALTH), "elsewhere"),
        (lambda absent: an_officer(Role.WINDOW), "no-role"),
        (lambda absent: suspended(), "off-duty"),
        (lambda absent: on_leave(), "away"),
    ],
)
def test_nobody_stands_in_who_could_not(whom: Callable[[OfficerId], OfficerId], code: str) -> None:
    absent = an_officer(Role.HANDLER)
    with pytest.raises(Refusal, match=f"directory.stand-in.{code}"):
        arranged(away(absent, whom(absent)))
    assert absent not in {one.officer for one in directory.absences_at(MARKET, MONDAY)}


def suspended() -> OfficerId:
    officer = an_officer(Role.HANDLER)
    directory.record_absence(officer, kind=AbsenceKind.SUSPENDED, since=MONDAY)
    directory.forget()
    return officer


def on_leave() -> OfficerId:
    officer = an_officer(Role.HANDLER)
    arranged(away(officer, None, since=TUESDAY + timedelta(days=1)))
    return officer


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        ((AbsenceKind.SUSPENDED, TUESDAY, FRIDAY), "kind"),
        ((AbsenceKind.LEAVE, MONDAY - timedelta(days=1), FRIDAY), "past"),
        ((AbsenceKind.LEAVE, FRIDAY, FRIDAY), "backwards"),
        ((AbsenceKind.LEAVE, TUESDAY, date(2036, 3, 6)), "too-long"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(planned: tuple[AbsenceKind, date, date], code: str) -> None:
    absent = an_officer(Role.HANDLER)
    with pytest.raises(Refusal, match=f"directory.absence.{code}"):
        arranged(Planned(absent, *planned))
    arranged(away(absent, None))
    with pytest.raises(Refusal, match=r"directory.absence.twice"):
        arranged(away(absent, None, since=FRIDAY - timedelta(days=1), until=FRIDAY + timedelta(days=9)))


def test_one_arranges_ones_own_absence_and_a_leader_or_administrator_that_of_others() -> None:
    absent, colleague = an_officer(Role.HANDLER), an_officer(Role.HANDLER)
    for stranger in (colleague, an_officer(Role.SUPERVISOR), an_officer(Role.LEADER, body=HEALTH)):
        with pytest.raises(Refusal, match=r"access.not-allowed"):
            arranged(away(absent, colleague), by=stranger)
    arranged(away(absent, colleague), by=an_officer(Role.ADMIN))
    [row] = directory.absences_at(MARKET, MONDAY)
    with pytest.raises(Refusal, match=r"access.not-allowed"):
        directory.end_absence(row.id, by=as_viewer(colleague), today=TUESDAY)
    directory.end_absence(row.id, by=as_viewer(an_officer(Role.LEADER)), today=TUESDAY)
    directory.forget()
    assert not on(colleague, TUESDAY + timedelta(days=1)).acts_as(absent)


@pytest.mark.parametrize(("day", "still"), [(0, []), (1, [1]), (2, [1])])
def test_an_absence_to_come_is_taken_back_whole_and_one_under_way_ends(day: int, still: list[int]) -> None:
    absent, stand_in = an_officer(Role.HANDLER), an_officer(Role.HANDLER)
    arranged(away(absent, stand_in))
    [row] = directory.absences_at(MARKET, MONDAY)
    directory.end_absence(row.id, by=as_viewer(absent), today=MONDAY + timedelta(days=day))
    directory.forget()
    assert [nth for nth in range(4) if on(stand_in, MONDAY + timedelta(days=nth)).acts_as(absent)] == still
    with pytest.raises(Refusal, match=r"directory.absence.unknown"):
        directory.end_absence(row.id, by=as_viewer(absent), today=FRIDAY)


def test_the_duty_list_costs_one_statement_and_the_colleagues_none(
    django_assert_num_queries: Callable[..., object],
) -> None:
    for name in ("甲", "乙"):
        arranged(away(an_officer(Role.HANDLER, name=name), None))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        rows = directory.absences_at(MARKET, MONDAY)
    assert [(row.name, row.since, row.last) for row in rows] == [
        ("乙", TUESDAY, FRIDAY - timedelta(days=1)),
        ("甲", TUESDAY, FRIDAY - timedelta(days=1)),
    ]
    assert [one.name for one in directory.colleagues(MARKET, TUESDAY)] == ["乙", "甲"]
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        directory.colleagues(MARKET, TUESDAY)
        assert directory.served_bodies(TUESDAY) == {MARKET: "锦江区市场监督管理局"}
