"""What is said in a case: both ways, sealed, once, within bounds, and without moving any clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tongban.cases import commands
from tongban.cases.models.stored import story
from tongban.cases.queries import (
    Wanted,
    contest_of,
    contests_open,
    desk_of,
    look_at,
    looks_at,
    looks_of,
    may_write,
    messages_of,
    own_cases,
    phone_of,
    view_of,
    waits_for_office,
)
from tongban.cases.rules.messages import MOST_A_DAY, MOST_LETTERS, STAYS_OPEN
from tongban.cases.tests.prices import statements_of
from tongban.cases.tests.world import (
    MONDAY,
    World,
    a_resident,
    an_officer,
    kinds_of,
    version_of,
)
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

ASKED, ANSWERED = "请问现场核查在哪一天？我好在家等。", "周四上午去，到时先打电话。"


def ask(number: str, by: Viewer, text: str = ASKED, *, at=MONDAY, after: int | None = None):
    return commands.send_message(number, by=by, at=at, text=text, after=after)


def said(number: str, viewer: Viewer) -> list[str]:
    return [one.text for one in messages_of(view_of(number, viewer, at=MONDAY), viewer)]


def taken(world: World, resident: Viewer) -> str:
    world.submit(by=resident)
    return world.take_next()


def a_look(number: str, by: Viewer) -> int:
    """The latest look at the case, made by this officer now."""
    look_at(number, by, at=MONDAY)
    rows = run(
        "select max(l.id) from ledger_look l join cases_case c on c.id = l.case_id where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0])


def test_a_question_and_its_answer_are_read_by_both_and_the_officer_is_masked(world):
    resident = a_resident()
    number = taken(world, resident)
    ask(number, resident)
    ask(number, world.handler, ANSWERED)
    for viewer in (resident, world.handler, world.leader):
        assert said(number, viewer) == [ASKED, ANSWERED]
    first, second = messages_of(view_of(number, resident, at=MONDAY), resident)
    assert (first.of_office, first.mine) == (False, True)
    assert second.of_office and not second.mine
    assert "测试人员" not in second.who and "测试机关" in second.who
    to_officer = messages_of(view_of(number, world.handler, at=MONDAY), world.handler)
    assert [(one.mine, one.who) for one in to_officer] == [(False, "申请人"), (True, second.who)]


def test_whoever_may_not_read_the_content_reads_no_message_and_writes_none(world):
    resident = a_resident()
    number = taken(world, resident)
    ask(number, resident)
    assert said(number, world.colleague) == []
    window = an_officer(world.body, Role.WINDOW)
    for viewer in (world.colleague, window, a_resident()):
        with pytest.raises(Refusal, match="access.not-allowed"):
            ask(number, viewer)


def test_what_is_said_stands_sealed_and_nowhere_else(world):
    resident = a_resident()
    number = taken(world, resident)
    ask(number, resident)
    rows = run(
        "select e.body, t.sealed from cases_event e join cases_case c on c.id = e.case_id"
        " join cases_content t on t.case_id = c.id and t.name = 'message:' || e.seq"
        " where c.number = $1::text and e.kind = 'message-sent'",
        (number,),
    )
    [(body, sealed)] = rows
    assert ASKED not in body and ASKED.encode() not in bytes(sealed)


def test_messages_move_no_clock_and_nobodys_turn(world):
    resident = a_resident()
    number = taken(world, resident)
    before = view_of(number, resident, at=MONDAY).state
    ask(number, resident)
    ask(number, world.handler, ANSWERED)
    after = view_of(number, resident, at=MONDAY).state
    assert after.facts == before.facts
    assert after.turn == before.turn
    assert not after.turn.touched
    assert after.version == before.version + 2


def test_a_grant_may_be_undone_though_something_was_said_since(world):
    number = world.accepted()
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    ask(number, world.handler, ANSWERED)
    approval = commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="依据有误")
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert kinds_of(number)[-1] == "reversed"


def test_pressed_twice_it_is_said_once_and_the_same_words_later_are_said_again(world):
    resident = a_resident()
    number = taken(world, resident)
    seen = version_of(number)
    ask(number, resident, after=seen)
    ask(number, resident, after=seen)
    assert said(number, resident) == [ASKED]
    ask(number, resident, after=version_of(number))
    assert said(number, resident) == [ASKED, ASKED]


def test_an_act_must_have_seen_what_was_said(world):
    resident = a_resident()
    number = taken(world, resident)
    seen = version_of(number)
    ask(number, resident)
    with pytest.raises(Refusal, match="cases.stale"):
        commands.accept(number, seen=seen, by=world.handler, at=MONDAY)


def test_a_side_says_so_much_a_day_and_the_other_side_still_answers(world):
    resident = a_resident()
    number = taken(world, resident)
    for nth in range(MOST_A_DAY):
        ask(number, resident, f"第 {nth} 问")
    with pytest.raises(Refusal, match="cases.message.too-many"):
        ask(number, resident)
    ask(number, world.handler, ANSWERED)
    ask(number, resident, at=MONDAY + timedelta(days=1))
    assert len(said(number, resident)) == MOST_A_DAY + 2


@pytest.mark.parametrize(("text", "code"), [("  \n", "empty"), ("长" * (MOST_LETTERS + 1), "too-long")])
def test_an_empty_and_an_endless_message_are_refused(world, text, code):
    resident = a_resident()
    number = taken(world, resident)
    with pytest.raises(Refusal, match=f"cases.message.{code}"):
        ask(number, resident, text)
    assert kinds_of(number) == ["submitted", "taken"]


def test_some_days_after_the_end_one_may_still_ask_and_then_no_more(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    late = MONDAY + STAYS_OPEN + timedelta(seconds=1)
    ask(number, resident, at=MONDAY + STAYS_OPEN)
    assert may_write(view_of(number, resident, at=MONDAY), resident, MONDAY + STAYS_OPEN)
    assert not may_write(view_of(number, resident, at=late), resident, late)
    with pytest.raises(Refusal, match="cases.message.over"):
        ask(number, resident, at=late)


def test_the_desk_marks_a_message_until_an_officer_answers_or_acts_on_the_case(world):
    resident = a_resident()
    number = taken(world, resident)

    def marked() -> bool:
        [row] = desk_of(world.handler, at=MONDAY)
        assert waits_for_office(view_of(number, world.handler, at=MONDAY)) == (row.last_word == "applicant")
        return row.last_word == "applicant"

    assert not marked()
    ask(number, resident)
    assert marked()
    ask(number, world.handler, ANSWERED)
    assert not marked()
    ask(number, resident, "好的")
    assert marked()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    assert not marked()
    [row] = own_cases(resident, Wanted(), at=MONDAY, limit=5)
    assert row.last_word is None


def test_nothing_is_said_any_more_once_the_content_is_destroyed(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    commands.erase_content(number, at=MONDAY)
    with pytest.raises(Refusal, match="cases.content-erased"):
        ask(number, resident)


def test_another_telephone_number_is_what_officers_read_and_certificates_print(world):
    resident = a_resident()
    number = taken(world, resident)
    earlier = view_of(number, resident, at=MONDAY)
    before = earlier.state
    commands.change_contact(number, seen=None, by=resident, at=MONDAY, phone=" 139 0000 0002 ")
    view = view_of(number, world.handler, at=MONDAY)
    assert view.answers == dict(earlier.answers) | {"phone": "13900000002"}
    assert phone_of(view_of(number, resident, at=MONDAY)) == "13900000002"
    assert (view.state.facts, view.state.turn) == (before.facts, before.turn)
    commands.change_contact(number, seen=None, by=resident, at=MONDAY, phone="13900000002")
    assert kinds_of(number) == ["submitted", "taken", "contact-changed"]
    with pytest.raises(Refusal):
        commands.change_contact(number, seen=None, by=resident, at=MONDAY, phone="12")
    commands.withdraw(number, seen=None, by=resident, at=MONDAY)
    with pytest.raises(Refusal, match="cases.contact.over"):
        commands.change_contact(number, seen=None, by=resident, at=MONDAY, phone="13900000003")


def test_a_doubt_about_a_look_is_answered_by_somebody_else_and_both_read_it(world):
    resident = a_resident()
    number = taken(world, resident)
    look = a_look(number, world.handler)
    commands.contest_look(number, look, by=resident, at=MONDAY, text="为什么要看我的材料？")
    [open_] = contests_open(world.leader)
    assert (open_.number, open_.due.isoformat()) == (number, "2026-03-23")
    to_answer = contest_of(number, open_.seq, world.leader, at=MONDAY)
    assert to_answer.text == "为什么要看我的材料？"
    commands.answer_contest(number, open_.seq, by=world.leader, at=MONDAY, text="核对布局图所需。")
    assert contests_open(world.leader) == []
    shown = next(one for one in looks_at(view_of(number, resident, at=MONDAY)) if one.id == look)
    assert shown.contest is not None
    assert (shown.contest.text, shown.contest.answer) == ("为什么要看我的材料？", "核对布局图所需。")
    assert "测试机关" in shown.contest.answered_by and "测试人员" not in shown.contest.answered_by


def test_who_reads_a_doubt_to_answer_it_leaves_a_look_too(world):
    resident = a_resident()
    number = taken(world, resident)
    commands.contest_look(number, a_look(number, world.handler), by=resident, at=MONDAY, text="为什么？")
    [open_] = contests_open(world.leader)
    contest_of(number, open_.seq, world.leader, at=MONDAY)
    latest = ledger.looks_at(view_of(number, resident, at=MONDAY).state.head.id)[-1]
    assert (latest.officer, latest.purpose, latest.what) == (world.leader.officer.id, "contest", "contest")


def test_nobody_answers_for_their_own_look_and_nobody_twice(world):
    resident = a_resident()
    number = taken(world, resident)
    supervisor = an_officer(world.body, Role.SUPERVISOR, region="510100")
    look = a_look(number, world.leader)
    commands.contest_look(number, look, by=resident, at=MONDAY, text="负责人为什么看？")
    assert contests_open(world.leader) == []
    [seq] = [one.seq for one in contests_open(supervisor) if one.number == number]
    with pytest.raises(Refusal, match="cases.contest.own-look"):
        commands.answer_contest(number, seq, by=world.leader, at=MONDAY, text="我要看。")
    with pytest.raises(Refusal, match="cases.contest.own-look"):
        contest_of(number, seq, world.leader, at=MONDAY)
    commands.answer_contest(number, seq, by=supervisor, at=MONDAY, text="已核实，是督办所需。")
    with pytest.raises(Refusal, match="cases.contest.answered"):
        commands.answer_contest(number, seq, by=supervisor, at=MONDAY, text="再答一次。")


def test_whoever_handles_the_case_does_not_read_what_was_written_about_a_look(world):
    resident = a_resident()
    number = taken(world, resident)
    commands.contest_look(number, a_look(number, world.handler), by=resident, at=MONDAY, text="为什么？")
    told = view_of(number, world.handler, at=MONDAY).story[-1]
    assert (told.event.kind, told.text) == ("look-contested", None)
    assert view_of(number, resident, at=MONDAY).story[-1].text == "为什么？"


def test_a_look_is_doubted_once_by_its_own_person_and_only_where_it_was(world):
    resident = a_resident()
    number, other = taken(world, resident), world.submit(by=resident).number
    look = a_look(number, world.handler)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.contest_look(number, look, by=a_resident(), at=MONDAY, text="为什么？")
    with pytest.raises(Refusal, match="cases.look.unknown"):
        commands.contest_look(other, look, by=resident, at=MONDAY, text="为什么？")
    commands.contest_look(number, look, by=resident, at=MONDAY, text="为什么？")
    with pytest.raises(Refusal, match="cases.contest.asked"):
        commands.contest_look(number, look, by=resident, at=MONDAY, text="为什么？")


def test_the_looks_at_all_ones_cases_cost_two_statements(world):
    resident = a_resident()
    numbers = [taken(world, resident) for _ in range(3)]
    for number in numbers:
        look_at(number, world.handler, at=MONDAY)
    found, statements = statements_of(lambda: looks_of(resident))
    assert len(statements) == 2
    assert [one.number for one in found] == numbers[::-1]
    assert looks_of(replace(resident, person=None)) == []


def test_what_was_said_leaves_a_leaf_that_says_nothing_of_it(world):
    resident = a_resident()
    number = taken(world, resident)
    ask(number, resident)
    rows = run(
        "select p.kind from ledger_pending p join cases_case c on c.id = p.case_id"
        " where c.number = $1::text order by p.event_id desc limit 1",
        (number,),
    )
    assert rows == [("other",)]
    assert len(story(view_of(number, resident, at=MONDAY).state.head.id)) == 3


@pytest.mark.parametrize(
    ("which", "words", "found"),
    [
        (None, "", ["to-correct", "withdrawn", "waiting"]),
        ("open", "", ["to-correct", "waiting"]),
        ("to-do", "", ["to-correct"]),
        ("done", "", ["withdrawn"]),
        (None, "经营许可", ["to-correct", "withdrawn", "waiting"]),
        (None, "没有这件事", []),
        ("open", "%", []),
    ],
)
def test_ones_own_cases_are_narrowed_and_searched(world, which, words, found):
    resident = a_resident()
    numbers = {"to-correct": taken(world, resident)}
    fault = commands.CorrectionFault("图", "", "请补上。")
    commands.return_for_correction(
        numbers["to-correct"], seen=None, by=world.handler, at=MONDAY, faults=[fault]
    )
    numbers["withdrawn"] = world.submit(by=resident).number
    commands.withdraw(numbers["withdrawn"], seen=None, by=resident, at=MONDAY)
    numbers["waiting"] = world.submit(by=resident).number
    rows = own_cases(resident, Wanted(which, words), at=MONDAY, limit=10)
    assert {row.number for row in rows} == {numbers[name] for name in found}


def test_a_case_is_found_by_its_number_with_or_without_hyphens(world):
    resident = a_resident()
    number, _ = world.submit(by=resident).number, world.submit(by=resident).number
    for words in (number, number.replace("-", ""), number[7:23]):
        assert [row.number for row in own_cases(resident, Wanted(words=words), at=MONDAY, limit=9)] == [
            number
        ]
