"""Approvals: by another entitled officer, signed in; nobody can merely name one."""

import pytest

from tongban.cases import commands
from tongban.cases.queries import approvals_open
from tongban.cases.tests.world import MONDAY, a_world, an_officer, kinds_of
from tongban.kernel.access import Role
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


def test_an_extension_waits_for_the_head_and_then_moves_the_clock(world):
    number = world.accepted()
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    before = _statutory(number)
    assert [open_.id for open_ in approvals_open(world.leader)] == [approval]
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert _statutory(number) > before
    assert approvals_open(world.leader) == []
    assert kinds_of(number)[-3:] == ["approval-asked", "approval-given", "extended"]


def _statutory(number):
    return run("select statutory_due from cases_case where number = $1::text", (number,))[0][0]


def test_what_was_declined_is_not_done(world):
    number = world.accepted()
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    commands.decline(approval, by=world.leader, at=MONDAY)
    assert kinds_of(number)[-2:] == ["approval-asked", "approval-declined"]
    with pytest.raises(Refusal, match="cases.approval.answered"):
        commands.approve(approval, by=world.leader, at=MONDAY)


def test_who_asked_does_not_approve_whatever_posts_they_hold(world):
    both = an_officer(world.body, Role.HANDLER, Role.LEADER)
    world.submit()
    number = world.take_next(by=both)
    commands.accept(number, seen=None, by=both, at=MONDAY)
    approval = commands.extend(number, seen=None, by=both, at=MONDAY, text="情况复杂")
    assert approvals_open(both) == []
    with pytest.raises(Refusal, match="cases.approval.own"):
        commands.approve(approval, by=both, at=MONDAY)


@pytest.mark.parametrize("who", ["colleague", "leader elsewhere"])
def test_who_is_not_entitled_does_not_approve(world, who):
    number = world.accepted()
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    officer = world.colleague if who == "colleague" else a_world().leader
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.approve(approval, by=officer, at=MONDAY)
    assert kinds_of(number)[-1] == "approval-asked"


def test_the_same_is_not_asked_twice_while_it_waits(world):
    number = world.accepted()
    commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    with pytest.raises(Refusal, match="cases.approval.already-asked"):
        commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")


def test_two_leaders_at_once_answer_once(world, at_once):
    number = world.accepted()
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    other = an_officer(world.body, Role.LEADER)
    answers = at_once(
        lambda: commands.approve(approval, by=world.leader, at=MONDAY),
        lambda: commands.decline(approval, by=other, at=MONDAY),
    )
    assert [isinstance(answer, Refusal) for answer in answers].count(True) == 1
    assert len(kinds_of(number)) in (5, 6)


def test_what_is_no_longer_lawful_is_refused_at_the_approval_and_stays_open(world):
    number = world.accepted()
    approval = commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    with pytest.raises(Refusal, match="cases.extend.wrong-stage"):
        commands.approve(approval, by=world.leader, at=MONDAY)
    assert kinds_of(number)[-1] == "granted"
    commands.decline(approval, by=world.leader, at=MONDAY)


def test_a_wrong_refusal_is_undone_by_a_later_act_with_reason_and_approver(world):
    number = world.accepted()
    before = run("select facts::text from cases_case where number = $1::text", (number,))
    commands.refuse(number, seen=None, by=world.handler, at=MONDAY, text="看错了材料")
    approval = commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="看错了材料，应予审查")
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert run("select facts::text from cases_case where number = $1::text", (number,)) == before
    assert kinds_of(number)[-4:] == ["refused", "approval-asked", "approval-given", "reversed"]
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")


def test_a_wrong_correction_notice_undone_puts_the_case_back_in_its_place(world):
    number, later = world.submit().number, world.submit().number
    world.take_next()
    fault = commands.CorrectionFault(place="场所", basis="", do="请写明门牌号。")
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    approval = commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="材料其实齐全")
    commands.approve(approval, by=world.leader, at=MONDAY)
    assert [world.take_next(), world.take_next()] == [number, later]
