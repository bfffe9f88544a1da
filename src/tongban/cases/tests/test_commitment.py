"""告知承诺: granted at once upon a promise, checked later, revoked where the promise was untrue."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.queries import (
    acts_for,
    approvals_open,
    desk_of,
    overview_of,
    papers_of,
    standing_of,
    to_explain,
    view_of,
)
from tongban.cases.rules.clocks import Light
from tongban.cases.rules.flowing import waiting_in
from tongban.cases.rules.joint import Outcome, outcome_of
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.words import UNTRUE_COMMITMENT
from tongban.cases.tests.laws import licensing, published_promise
from tongban.cases.tests.test_rules import accepted
from tongban.cases.tests.world import (
    JINJIANG,
    MONDAY,
    World,
    a_file,
    a_resident,
    a_world,
    an_officer,
    id_of,
    kinds_of,
    seal_all,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.packs import example_of
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import ApprovalId
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("transactional_db")

FIRE = "fire-safety-check"
ANSWERS = example_of(Path(settings.PACKS) / "items" / FIRE)
ORDINARY = {key: value for key, value in ANSWERS.items() if key != "commitment"} | {"procedure": "ordinary"}
FOUND = "安全出口上了锁，责令改正后仍然锁着。"
NEXT_DAY = MONDAY + timedelta(days=1)
LATE = MONDAY + timedelta(days=90)


@pytest.fixture(scope="module")
def fire(django_db_setup: None, django_db_blocker: Any) -> World:
    """The item that is granted upon a promise, at a body of its own."""
    with django_db_blocker.unblock():
        return a_world(FIRE)


def applied(world: World, answers: dict[str, Any] = ANSWERS) -> tuple[str, Viewer]:
    """A case with its applicant, accepted by the handler."""
    resident, item = a_resident(), catalogue.item(world.item)
    assert resident.person is not None
    wanted = [one.kind for one in item.materials_for(answers) if one.must_be_handed_in]
    files = [(kind, a_file(resident.person)) for kind in wanted]
    application = Application(world.item, JINJIANG, answers, files)
    number = commands.submit(application, by=resident, key=None, at=MONDAY).number
    seal_all()
    commands.take(number, seen=None, by=world.handler, at=MONDAY, reason=None, text="")
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    return number, resident


def delivered(world: World) -> tuple[str, Viewer]:
    """A case granted upon a promise, its result with the applicant."""
    number, resident = applied(world)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="材料齐全。")
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="online")
    commands.complete(number, at=MONDAY)
    return number, resident


def done(world: World, number: str, task: str, outcome: str, at: datetime = NEXT_DAY) -> None:
    """The handler completes a task."""
    commands.complete_task(number, seen=None, by=world.handler, at=at, task=task, outcome=outcome)


def found_untrue(world: World) -> tuple[str, Viewer]:
    """A case whose promise was found untrue, and which was not mended in time."""
    number, resident = delivered(world)
    done(world, number, "check", "不一致")
    done(world, number, "order", "仍达不到要求")
    return number, resident


def asked(number: str, by: Viewer, *, ground: str = UNTRUE_COMMITMENT, at: datetime = NEXT_DAY) -> ApprovalId:
    """The handler asks that it is revoked."""
    return commands.revoke(
        number, seen=None, by=by, at=at, ground=ground, text=FOUND, law=["《消防法》第五十八条第二款"]
    )


def waits(number: str, by: Viewer) -> list[str]:
    """The tasks that wait in a case."""
    view = view_of(number, by, at=NEXT_DAY)
    return [one.key for one in waiting_in(view.state, view.law)]


def stage_of(number: str, by: Viewer) -> Stage:
    return view_of(number, by, at=NEXT_DAY).state.stage


def refusal(deed: Any, *given: Any, **named: Any) -> str:
    """The code with which this is refused."""
    with pytest.raises(Refusal) as refused:
        deed(*given, **named)
    return refused.value.code


def test_upon_a_promise_it_is_decided_at_once_and_otherwise_after_a_visit(fire: World) -> None:
    at_once, _ = applied(fire)
    visited, _ = applied(fire, ORDINARY)
    assert (waits(at_once, fire.handler), waits(visited, fire.handler)) == (["at-once"], ["visit"])
    item = catalogue.item(fire.item)
    letters = [
        any(one.kind == "fire-commitment-letter" for one in item.materials_for(answers))
        for answers in (ANSWERS, ORDINARY)
    ]
    assert letters == [True, False]


def test_what_was_checked_first_is_complete_once_it_is_delivered(fire: World) -> None:
    number, _ = applied(fire, ORDINARY)
    done(fire, number, "visit", "符合", MONDAY)
    commands.grant(number, seen=None, by=fire.handler, at=MONDAY, text="符合条件。")
    commands.deliver(number, seen=None, by=fire.handler, at=MONDAY, way="window")
    commands.complete(number, at=MONDAY)
    assert stage_of(number, fire.handler) is Stage.COMPLETED


def test_while_its_flow_goes_on_a_delivered_case_stays_and_says_until_when(fire: World) -> None:
    number, resident = delivered(fire)
    assert waits(number, fire.handler) == ["check"]
    assert stage_of(number, fire.handler) is Stage.DELIVERED
    told = standing_of(view_of(number, resident, at=NEXT_DAY), NEXT_DAY)
    # Twenty working days from Monday 9 March: Tomb-Sweeping Day takes 6 April out.
    assert (told.until, told.light) == (date(2026, 4, 7), "时限正常")
    assert told.next == (
        "结果已经送达，现在就能用。后面还有：到场核查，看和承诺是不是一致，最晚 4 月 7 日（周二）。"
    )


def test_the_last_step_completes_the_case(fire: World) -> None:
    number, _ = delivered(fire)
    done(fire, number, "check", "不一致")
    assert stage_of(number, fire.handler) is Stage.DELIVERED
    done(fire, number, "order", "改好了")
    assert stage_of(number, fire.handler) is Stage.COMPLETED
    assert kinds_of(number)[-2:] == ["flow-moved", "completed"]
    commands.complete(number, at=NEXT_DAY)
    assert kinds_of(number)[-1] == "completed"


def test_a_later_check_lies_on_the_desk_of_whoever_has_the_case_and_turns_red_there() -> None:
    world = a_world(FIRE)
    number, _ = delivered(world)
    [row] = desk_of(world.handler, at=NEXT_DAY)
    assert (row.number, row.stage, row.due, row.light) == (
        number,
        Stage.DELIVERED,
        date(2026, 4, 7),
        Light.GREEN,
    )
    assert row.next_words == "结果可以用了；后面的步骤最晚 4 月 7 日（周二）办完"
    [late] = desk_of(world.handler, at=LATE)
    assert late.light is Light.RED
    assert [one.row.number for one in to_explain(world.leader, at=LATE)] == [number]
    assert overview_of(world.leader, at=LATE).all.red == 1
    commands.hand_over(
        number, seen=None, to=id_of(world.colleague), by=world.leader, at=NEXT_DAY, text="请接着核查"
    )
    assert desk_of(world.handler, at=NEXT_DAY) == []
    assert [one.number for one in desk_of(world.colleague, at=NEXT_DAY)] == [number]
    commands.complete_task(number, seen=None, by=world.colleague, at=NEXT_DAY, task="check", outcome="一致")
    assert desk_of(world.colleague, at=NEXT_DAY) == []


def test_the_next_step_has_its_own_last_day(fire: World) -> None:
    number, _ = delivered(fire)
    done(fire, number, "check", "不一致", LATE)
    view = view_of(number, fire.handler, at=LATE)
    due = view.due("later")
    assert due is not None
    assert due.day == date(2026, 6, 29)
    assert view.light is Light.GREEN


def test_a_revocation_ends_the_grant_its_paper_and_its_certificate_together(fire: World) -> None:
    number, resident = found_untrue(fire)
    [licence] = certificates.wallet(resident, at=NEXT_DAY)
    assert certificates.check(licence.number, at=NEXT_DAY).holding == "valid"
    approval = asked(number, fire.handler)
    assert certificates.check(licence.number, at=NEXT_DAY).holding == "valid"
    assert stage_of(number, fire.handler) is Stage.DELIVERED
    commands.approve(approval, by=fire.leader, at=NEXT_DAY)
    assert certificates.check(licence.number, at=NEXT_DAY).holding == "revoked"
    view = view_of(number, resident, at=NEXT_DAY)
    assert (view.state.stage, view.state.facts.granted, waits(number, resident)) == (Stage.REVOKED, None, [])
    decision = next(told for told in view.story if told.event.kind == "revoked")
    assert decision.text is not None
    assert FOUND in decision.text and "第五十八条第二款" in decision.text
    assert "六十日内可以申请行政复议" in decision.text and "不予许可" not in decision.text
    assert decision.detail == "核查发现和承诺不符，责令改正以后仍达不到要求"
    papers = {paper.title: paper.withdrawn for paper in papers_of(view)}
    assert papers["准予行政许可决定书"] and not papers["撤销行政许可决定书"]
    assert number not in {row.number for row in desk_of(fire.handler, at=NEXT_DAY)}


def test_a_grant_that_is_undone_takes_its_certificate_along_also_where_a_flow_goes_on(fire: World) -> None:
    number, resident = applied(fire)
    commands.grant(number, seen=None, by=fire.handler, at=MONDAY, text="材料齐全。")
    approval = commands.reverse(number, seen=None, by=fire.handler, at=MONDAY, text="看错了材料。")
    commands.approve(approval, by=fire.leader, at=MONDAY)
    assert [row.says for row in certificates.wallet(resident, at=MONDAY)] == ["已撤销"]
    assert waits(number, fire.handler) == ["at-once"]


def test_it_is_not_revoked_before_the_check_has_found_it_untrue(fire: World) -> None:
    for number, outcomes in ((delivered(fire)[0], ()), (delivered(fire)[0], (("check", "不一致"),))):
        for task, outcome in outcomes:
            done(fire, number, task, outcome)
        before = kinds_of(number)
        assert refusal(asked, number, fire.handler) == "cases.revoke.not-yet"
        view = view_of(number, fire.handler, at=NEXT_DAY)
        assert "revoke" not in {act.code for act in acts_for(view, fire.handler, NEXT_DAY)}
        assert kinds_of(number) == before


def test_what_would_harm_the_public_is_not_revoked_and_the_case_is_complete(fire: World) -> None:
    number, resident = found_untrue(fire)
    approval = asked(number, fire.handler)
    done(fire, number, "keep", "")
    assert stage_of(number, fire.handler) is Stage.COMPLETED
    assert refusal(commands.approve, approval, by=fire.leader, at=NEXT_DAY) == "cases.revoke.nothing-found"
    assert [row.says for row in certificates.wallet(resident, at=NEXT_DAY)] == ["有效"]


def test_it_is_not_revoked_twice(fire: World) -> None:
    number, _ = found_untrue(fire)
    approval = asked(number, fire.handler)
    assert refusal(asked, number, fire.handler) == "cases.approval.already-asked"
    commands.approve(approval, by=fire.leader, at=NEXT_DAY)
    assert refusal(asked, number, fire.handler) == "cases.revoke.wrong-stage"
    assert refusal(commands.approve, approval, by=fire.leader, at=NEXT_DAY) == "cases.approval.answered"
    assert kinds_of(number).count("revoked") == 1


def test_nobody_revokes_alone_and_no_other_officer_asks(fire: World) -> None:
    number, _ = found_untrue(fire)
    leads = an_officer(fire.body, Role.LEADER, Role.HANDLER)
    approval = asked(number, leads)
    assert refusal(commands.approve, approval, by=leads, at=NEXT_DAY) == "cases.approval.own"
    commands.decline(approval, by=fire.leader, at=NEXT_DAY)
    assert stage_of(number, fire.handler) is Stage.DELIVERED
    assert waits(number, fire.handler) == ["revoke", "keep"]
    for other in (fire.colleague, a_world(FIRE).handler, a_resident()):
        with pytest.raises(Refusal):
            asked(number, other)
    again = asked(number, fire.handler)
    with pytest.raises(Refusal):
        commands.approve(again, by=fire.colleague, at=NEXT_DAY)
    assert stage_of(number, fire.handler) is Stage.DELIVERED


def test_what_is_long_complete_can_still_be_revoked_on_the_law_s_own_grounds(fire: World) -> None:
    number, _ = delivered(fire)
    done(fire, number, "check", "一致")
    ended = view_of(number, fire.handler, at=LATE).state.facts.stands_since
    assert refusal(asked, number, fire.handler, at=LATE) == "cases.revoke.nothing-found"
    assert refusal(asked, number, fire.handler, ground="whim", at=LATE) == "cases.ground.unknown"
    approval = asked(number, fire.handler, ground="fraud", at=LATE)
    assert approval in {one.id for one in approvals_open(fire.leader)}
    commands.approve(approval, by=fire.leader, at=LATE)
    state = view_of(number, fire.handler, at=LATE).state
    # It has been over since it was complete: no day's figures change afterwards.
    assert (state.stage, state.facts.stands_since) == (Stage.REVOKED, ended)


def test_what_was_refused_cannot_be_revoked(fire: World) -> None:
    number, _ = applied(fire)
    commands.refuse(number, seen=None, by=fire.handler, at=MONDAY, text="不是公众聚集场所。")
    commands.deliver(number, seen=None, by=fire.handler, at=MONDAY, way="online")
    commands.complete(number, at=MONDAY)
    assert stage_of(number, fire.handler) is Stage.COMPLETED
    assert refusal(asked, number, fire.handler, ground="fraud") == "cases.revoke.nothing-granted"


@given(st.sampled_from(Stage), st.sampled_from([True, False, None]))
def test_only_a_grant_that_stands_is_revoked_and_only_where_the_law_knows_it(
    stage: Stage, granted: bool | None
) -> None:
    start = accepted()
    state = replace(start, facts=replace(start.facts, stage=stage, granted=granted))
    may = granted is True and stage in (Stage.GRANTED, Stage.DELIVERED, Stage.COMPLETED)
    assert (Act.REVOKE in acts_of(state, licensing())) == may
    assert Act.REVOKE not in acts_of(state, published_promise())


def test_who_waits_for_its_result_learns_that_it_never_comes() -> None:
    assert outcome_of(Stage.REVOKED, None) is Outcome.NEVER
