"""What is asked costs the same however long the answer, and shows nobody more than the access table."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.queries import (
    Filters,
    Narrowing,
    Sorting,
    approvals_open,
    cases,
    desk_of,
    look_at,
    narrowed,
    overview_of,
    queues,
    receipt_of,
    view_of,
)
from tongban.cases.rules.clocks import Light
from tongban.cases.rules.life import Stage
from tongban.cases.tests.world import (
    MONDAY,
    a_resident,
    a_world,
    an_agent,
    an_officer,
    copies_of,
    seal_all,
)
from tongban.engine.tlog import ProofFile, Verifier, open_receipt
from tongban.kernel.access import Role
from tongban.kernel.ids import ItemCode, QueueId
from tongban.kernel.sql import run
from tongban.ledger import api as ledger


def statements(deed) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len([query for query in captured if query["sql"] not in ("BEGIN", "COMMIT")])


@pytest.mark.parametrize("length", [1, 30])
def test_lists_cost_one_statement_however_long(world, length):
    for _ in range(length):
        world.submit(sealed=False)
    seal_all()
    for _ in range(length):
        world.take_next()
    assert statements(lambda: desk_of(world.handler, at=MONDAY)) == 1
    assert statements(lambda: cases(world.handler, Filters(), at=MONDAY)) == 1
    assert statements(lambda: queues(world.handler)) == 1
    assert statements(lambda: approvals_open(world.leader)) == 1
    assert len(desk_of(world.handler, at=MONDAY)) == length


@pytest.mark.parametrize("rows", [10, 10_000])
def test_what_an_officer_and_a_leader_ask_costs_the_same_at_ten_and_at_ten_thousand_rows(world, rows):
    world.submit()
    number = world.take_next()
    with transaction.atomic():
        copies_of(number, rows - 1)
        assert statements(lambda: desk_of(world.handler, at=MONDAY)) == 1
        assert statements(lambda: cases(world.handler, Filters(open=True), at=MONDAY)) == 1
        assert statements(lambda: queues(world.handler)) == 1
        assert statements(lambda: overview_of(world.leader, at=MONDAY)) == 5
        every = Narrowing(open=True)
        asked = {"at": MONDAY, "sorting": Sorting.NEWEST, "limit": 30}
        assert statements(lambda: narrowed(world.leader, every, **asked)) == 1
        assert narrowed(world.leader, every, **asked).count == rows
        transaction.set_rollback(True)


def test_a_case_costs_one_statement_and_an_officers_look_one_more(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    assert statements(lambda: view_of(number, resident, at=MONDAY)) == 1
    look_at(number, world.handler, at=MONDAY)  # The officers it names are known in the process from now on.
    assert statements(lambda: look_at(number, world.handler, at=MONDAY)) == 2


def test_the_most_pressing_stands_first_on_the_desk(world):
    later = world.submit().number
    world.take_next()
    commands.accept(later, seen=None, by=world.handler, at=MONDAY)
    world.submit()
    sooner = world.take_next()
    rows = desk_of(world.handler, at=MONDAY)
    assert [row.number for row in rows] == [sooner, later]
    assert rows[0].light is Light.GREEN and rows[0].applicant == "张*丰"


def test_lists_go_on_from_a_key_without_gap_or_repeat(world):
    resident = a_resident()
    numbers = [world.submit(by=resident, sealed=False).number for _ in range(7)]
    seen, before = [], None
    while page := cases(resident, Filters(), at=MONDAY, before=before, limit=3):
        seen += [row.number for row in page]
        before = page[-1].id
    assert seen == sorted(numbers, key=lambda number: number[16:23], reverse=True)


def test_lists_are_narrowed_by_stage_item_queue_and_openness(world):
    resident = a_resident()
    kept = world.submit(by=resident).number
    gone = world.submit(by=resident).number
    commands.withdraw(gone, seen=None, by=resident, at=MONDAY)
    supervisor = an_officer(world.body, Role.SUPERVISOR, region="510100")

    def found(**narrowed):
        lists = [cases(one, Filters(**narrowed), at=MONDAY) for one in (resident, world.handler, supervisor)]
        mine = [[row.number for row in rows if row.number in (kept, gone)] for rows in lists]
        assert mine[0] == mine[1] == mine[2]
        return mine[0]

    assert found() == [gone, kept]
    assert found(stage=Stage.WITHDRAWN) == [gone]
    assert found(open=True) == [kept]
    assert found(open=False) == [gone]
    assert found(stage=Stage.WITHDRAWN, open=True) == []
    assert found(queue=world.queue) == [gone, kept]
    assert found(item=world.item) == [gone, kept]
    assert found(item=world.item, stage=Stage.SUBMITTED) == [kept]
    assert found(queue="another") == found(item="another") == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), 5),
        (Filters(open=True), 1),
        (Filters(open=False), 5),
        (Filters(stage=Stage.WITHDRAWN), 0),
        (Filters(stage=Stage.SUBMITTED), 1),
        (Filters(item=ItemCode("none")), 0),
        (Filters(queue=QueueId("none")), 0),
    ],
)
def test_a_list_reads_the_newest_along_an_index_and_not_all_that_is_stored(world, filters, found):
    number = world.submit().number
    with transaction.atomic():
        closed_copies(2_000, of=number)
        before = cases_read()
        rows = cases(world.handler, filters, at=MONDAY, limit=5)
        read = cases_read() - before
        transaction.set_rollback(True)
    assert len(rows) == found
    assert read <= 5 * len(Stage)


def closed_copies(count: int, of: str) -> None:
    run(
        "insert into cases_case select r.* from cases_case c, generate_series(1, $2::int) nth,"
        " jsonb_populate_record(c, jsonb_build_object('id', 2 ^ 52 + nth, 'number', 'copy-' || nth,"
        " 'tag', md5(nth::text), 'open', false, 'waits', false, 'stage', 'completed')) r"
        " where c.number = $1::text",
        (of, count),
    )
    run("analyze cases_case")


def cases_read() -> int:
    """Rows of cases that this transaction has read so far, by the database's own count."""
    [(rows,)] = run(
        "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'cases_case'"
    )
    return int(rows)


