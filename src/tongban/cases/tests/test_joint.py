"""Joint services: one submission, all or none; who waits for whose result; what a refusal ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tongban.cases import commands
from tongban.cases.events import CaseResultArrived, CaseSubmitted, CaseTerminated
from tongban.cases.models.stored import state_of, story
from tongban.cases.queries import codes_for, joint_of, steps_of, view_of
from tongban.cases.queries.flowing import Standing
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.joints import (
    ADVERT,
    FOOD,
    TOBACCO,
    Joint,
    a_joint,
    applied,
    numbers_of,
    submitted,
)
from tongban.cases.tests.world import MONDAY, a_resident, an_officer
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def state(number: str):
    return state_of(run(load("tongban.cases", "case_for_update"), (number,))[0])


def kinds(number: str) -> list[str]:
    return [
        kind
        for (kind,) in run(
            "select e.kind from cases_event e join cases_case c on c.id = e.case_id"
            " where c.number = $1::text order by e.seq",
            (number,),
        )
    ]


def events(number: str):
    return story(state(number).head.id)


def taken(joint: Joint, like: str, number: str, at) -> Viewer:
    """In the hands of that member's officer, who took all before it as they came."""
    ledger.seal(at)
    member = joint.members[like]
    while (found := commands.take_next(member.queue, by=member.handler, at=at)) is not None:
        if found.number == number:
            return member.handler
    raise AssertionError(number)


def granted(joint: Joint, like: str, number: str, at=TUESDAY) -> None:
    """Taken, accepted and granted by the officer of that member."""
    handler = taken(joint, like, number, at)
    commands.accept(number, seen=None, by=handler, at=at)
    commands.grant(number, seen=None, by=handler, at=at, text="准予")


def refused(joint: Joint, like: str, number: str, at=TUESDAY) -> None:
    """As `granted`, but refused."""
    handler = taken(joint, like, number, at)
    commands.accept(number, seen=None, by=handler, at=at)
    commands.refuse(number, seen=None, by=handler, at=at, text="不合条件")


def test_one_submission_opens_a_case_for_every_item_that_is_called_for(joint: Joint) -> None:
    two, three = submitted(joint), submitted(joint, wide=True)
    assert list(numbers_of(two)) == [FOOD, TOBACCO]
    assert list(numbers_of(three)) == [FOOD, TOBACCO, ADVERT]
    for like, number in numbers_of(three).items():
        one = state(number)
        assert (one.head.body, one.facts.joint) == (joint.members[like].body, three.number)


def test_what_waits_for_a_result_has_no_place_no_clock_and_no_leaf_of_arrival(joint: Joint) -> None:
    numbers = numbers_of(submitted(joint))
    food, tobacco = state(numbers[FOOD]), state(numbers[TOBACCO])
    assert (food.stage, food.turn.waits, "notify" in food.facts.deadlines) == (Stage.SUBMITTED, True, True)
    assert (tobacco.stage, tobacco.turn.waits) == (Stage.AWAITING_RESULT, False)
    assert (tobacco.facts.deadlines, tobacco.facts.received_on) == ({}, None)
    leaves = dict(
        run(
            "select c.number, p.kind from ledger_pending p join cases_case c on c.id = p.case_id"
            " where c.number = any($1::text[])",
            (list(numbers.values()),),
        )
    )
    assert leaves == {numbers[FOOD]: "arrived", numbers[TOBACCO]: "other"}
    ledger.seal(TUESDAY)
    assert (
        commands.take_next(joint.members[TOBACCO].queue, by=joint.members[TOBACCO].handler, at=TUESDAY)
        is None
    )


