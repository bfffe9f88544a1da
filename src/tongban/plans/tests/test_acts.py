"""What is done with a measure: by whom, in which order, and what the database never allows."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tongban.kernel.refusal import Refusal
from tongban.plans import commands
from tongban.plans.commands import Done, Report, Seen
from tongban.plans.models import Event, Measure
from tongban.plans.rules.state import Stage, fold
from tongban.plans.tests.world import NOW, Undertaking, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Undertaking:
    return Undertaking().enter()


def kinds_of(row: Measure) -> list[str]:
    return list(Event.objects.filter(measure=row).order_by("seq").values_list("kind", flat=True))


def test_a_measure_is_reported_declared_and_confirmed_by_another_body(city) -> None:
    city.report()
    city.declare()
    city.confirm()
    row = city.row()
    assert (row.state.stage, row.confirmed_by) == (Stage.CONFIRMED, city.issuer)
    assert kinds_of(row) == ["added", "reported", "declared", "confirmed"]


def test_nobody_of_the_lead_confirms_it_nor_grants_it_more_time(city) -> None:
    commands.ask_postponement(city.seen(), date(2026, 8, 1), "设备晚到", by=city.leader, at=NOW)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.grant(city.seen(), "情况属实", by=city.leader, at=NOW)
    with pytest.raises(Refusal, match="plans.supervise.own"):
        commands.grant(city.seen(), "情况属实", by=city.watcher, at=NOW)
    city.declare()
    with pytest.raises(Refusal, match="plans.supervise.own"):
        commands.confirm(city.seen(), "自己看过", by=city.watcher, at=NOW)
    assert city.row().state.stage is Stage.DECLARED


def test_the_database_too_lets_no_lead_confirm_its_own(city) -> None:
    with pytest.raises(IntegrityError, match="no_lead_confirms_its_own_measure"), transaction.atomic():
        Measure.objects.filter(id=city.row().id).update(stage="confirmed", confirmed_by=city.lead)


@pytest.mark.parametrize("change", ["update plans_event set kind = 'added'", "delete from plans_event"])
def test_what_happened_is_never_changed_nor_deleted(city, change) -> None:
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(change)


def test_what_is_sent_back_goes_on_and_its_clock_never_stood(city) -> None:
    city.declare()
    commands.send_back(city.seen(), "没有看到上线", by=city.supervisor, at=NOW)
    state = city.row().state
    assert (state.stage, state.declared_on) == (Stage.UNDER_WAY, None)


def test_the_first_term_stays_and_every_postponement_is_counted(city) -> None:
    city.postpone(date(2026, 8, 31))
    city.postpone(date(2026, 10, 31))
    state = city.row().state
    assert (state.first.code, state.term.code, state.postponed) == ("2026-06-30", "2026-10-31", 2)


def test_a_postponement_that_is_declined_moves_nothing(city) -> None:
    commands.ask_postponement(city.seen(), date(2026, 8, 31), "设备晚到", by=city.leader, at=NOW)
    commands.decline(city.seen(), "可以先上线", by=city.supervisor, at=NOW)
    state = city.row().state
    assert (state.term.code, state.postponed, state.asked) == ("2026-06-30", 0, None)


def test_a_responsible_body_tells_of_its_part_and_moves_nothing(city) -> None:
    commands.report(city.seen(), Report("stuck", "接口没开", hindered="缺钱"), by=city.part, at=NOW)
    row = city.row()
    assert (row.state.stage, row.state.reported_on) == (Stage.NOT_BEGUN, None)
    assert kinds_of(row) == ["added", "part-reported"]


def test_who_has_no_part_in_it_neither_reports_nor_declares(city) -> None:
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.report(city.seen(), Report("under-way", "我们也做了"), by=city.outsider, at=NOW)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.declare(city.seen(), Done("做完了", "有照片"), by=city.part, at=NOW)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.declare(city.seen(), Done("做完了", "有照片"), by=city.handler, at=NOW)


def test_two_who_act_at_once_do_not_overwrite_each_other(city) -> None:
    seen = city.seen()
    city.report()
    with pytest.raises(Refusal, match="plans.stale"):
        commands.report(seen, Report("stuck", "没有进展", hindered="缺人"), by=city.handler, at=NOW)


def test_a_new_lead_answers_for_it_and_the_old_one_no_more(city) -> None:
    commands.change_lead(city.seen(), city.stranger, "机构改革", by=city.supervisor, at=NOW)
    city.handler = city.outsider
    city.report()
    assert city.row().state.lead == city.stranger
    assert city.stranger in city.row().plan.bodies
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.declare(city.seen(), Done("做完了", "有照片"), by=city.leader, at=NOW)


def test_what_is_for_good_is_reported_on_and_never_done(city) -> None:
    city.report("一3")
    with pytest.raises(Refusal, match="plans.act.standing"):
        city.declare("一3")


def test_a_confirmation_in_error_is_taken_back_with_a_reason(city) -> None:
    city.declare()
    city.confirm()
    commands.reopen(city.seen(), "系统下线了", by=city.supervisor, at=NOW)
    assert city.row().state.stage is Stage.UNDER_WAY
    with pytest.raises(Refusal, match="plans.act.closed"):
        commands.reopen(city.seen(), "再来一次", by=city.supervisor, at=NOW)


def test_what_was_dropped_is_over_and_its_story_stays(city) -> None:
    city.report()
    commands.drop(city.seen(), "上级调整方案", by=city.supervisor, at=NOW)
    assert kinds_of(city.row()) == ["added", "reported", "dropped"]
    with pytest.raises(Refusal, match="plans.act.closed"):
        city.report()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"stands": "done", "done": "都好了"}, "plans.said.stands"),
        ({"stands": "stuck", "done": "没有进展", "hindered": ""}, "plans.said.hindered"),
        ({"done": ""}, "plans.said.done"),
        ({"done": "请联系 13800000001"}, "plans.said.done"),
        ({"done": "好" * 2001}, "plans.said.done"),
        ({"proof": "110101199003071233 已经领取"}, "plans.said.proof"),
        ({"link": "javascript:alert(1)"}, "plans.said.link"),
        ({"link": "//elsewhere.example"}, "plans.said.link"),
        ({"next_by": date(2026, 3, 1)}, "plans.said.next_by"),
    ],
)
def test_what_may_not_stand_there_for_good_is_refused_at_its_place(city, said, code) -> None:
    told: dict[str, Any] = {"stands": "under-way", "done": "开了会"} | said
    with pytest.raises(Refusal, match=code):
        commands.report(city.seen(), Report(**told), by=city.handler, at=NOW)
    assert kinds_of(city.row()) == ["added"]


@pytest.mark.parametrize("until", [date(2026, 6, 30), date(2026, 3, 9), date(9999, 12, 31)])
def test_more_time_is_later_than_the_time_there_is(city, until) -> None:
    with pytest.raises(Refusal, match="plans.said.until"):
        commands.ask_postponement(city.seen(), until, "设备晚到", by=city.leader, at=NOW)


def test_the_row_is_the_fold_of_its_events(city) -> None:
    city.report()
    city.postpone(date(2026, 8, 31), at=days(1))
    commands.report(city.seen(), Report("under-way", "接口开了"), by=city.part, at=days(2))
    city.declare(at=days(3))
    commands.send_back(city.seen(), "没有看到上线", by=city.supervisor, at=days(4))
    city.declare(at=days(5))
    city.confirm(at=days(6))
    for row in Measure.objects.filter(plan=city.row().plan):
        assert row.state == fold(one.event for one in Event.objects.filter(measure=row).order_by("seq"))


def test_an_unknown_measure_is_refused(city) -> None:
    with pytest.raises(Refusal, match="plans.measure.unknown"):
        commands.confirm(Seen(2**40, city.row().state.version), "看过", by=city.supervisor, at=NOW)
