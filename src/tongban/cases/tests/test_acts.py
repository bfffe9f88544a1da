"""Acts: each by the one who may, on the case as it was seen, with what it leaves behind."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.queries import look_at, view_of
from tongban.cases.rules.life import Stage
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    a_resident,
    a_world,
    kinds_of,
    version_of,
)
from tongban.kernel.access import Purpose
from tongban.kernel.ids import Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

FAULTS = [
    CorrectionFault(place="设备布局图", basis="食品安全法 第三十五条第二款", do="请标出洗消间的位置。"),
    CorrectionFault(place="食品安全规章制度", basis="食品安全法 第三十三条", do="请补上自查制度。"),
]


def test_the_whole_way_from_application_to_completion(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    assert world.take_next() == number
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=FAULTS)
    commands.resubmit(number, seen=None, by=resident, at=MONDAY, answers=FOOD_ANSWERS | {"area": "90"})
    assert world.take_next() == number
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    commands.deliver(number, seen=None, by=world.colleague, at=MONDAY, way="window")
    commands.complete(number, at=MONDAY)
    commands.complete(number, at=MONDAY)  # told twice
    assert kinds_of(number) == [
        "submitted",
        "taken",
        "returned-for-correction",
        "resubmitted",
        "taken",
        "accepted",
        "granted",
        "delivered",
        "completed",
    ]
    view = view_of(number, resident, at=MONDAY)
    assert view.answers["area"] == "90.0"
    told = next(told for told in view.story if told.event.kind == "returned-for-correction")
    assert [fault["do"] for fault in told.faults] == [fault.do for fault in FAULTS]


def test_a_stale_act_is_refused_and_tells_what_changed(world):
    number = world.submit().number
    world.take_next()
    seen = version_of(number)
    commands.accept(number, seen=seen, by=world.handler, at=MONDAY)
    with pytest.raises(Refusal, match="cases.stale") as refused:
        commands.grant(number, seen=seen, by=world.handler, at=MONDAY, text="准予")
    assert [fault["kind"] for fault in refused.value.faults] == ["accepted"]
    assert kinds_of(number) == ["submitted", "taken", "accepted"]


def test_accepting_twice_is_refused_and_changes_nothing(world):
    number = world.accepted()
    with pytest.raises(Refusal, match="cases.accept.wrong-stage"):
        commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert kinds_of(number) == ["submitted", "taken", "accepted"]


def test_two_acts_at_the_same_moment_do_one(world, at_once):
    number = world.accepted()
    seen = version_of(number)
    answers = at_once(
        lambda: commands.grant(number, seen=seen, by=world.handler, at=MONDAY, text="准予"),
        lambda: commands.refuse(number, seen=seen, by=world.handler, at=MONDAY, text="不准"),
    )
    assert [isinstance(answer, Refusal) for answer in answers].count(True) == 1
    assert len(kinds_of(number)) == 4


def test_a_refusal_tells_reasons_and_remedies_and_needs_both(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    with pytest.raises(Refusal, match="cases.reason.text-missing"):
        commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text=" ")
    commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text="场所不符合要求")
    text = view_of(number, resident, at=MONDAY).story[-1].text
    assert text.startswith("场所不符合要求") and "行政复议" in text and "行政诉讼" in text


def test_refusing_to_accept_names_a_ground(world):
    number = world.submit().number
    world.take_next()
    with pytest.raises(Refusal, match="cases.ground.unknown"):
        commands.refuse_acceptance(
            number, seen=None, by=world.handler, at=MONDAY, ground="no", text="不属于本局"
        )
    commands.refuse_acceptance(
        number, seen=None, by=world.handler, at=MONDAY, ground="not-ours", text="请向青羊区申请"
    )
    assert kinds_of(number)[-1] == "not-accepted"


def test_a_special_procedure_moves_the_row_with_the_story(world):
    item = a_world(special_procedures=_expert_review())
    item.submit()
    number = item.take_next()
    commands.accept(number, seen=None, by=item.handler, at=MONDAY)
    before = _due(number)
    commands.start_special_procedure(
        number,
        seen=None,
        by=item.handler,
        at=MONDAY,
        procedure="expert-review",
        told_until=date(2026, 3, 20),
        text="专家评审至3月20日",
    )
    commands.end_special_procedure(number, seen=None, by=item.handler, at=MONDAY + timedelta(days=7))
    assert (_due(number) - before).days == 7


def _expert_review():
    law = {
        "law": "行政许可法",
        "article": "第四十五条",
        "sense": "评审时间不计入。",
        "source": "x",
        "checked": True,
    }
    return [{"code": "expert-review", "when": "需要专家评审的", "law": law}]


def _due(number):
    return run("select due from cases_case where number = $1::text", (number,))[0][0]


def test_nobody_but_the_applicant_withdraws_and_not_after_the_decision(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    for other in (a_resident(), world.handler):
        with pytest.raises(Refusal, match="access.not-allowed"):
            commands.withdraw(number, seen=None, by=other, at=MONDAY)
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    with pytest.raises(Refusal, match="cases.withdraw.wrong-stage"):
        commands.withdraw(number, seen=None, by=resident, at=MONDAY)


def test_the_stage_that_is_over_takes_no_corrections(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    with pytest.raises(Refusal, match="cases.resubmit.wrong-stage"):
        commands.resubmit(number, seen=None, by=resident, at=MONDAY, answers={})


def test_an_officers_look_at_the_content_is_recorded_before_it_is_shown(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    case = view_of(number, resident, at=MONDAY).state.head.id
    assert look_at(number, world.colleague, at=MONDAY).answers is None
    assert ledger.looks_at(case) == []
    world.take_next()
    assert look_at(number, world.handler, at=MONDAY).answers is not None
    look_at(number, resident, at=MONDAY)
    [look] = ledger.looks_at(case)
    assert (look.officer, look.purpose) == (world.handler.officer.id, Purpose.HANDLING)


def test_a_leader_reads_the_content_for_a_named_purpose(world):
    number = world.accepted()
    assert look_at(number, world.leader, at=MONDAY).purpose is Purpose.LEADING
    commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    assert look_at(number, world.leader, at=MONDAY).purpose is Purpose.APPROVAL


def test_a_stranger_sees_nothing(world):
    number = world.submit().number
    for stranger in (a_resident(), a_world().handler, a_world().leader):
        with pytest.raises(Refusal, match="access.not-allowed"):
            look_at(number, stranger, at=MONDAY)


def test_the_applicant_is_not_shown_what_officers_ask_of_each_other(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    view = view_of(number, resident, at=MONDAY)
    assert [told.event.kind for told in view.story] == ["submitted", "taken", "accepted"]
    assert view.approvals == []


def test_taking_costs_three_statements_beside_the_transaction(world):
    for _ in range(3):
        world.submit()
    with CaptureQueriesContext(connection) as captured:
        world.take_next()
    statements = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len([text for text in statements if "cases_" in text]) == 3


@pytest.mark.parametrize("change", ["update cases_event set body = ''", "delete from cases_event"])
def test_the_database_lets_nobody_change_or_delete_an_event(world, change):
    world.submit()
    with pytest.raises(DatabaseError, match="never changed"):
        run(change)


def test_the_stage_of_a_row_is_one_of_life(world):
    number = world.submit().number
    assert Stage(run("select stage from cases_case where number = $1::text", (number,))[0][0])


@pytest.mark.parametrize("seen", [-1, 0, 99, 2**40])
def test_a_version_nobody_saw_is_stale(world, seen):
    number = world.submit().number
    world.take_next()
    with pytest.raises(Refusal, match="cases.stale"):
        commands.accept(number, seen=Version(seen), by=world.handler, at=MONDAY)


@pytest.mark.parametrize("number", ["", "510104-20260309-9999999-9", "' or 1=1", "\x00"])
def test_a_number_that_is_none_is_unknown(world, number):
    with pytest.raises(Refusal, match="cases.unknown"):
        view_of(number.replace("\x00", "?"), world.handler, at=MONDAY)
