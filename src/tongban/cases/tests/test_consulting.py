"""Questions in a case, to a colleague or another body: who reads for it, until when, and what comes of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tongban.cases import commands
from tongban.cases.queries import (
    consultations_of,
    consultations_open,
    look_at,
    looks_at,
    view_of,
)
from tongban.cases.rules.clocks import Light
from tongban.cases.tests.test_together import facts_of
from tongban.cases.tests.world import (
    MONDAY,
    World,
    a_resident,
    a_world,
    an_officer,
    id_of,
)
from tongban.directory import api as directory
from tongban.kernel.access import Purpose, Role
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.refusal import Refusal


def asked(world: World, number: str, whom, *, by=None, days=3, at=MONDAY, text="这里在规划红线里吗？"):
    return commands.consult(
        number, seen=None, by=by or world.handler, at=at, whom=whom, days=days, text=text
    ).version


def test_another_body_is_asked_reads_for_it_on_record_and_answers(world):
    other, resident = a_world(), a_resident()
    directory.forget()
    world.submit(by=resident)
    number = world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    before = facts_of(number)
    with pytest.raises(Refusal, match="access.not-allowed"):
        look_at(number, other.handler, at=MONDAY)
    seq = asked(world, number, other.body)
    assert facts_of(number) == before
    [waits] = consultations_open(other.handler, at=MONDAY)
    assert (waits.number, waits.seq, waits.mine, waits.due) == (number, seq, True, date(2026, 3, 12))
    [own] = consultations_open(world.handler, at=MONDAY)
    assert (own.number, own.mine) == (number, False)
    view = look_at(number, other.handler, at=MONDAY)
    assert view.purpose is Purpose.CONSULTING
    assert view.answers is not None
    assert looks_at(view_of(number, resident, at=MONDAY))[0].purpose == "答复本件办理机关的征求意见"
    for stranger in (world.colleague, world.handler, world.leader):
        with pytest.raises(Refusal):
            commands.answer_consultation(number, seq, by=stranger, at=MONDAY, text="在。")
    commands.answer_consultation(number, seq, by=other.leader, at=MONDAY, text="在红线外，可以。")
    [shown] = consultations_of(view_of(number, world.handler, at=MONDAY), world.handler, at=MONDAY)
    assert (shown.text, shown.answer, shown.waits) == ("这里在规划红线里吗？", "在红线外，可以。", False)
    assert consultations_open(other.handler, at=MONDAY) == consultations_open(world.handler, at=MONDAY) == []
    with pytest.raises(Refusal, match="access.not-allowed"):
        look_at(number, other.handler, at=MONDAY)
    kinds = {told.event.kind for told in view_of(number, resident, at=MONDAY).story}
    assert kinds == {"submitted", "taken", "accepted"}


def test_a_colleague_who_is_asked_declines_with_a_reason_and_nobody_else_reads_for_it(world):
    number = world.accepted()
    seq = asked(world, number, id_of(world.colleague))
    third = an_officer(world.body, Role.HANDLER)
    assert look_at(number, third, at=MONDAY).purpose is None
    assert look_at(number, world.colleague, at=MONDAY).purpose is Purpose.CONSULTING
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.decline_consultation(number, seq, by=third, at=MONDAY, text="不是我。")
    commands.decline_consultation(number, seq, by=world.colleague, at=MONDAY, text="我没有去过现场。")
    [shown] = consultations_of(view_of(number, world.handler, at=MONDAY), world.handler, at=MONDAY)
    assert (shown.declined, shown.answer) == (True, "我没有去过现场。")
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.answer_consultation(number, seq, by=world.colleague, at=MONDAY, text="在。")


def test_an_overdue_question_is_red_for_both_and_of_no_use_after_the_decision(world):
    number, late = world.accepted(), MONDAY + timedelta(days=4)
    seq = asked(world, number, id_of(world.colleague))
    assert [one.late for one in consultations_open(world.colleague, at=MONDAY + timedelta(days=3))] == [False]
    for officer in (world.colleague, world.handler):
        assert [one.late for one in consultations_open(officer, at=late)] == [True]
    [shown] = consultations_of(view_of(number, world.handler, at=late), world.handler, at=late)
    assert shown.light is Light.RED
    commands.grant(number, seen=None, by=world.handler, at=late, text="符合条件")
    with pytest.raises(Refusal, match="cases.consultation.over"):
        commands.answer_consultation(number, seq, by=world.colleague, at=late, text="在。")
    assert consultations_open(world.colleague, at=late) == []
    assert look_at(number, world.colleague, at=late).purpose is None


@pytest.mark.parametrize(
    ("whom", "days", "code"),
    [
        (lambda world: id_of(world.handler), 3, "self"),
        (lambda world: id_of(an_officer(world.body, Role.WINDOW)), 3, "no-role"),
        (lambda world: OfficerId(uuid4()), 3, "off-duty"),
        (lambda world: id_of(a_world().handler), 3, "off-duty"),
        (lambda world: world.body, 3, "unknown-body"),
        (lambda world: BodyCode("11510104000000001A"), 3, "unknown-body"),
        (lambda world: id_of(world.colleague), 0, "days"),
        (lambda world: id_of(world.colleague), 11, "days"),
    ],
)
def test_nobody_is_asked_who_could_not_answer_nor_for_ever(world, whom, days, code):
    number = world.accepted()
    with pytest.raises(Refusal, match=f"cases.consult.{code}"):
        asked(world, number, whom(world), days=days)
    asked(world, number, id_of(world.colleague))
    with pytest.raises(Refusal, match=r"cases.consult.already-asked"):
        asked(world, number, id_of(world.colleague))