def test_everyone_sees_their_own_list_and_no_other(world):
    mine, agent = a_resident(), an_agent()
    own, firm = world.submit(by=mine).number, world.submit(by=agent).number
    supervisor = an_officer(world.body, Role.SUPERVISOR, region="510100")
    elsewhere = an_officer(world.body, Role.SUPERVISOR, region="530700")

    def numbers(viewer):
        rows = cases(viewer, Filters(queue=world.queue), at=MONDAY)
        return {row.number for row in rows}

    assert numbers(mine) == {own}
    assert numbers(agent) == {firm}
    assert numbers(replace(agent, mandates=frozenset(), acting_for=None)) == set()
    assert numbers(a_resident()) == set()
    assert numbers(world.handler) == numbers(world.leader) == numbers(supervisor) == {own, firm}
    assert numbers(elsewhere) == numbers(a_world().handler) == set()
    assert numbers(an_officer(world.body, Role.ADMIN)) == set()


def test_the_applicant_sees_the_place_in_the_queue(world):
    residents = [a_resident() for _ in range(3)]
    numbers = [world.submit(by=resident).number for resident in residents]

    def places():
        return [view_of(n, r, at=MONDAY).place for n, r in zip(numbers, residents, strict=True)]

    assert places() == [1, 2, 3]
    world.take_next()
    assert places() == [None, 1, 2]
    commands.release(numbers[0], seen=None, by=world.handler, at=MONDAY)
    assert places() == [1, 2, 3]


def test_the_receipt_carries_its_proof_once_the_arrival_is_sealed(world):
    resident = a_resident()
    number = world.submit(by=resident, sealed=False).number
    view = view_of(number, resident, at=MONDAY)
    assert receipt_of(view).proof is None
    seal_all()
    file = receipt_of(view)
    keys = [Verifier.parse(line) for line in ledger.keys().split("\n") if line]
    receipt, proof = open_receipt(file.text.encode(), keys)
    assert receipt.case == number and isinstance(proof, ProofFile)


def test_the_strip_of_days_is_drawn_from_the_clock_itself(world):
    number = world.accepted()
    view = view_of(number, world.handler, at=MONDAY)
    days = view.days("promised", MONDAY.date())
    assert days[0].kind == "start" and days[-1].kind == "due"
    assert days[-1].day == view.due("promised").day
    assert sum(day.kind in ("counted", "due") for day in days) == 10