def test_the_flow_of_what_waits_begins_when_the_result_is_there(joint: Joint) -> None:
    by, late = a_resident(), MONDAY + timedelta(days=28)
    numbers = numbers_of(submitted(joint, by, wide=True))
    assert state(numbers[ADVERT]).facts.flow is None
    steps = steps_of(view_of(numbers[ADVERT], by, at=MONDAY))
    assert {(one.standing, one.due) for one in steps} == {(Standing.AHEAD, None)}
    commands.fire_due(late, body=joint.members[ADVERT].body)
    assert kinds(numbers[ADVERT]) == ["submitted"]
    for earlier in (FOOD, TOBACCO):
        granted(joint, earlier, numbers[earlier], late)
        commands.follow(numbers[earlier], at=late)
    assert kinds(numbers[ADVERT]) == ["submitted", "result-arrived", "flow-moved"]
    now = [one for one in steps_of(view_of(numbers[ADVERT], by, at=late)) if one.standing is Standing.NOW]
    assert [one.due > late.date() for one in now if one.due] == [True]


def test_no_officer_ends_what_the_office_has_not_got_yet(joint: Joint) -> None:
    number = numbers_of(submitted(joint))[TOBACCO]
    leader = an_officer(joint.members[TOBACCO].body, Role.LEADER)
    assert "terminate" not in codes_for(view_of(number, leader, at=MONDAY), leader, MONDAY)
    with pytest.raises(Refusal, match=r"^cases\.terminate\.wrong-stage"):
        commands.terminate(number, seen=None, by=leader, at=MONDAY, ground="no-object", text="没有了")
    assert kinds(number) == ["submitted"]


def test_the_result_lets_the_next_begin_behind_who_arrived_before_it(joint: Joint) -> None:
    first = numbers_of(submitted(joint))
    granted(joint, FOOD, first[FOOD], at=TUESDAY)
    assert commands.fire_due(TUESDAY, body=joint.members[FOOD].body) >= 1
    tobacco = state(first[TOBACCO])
    assert (tobacco.stage, tobacco.turn.waits) == (Stage.SUBMITTED, True)
    assert tobacco.facts.received_on == TUESDAY.date()
    arrived = events(first[TOBACCO])[-1]
    assert isinstance(arrived, CaseResultArrived)
    assert arrived.of == (first[FOOD],)
    assert [(one.kind, one.case) for one in arrived.results] == [("business-licence", first[FOOD])]
    assert taken(joint, TOBACCO, first[TOBACCO], WEDNESDAY) == joint.members[TOBACCO].handler


def test_a_refusal_ends_what_needs_it_all_the_way_and_the_rest_goes_on(joint: Joint) -> None:
    numbers = numbers_of(submitted(joint, wide=True))
    refused(joint, FOOD, numbers[FOOD])
    commands.fire_due(TUESDAY, body=joint.members[FOOD].body)
    assert state(numbers[TOBACCO]).stage is Stage.TERMINATED
    assert state(numbers[ADVERT]).stage is Stage.TERMINATED
    ended = events(numbers[TOBACCO])[-1]
    assert isinstance(ended, CaseTerminated)
    assert (ended.ground, ended.of) == ("no-result", numbers[FOOD])


def test_followed_twice_it_is_done_once_and_a_crash_in_between_is_found_again(joint: Joint) -> None:
    numbers = numbers_of(submitted(joint))
    granted(joint, FOOD, numbers[FOOD])
    for _ in range(2):
        commands.follow(numbers[FOOD], at=TUESDAY)
    assert kinds(numbers[TOBACCO]) == ["submitted", "result-arrived"]
    # What nobody followed at once stands in the table of timers until the clock does.
    assert ("follow",) in run(
        "select t.kind from cases_timer t join cases_case c on c.id = t.case_id where c.number = $1::text",
        (numbers[FOOD],),
    )
    commands.fire_due(TUESDAY, body=joint.members[FOOD].body)
    assert kinds(numbers[TOBACCO]) == ["submitted", "result-arrived"]
    assert ("follow",) not in run(
        "select t.kind from cases_timer t join cases_case c on c.id = t.case_id where c.number = $1::text",
        (numbers[FOOD],),
    )


def test_a_member_withdrawn_ends_what_needs_it_at_once(joint: Joint) -> None:
    by = a_resident()
    numbers = numbers_of(submitted(joint, by))
    commands.withdraw(numbers[FOOD], seen=None, by=by, at=TUESDAY)
    assert state(numbers[TOBACCO]).stage is Stage.TERMINATED


