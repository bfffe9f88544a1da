"""Submitting: once and only once, with every fault named, in one statement."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    World,
    a_file,
    a_resident,
    an_agent,
    kinds_of,
    seal_all,
)
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger


def application(world: World, owner, **changes) -> Application:
    materials = tuple((kind, a_file(owner.person)) for kind in FOOD_MATERIALS)
    return replace(Application(world.item, JINJIANG, FOOD_ANSWERS, materials), **changes)


def cases_of(person):
    return run("select count(*) from cases_case where applicant = $1::bytea", (person,))[0][0]


def test_the_receipt_names_case_time_queue_and_the_commitment_of_the_arrival_leaf(world):
    submitted = world.submit()
    lines = dict(line.split(" ", 1) for line in submitted.receipt.split("\n")[1:6])
    assert lines["case"] == submitted.number and lines["queue"] == world.queue
    assert lines["time"] == "2026-03-09T02:00:00Z"
    event = run(
        "select e.id from cases_event e join cases_case c on c.id = e.case_id where c.number = $1::text",
        (submitted.number,),
    )[0][0]
    index = ledger.index_of(event)
    leaf = ledger.entries(index // 256, 256) or ledger.entries(index // 256, index % 256 + 1)
    assert leaf is not None and lines["commitment"].encode() in leaf


def test_the_same_submission_again_gives_the_same_case_and_the_same_receipt(world):
    resident = a_resident()
    first = commands.submit(application(world, resident), by=resident, key="k1", at=MONDAY)
    # A retry uploads its files anew: the content is the same, the handles are not.
    again = commands.submit(application(world, resident), by=resident, key="k1", at=MONDAY)
    assert first.fresh and not again.fresh
    assert (again.number, again.receipt) == (first.number, first.receipt)
    assert cases_of(resident.person) == 1


def test_sixteen_at_the_same_moment_open_one_case(world, at_once):
    resident = a_resident()
    world.submit()
    ready = [application(world, resident) for _ in range(16)]
    answers = at_once(
        *(lambda one=one: commands.submit(one, by=resident, key="at once", at=MONDAY) for one in ready)
    )
    assert len({answer.receipt for answer in answers}) == 1
    assert [answer.fresh for answer in answers].count(True) == 1
    assert cases_of(resident.person) == 1


def test_the_same_key_with_other_content_is_refused_and_changes_nothing(world):
    resident = a_resident()
    commands.submit(application(world, resident), by=resident, key="k", at=MONDAY)
    for other in (
        application(world, resident, answers=FOOD_ANSWERS | {"area": "87"}),
        application(
            world,
            resident,
            materials=tuple((kind, a_file(resident.person, content=PDF + b"\n")) for kind in FOOD_MATERIALS),
        ),
    ):
        with pytest.raises(Refusal, match="cases.submit.key-reused"):
            commands.submit(other, by=resident, key="k", at=MONDAY)
    assert cases_of(resident.person) == 1


def test_another_applicant_may_use_the_same_key(world):
    one, other = a_resident(), a_resident()
    first = commands.submit(application(world, one), by=one, key="same", at=MONDAY)
    second = commands.submit(application(world, other), by=other, key="same", at=MONDAY)
    assert second.fresh and second.number != first.number


def test_every_fault_is_named_at_once_and_nothing_is_written(world):
    resident = a_resident()
    bad = Application(
        world.item,
        JINJIANG,
        FOOD_ANSWERS | {"phone": "12", "uscc": "nonsense", "extra": 1},
        (("food-layout", "no handle"), ("passport", a_file(resident.person))),
    )
    with pytest.raises(Refusal) as refused:
        commands.submit(bad, by=resident, key=None, at=MONDAY)
    places = {fault["place"] for fault in refused.value.faults}
    assert places >= {"phone", "uscc", "extra", "materials.0", "materials"}
    assert {"materials.food-safety-rules", "materials.food-safety-manager-proof"} <= places
    assert all(fault["says"] and fault["do"] for fault in refused.value.faults)
    assert cases_of(resident.person) == 0


def test_a_file_serves_one_case_only(world):
    resident = a_resident()
    first = application(world, resident)
    commands.submit(first, by=resident, key="one", at=MONDAY)
    with pytest.raises(Refusal, match="papers.file.unclaimed"):
        commands.submit(first, by=resident, key="two", at=MONDAY)
    assert cases_of(resident.person) == 1


def test_nobody_hands_in_anothers_file(world):
    owner, thief = a_resident(), a_resident()
    with pytest.raises(Refusal, match="cases.submit.faults"):
        commands.submit(application(world, owner), by=thief, key=None, at=MONDAY)


def test_an_enterprise_is_applied_for_only_by_someone_entitled(world):
    agent = an_agent()
    submitted = commands.submit(application(world, agent), by=agent, key=None, at=MONDAY)
    applicant, filed_by = run(
        "select applicant, filed_by from cases_case where number = $1::text", (submitted.number,)
    )[0]
    assert (applicant, filed_by) == (agent.acting_for, agent.person)
    stranger = replace(a_resident(), acting_for=agent.acting_for)
    with pytest.raises(Refusal, match="identity.no-mandate"):
        commands.submit(application(world, stranger), by=stranger, key=None, at=MONDAY)


def test_an_officer_does_not_apply_in_office(world):
    with pytest.raises(Refusal, match="cases.submit.not-a-person"):
        commands.submit(
            Application(world.item, JINJIANG, FOOD_ANSWERS), by=world.handler, key=None, at=MONDAY
        )


def test_where_no_office_runs_the_item_nothing_is_submitted(world):
    resident = a_resident()
    with pytest.raises(Refusal, match="cases.submit.no-office"):
        commands.submit(application(world, resident, region="530702"), by=resident, key=None, at=MONDAY)


def test_a_submission_costs_one_statement(world):
    world.submit()
    resident = a_resident()
    ready = application(world, resident)
    with CaptureQueriesContext(connection) as captured:
        commands.submit(ready, by=resident, key="k", at=MONDAY)
    statements = [query["sql"] for query in captured if "nextval" not in query["sql"]]
    assert len(statements) == 1 and "insert into cases_submission" in statements[0]


def test_nothing_of_the_applicant_stands_in_the_story_or_in_the_log(world):
    number = world.submit(representative="欧阳锋某某").number
    bodies = run(
        "select e.body, p.entry from cases_event e join cases_case c on c.id = e.case_id"
        " join ledger_leaf p on p.event_id = e.id where c.number = $1::text",
        (number,),
    )
    for text in (text for row in bodies for text in row):
        assert "欧阳" not in text and "13800138000" not in text
    [(_, entry)] = bodies
    assert number not in entry
    assert set(re.findall(r'"(\w+)":', entry)) == {"v", "kind", "queue", "minute", "case", "commitment"}


def test_answers_are_sealed_under_the_cases_own_key(world):
    number = world.submit(representative="欧阳锋某某").number
    sealed, wrapped = run(
        "select t.sealed, k.wrapped from cases_content t join cases_key k using (case_id)"
        " join cases_case c on c.id = t.case_id where c.number = $1::text",
        (number,),
    )[0]
    assert "欧阳".encode() not in sealed
    assert len(ring().unwrap(bytes(wrapped), f"case {_id(number)}".encode())) == 32


def test_the_first_case_of_an_office_makes_its_queue(world):
    assert kinds_of(world.submit(sealed=False).number) == ["submitted"]
    seal_all()
    assert world.take_next()


def _id(number):
    return run("select id from cases_case where number = $1::text", (number,))[0][0]
