"""Every number that a leader sees opens as many cases as it says."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from tongban.cases import api as cases
from tongban.cases.tests.truth import lived_a_week
from tongban.cases.tests.world import MONDAY, World, a_world, an_officer
from tongban.desk.pages.assigning import to_assign
from tongban.desk.pages.counts import Cell, Counts
from tongban.desk.pages.narrowed import narrowing_in
from tongban.directory import api as directory
from tongban.kernel.access import Role, Viewer

AT = MONDAY + timedelta(days=4)


@pytest.fixture
def world(transactional_db: None) -> World:
    """An item at a body of its own."""
    return a_world()


def cells(counts: Counts, world: World) -> Iterator[Cell]:
    """Every number of the page."""
    yield from counts.cells(counts.told.all)
    yield from counts.overtook()
    for step in counts.steps():
        yield from step.cells
    for day in counts.days():
        yield from day.cells
    for row in [*counts.officers(world.body), *counts.bodies({}), *counts.items()]:
        yield from row.cells


@pytest.mark.parametrize(
    ("role", "body"),
    # The whole region of a supervisor holds cases of other tests, with days that no city lives through.
    [(Role.LEADER, False), (Role.LEADER, True), (Role.SUPERVISOR, True)],
    ids=["a leader", "a leader's body", "a body in a supervisor's region"],
)
def test_every_number_opens_as_many_cases_as_it_says(world: World, role: Role, body: bool) -> None:
    lived_a_week(world)
    viewer = an_officer(world.body, role)
    whose = cases.Narrowing(body=world.body if body else None)
    told = cases.overview_of(viewer, at=AT, body=whose.body)
    seen = [(cell.number, cell.address, opened(viewer, cell)) for cell in cells(Counts(told, whose), world)]
    assert [one for one in seen if one[0] != one[2]] == []
    assert sum(number > 0 for number, _, _ in seen) > 40
    assert all(bool(address) == (number > 0) for number, address, _ in seen)


def opened(viewer: Viewer, cell: Cell) -> int:
    """How many cases the list has that a number opens."""
    if not cell.address:
        return 0
    narrowing = narrowing_in(dict(parse_qsl(cell.address.removeprefix("?"))))
    sorting = narrowing.sortings[0]
    return cases.narrowed(viewer, narrowing, at=AT, sorting=sorting, limit=1).count


def test_who_is_away_is_marked_and_who_holds_nothing_stands_there_too(world: World) -> None:
    world.submit(at=MONDAY)
    world.take_next(at=MONDAY)
    assert world.handler.officer
    directory.record_absence(world.handler.officer.id, kind=directory.AbsenceKind.LEAVE, since=MONDAY.date())
    counts = Counts(cases.overview_of(world.leader, at=AT), cases.Narrowing())
    rows = [(row.beside, row.cells[0].number) for row in counts.officers(world.body)]
    assert rows == [("休假", 1), ("", 0)]


def test_a_supervisor_is_offered_no_assignment(world: World) -> None:
    world.submit(at=MONDAY)
    supervisor = an_officer(world.body, Role.SUPERVISOR)
    assert [one.row.id for one in to_assign(world.leader, world.body, {})] == [world.queue]
    assert to_assign(supervisor, world.body, {}) == []