def test_what_waits_can_be_withdrawn_and_nothing_else_ends(joint: Joint) -> None:
    by = a_resident()
    numbers = numbers_of(submitted(joint, by))
    commands.withdraw(numbers[TOBACCO], seen=None, by=by, at=TUESDAY)
    assert state(numbers[TOBACCO]).stage is Stage.WITHDRAWN
    assert state(numbers[FOOD]).stage is Stage.SUBMITTED


def test_twice_is_once_and_other_content_under_the_same_key_is_refused(joint: Joint) -> None:
    by = a_resident()
    application = applied(joint, by)
    once = commands.submit_joint(application, by=by, key="k", at=MONDAY)
    again = commands.submit_joint(application, by=by, key="k", at=TUESDAY)
    assert (once.number, once.fresh, again.number, again.fresh) == (once.number, True, once.number, False)
    other = replace(application, answers={**application.answers, "area": 99})
    with pytest.raises(Refusal, match="key-reused"):
        commands.submit_joint(other, by=by, key="k", at=TUESDAY)
    count = "select count(*) from cases_case where applicant = $1::bytea"
    assert run(count, (by.person,)) == [(2,)]


def test_a_fault_of_one_item_opens_none_and_every_fault_is_told_by_the_united_names(joint: Joint) -> None:
    by = a_resident()
    application = applied(joint, by)
    answers = {**application.answers, "phone": "1"}
    with pytest.raises(Refusal) as caught:
        commands.submit_joint(replace(application, answers=answers), by=by, key=None, at=MONDAY)
    assert [fault["place"] for fault in caught.value.faults] == ["phone"]
    with pytest.raises(Refusal) as caught:
        commands.submit_joint(replace(application, materials=()), by=by, key=None, at=MONDAY)
    wanted = {"materials.food-layout", "materials.food-safety-rules", "materials.food-safety-manager-proof"}
    assert wanted <= {fault["place"] for fault in caught.value.faults}
    assert run("select count(*) from cases_case where applicant = $1::bytea", (by.person,)) == [(0,)]


def test_one_statement_writes_them_all(joint: Joint, django_assert_max_num_queries) -> None:
    by = a_resident()
    application = applied(joint, by, wide=True)
    # The first case of an item at a body makes its queue.
    submitted(joint, wide=True)
    # One for a block of numbers, one for certificates, the statement itself.
    with django_assert_max_num_queries(3):
        commands.submit_joint(application, by=by, key=None, at=MONDAY)


def test_the_story_of_each_says_that_it_is_one_of_several(joint: Joint) -> None:
    joined = submitted(joint)
    numbers = numbers_of(joined)
    first, second = (events(number)[0] for number in numbers.values())
    assert isinstance(first, CaseSubmitted)
    assert isinstance(second, CaseSubmitted)
    assert (first.joint, first.after) == (joined.number, None)
    assert (second.joint, second.after) == (joined.number, (numbers[FOOD],))


def test_all_of_it_is_taken_back_in_one_go_and_what_was_decided_stays(joint: Joint) -> None:
    by = a_resident()
    joined = submitted(joint, by, wide=True)
    numbers = numbers_of(joined)
    granted(joint, FOOD, numbers[FOOD])
    assert commands.withdraw_joint(joined.number, by=by, at=TUESDAY) == 2
    stages = [state(number).stage for number in numbers.values()]
    assert stages == [Stage.GRANTED, Stage.WITHDRAWN, Stage.WITHDRAWN]
    with pytest.raises(Refusal, match="nothing-to-withdraw"):
        commands.withdraw_joint(joined.number, by=by, at=TUESDAY)
    with pytest.raises(Refusal, match="not-allowed"):
        commands.withdraw_joint(submitted(joint).number, by=by, at=TUESDAY)


def test_what_several_need_is_uploaded_once_and_each_has_it_for_itself(joint: Joint) -> None:
    by = a_resident()
    answers: dict[str, Any] = {"premises": "rented", "premises_2": "rented"}
    application = applied(joint, by, wide=True, **answers)
    united = joint.published
    shared = [kind for kind, _ in application.materials]
    assert len(shared) == len(set(shared))
    numbers = numbers_of(commands.submit_joint(application, by=by, key=None, at=MONDAY))
    rows = run(
        "select c.item, m.kind, m.file, f.claimed_by = c.id from cases_material m"
        " join cases_case c on c.id = m.case_id join papers_file f on f.id = m.file"
        " where c.number = any($1::text[])",
        (list(numbers.values()),),
    )
    assert len({file for _, _, file, _ in rows}) == len(rows)
    assert all(own for *_, own in rows)
    apart = united.kinds[joint.members[ADVERT].slug]
    assert apart["lease"] != "lease"


def test_a_file_that_two_items_need_is_copied(two: Joint) -> None:
    by = a_resident()
    application = applied(two, by, wide=True, premises="rented")
    lease = [handle for kind, handle in application.materials if kind == "lease"]
    assert len(lease) == 1
    once = commands.submit_joint(application, by=by, key="k", at=MONDAY)
    again = commands.submit_joint(application, by=by, key="k", at=MONDAY)
    assert (again.number, again.fresh) == (once.number, False)
    numbers = numbers_of(once)
    rows = run(
        "select m.file from cases_material m join cases_case c on c.id = m.case_id"
        " where c.number = any($1::text[]) and m.kind = 'lease'",
        (list(numbers.values()),),
    )
    assert len({file for (file,) in rows}) == 2


@pytest.fixture
def two(transactional_db: None) -> Joint:
    """As `joint`, but the advertisement is at the shop: one lease serves both."""
    return a_joint(advert={"apart": ["advert-from"]})


def test_the_row_is_the_fold_of_its_events_whatever_becomes_of_it(joint: Joint) -> None:
    numbers = numbers_of(submitted(joint, wide=True))
    granted(joint, FOOD, numbers[FOOD])
    commands.follow(numbers[FOOD], at=TUESDAY)
    refused(joint, TOBACCO, numbers[TOBACCO], at=WEDNESDAY)
    commands.follow(numbers[TOBACCO], at=WEDNESDAY)
    for number in numbers.values():
        row = state(number)
        folded = fold(CaseState(row.head), story(row.head.id))
        assert folded.facts == row.facts
        assert folded.turn.waits == row.turn.waits


def test_the_place_to_watch_tells_the_longest_path_and_what_waits_for_what(joint: Joint) -> None:
    by = a_resident()
    joined = submitted(joint, by, wide=True)
    view = joint_of(joined.number, by, at=MONDAY)
    assert [[one.depth for one in step] for step in view.steps] == [[1], [2], [3]]
    assert [one.waits_for != () for one in view.members] == [False, True, True]
    # 5 to take each in, then 10, 10 and 15 working days from the ninth of March; the ninth of May is worked.
    assert view.until == date(2026, 5, 21)
    refused(joint, FOOD, numbers_of(joined)[FOOD])
    commands.follow(numbers_of(joined)[FOOD], at=TUESDAY)
    view = joint_of(joined.number, by, at=TUESDAY)
    assert (view.done, view.stopped, view.over) == (0, 3, True)
    assert view.members[1].lacking == view.members[0].name
    with pytest.raises(Refusal, match="not-allowed"):
        joint_of(joined.number, a_resident(), at=MONDAY)


def test_the_day_that_is_told_holds_where_everybody_takes_all_the_time_they_have(joint: Joint) -> None:
    by = a_resident()
    joined = submitted(joint, by)
    numbers = numbers_of(joined)
    told = joint_of(joined.number, by, at=MONDAY).until
    for like in (FOOD, TOBACCO):
        arrived, handler = state(numbers[like]).facts, joint.members[like].handler
        last = MONDAY + (arrived.due("notify").day - MONDAY.date())
        taken(joint, like, numbers[like], last)
        commands.accept(numbers[like], seen=None, by=handler, at=last)
        assert joint_of(joined.number, by, at=last).until == told
        last = MONDAY + (state(numbers[like]).facts.due("promised").day - MONDAY.date())
        commands.grant(numbers[like], seen=None, by=handler, at=last, text="准予")
        commands.follow(numbers[like], at=last)
    assert last.date() == told
