"""One case of each regime through its life, and every act at the wrong time."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tongban.cases.events import CaseReleased, Event
from tongban.cases.rules import approvals, intake, review, turns
from tongban.cases.rules.acting import Acting, told
from tongban.cases.rules.approvals import Undone
from tongban.cases.rules.clocks import Light, Timer, TimerKind, deadlines, light, timers
from tongban.cases.rules.evolve import evolve, fold, recorded, restored
from tongban.cases.rules.intake import HandedIn
from tongban.cases.rules.law import acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState, Due, Facts
from tongban.cases.tests.laws import (
    COLLEAGUE,
    HANDLER,
    LEADER,
    STARTED,
    licensing,
    published_promise,
    residence_permit,
)
from tongban.kernel.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00").replace(tzinfo=SHANGHAI)


def deadline(facts: Facts, name: str) -> Due:
    due = facts.due(name)
    assert due is not None
    return due


def last_day(facts: Facts, name: str) -> date:
    return deadline(facts, name).day


def submitted(law=None, day="2026-03-09") -> CaseState:
    event = intake.submit(
        STARTED, at=at(day), channel="online", handed_in=HandedIn(""), law=law or licensing()
    )
    return evolve(STARTED, event)


def taken(law=None, day="2026-03-09") -> CaseState:
    case = submitted(law, day)
    return evolve(
        case,
        turns.take(case, by=HANDLER, at=at(day, 11)),
    )


def accepted(law=None, day="2026-03-09") -> CaseState:
    law = law or licensing()
    case = taken(law, day)
    return evolve(case, intake.accept(case, Acting(HANDLER, at(day, 12), law)))


def awaiting(law=None, day="2026-03-09") -> CaseState:
    law = law or licensing()
    case = taken(law, day)
    return evolve(
        case, intake.return_for_correction(case, Acting(HANDLER, at(day, 12), law), faults=2, text="")
    )


def test_a_licence_lives_by_two_clocks_and_the_light_follows_the_promise():
    facts = accepted().facts
    assert last_day(facts, "promised") == date(2026, 3, 23)
    assert last_day(facts, "statutory") == date(2026, 4, 7)  # 20 working days, 清明 between
    assert light(facts, date(2026, 3, 18)) is Light.GREEN
    assert light(facts, date(2026, 3, 19)) is Light.YELLOW  # the eighth of ten days
    assert light(facts, date(2026, 3, 23)) is Light.YELLOW
    assert light(facts, date(2026, 3, 24)) is Light.RED


def test_a_deadline_keeps_rule_inputs_and_calendar_version():
    how = deadline(accepted().facts, "statutory").how
    assert how["clock"]["started"] == "2026-03-09" and how["clock"]["limit"] == 20
    assert "某法 第一条" in how["clock"]["rule"]
    assert how["calendar"] == licensing().calendar.version


def test_a_residence_permit_counts_natural_days_until_it_is_handed_over():
    law = residence_permit()
    case = accepted(law, "2026-03-09")
    assert last_day(case.facts, "statutory") == date(2026, 3, 24)
    granted = evolve(case, review.grant(case, Acting(HANDLER, at("2026-03-12"), law), text=""))
    assert last_day(granted.facts, "statutory") == date(2026, 3, 24)
    handed_over = evolve(
        granted, review.deliver(granted, Acting(HANDLER, at("2026-03-13"), law), way="window")
    )
    assert not handed_over.facts.deadlines


def test_a_residence_permit_knows_no_silence_no_stop_and_no_extension():
    law = residence_permit()
    case = accepted(law)
    assert not timers(submitted(law), law)
    assert acts_of(case, law) == {Act.GRANT, Act.REFUSE, Act.WITHDRAW, Act.TERMINATE}
    with pytest.raises(Refusal, match="cases.extend.not-in-law"):
        review.may_extend(case, Acting(HANDLER, at("2026-03-10"), law))
    with pytest.raises(Refusal, match="cases.start-special-procedure.not-in-law"):
        review.start_special_procedure(
            case,
            Acting(HANDLER, at("2026-03-10"), law),
            procedure="expert-review",
            told_until=date(2026, 3, 20),
            text="",
        )


def test_a_public_service_runs_on_its_promise_alone():
    law = published_promise()
    facts = accepted(law).facts
    assert set(facts.deadlines) == {"promised"}
    assert last_day(facts, "promised") == date(2026, 3, 30)


def test_where_a_rule_sets_a_time_to_correct_silence_of_the_applicant_ends_the_case():
    law = published_promise()
    case = awaiting(law)
    due = last_day(case.facts, "correct")
    assert timers(case, law) == [Timer(TimerKind.LAPSE, at(str(due + timedelta(days=1)), 0))]
    assert intake.lapse(case, at=at(str(due), 23), law=law) is None
    ended = evolve(case, intake.lapse(case, at=at(str(due + timedelta(days=1)), 0), law=law))
    assert ended.stage is Stage.TERMINATED


def test_silence_accepts_from_the_day_of_receipt_and_the_clock_has_been_running():
    law, case = licensing(), submitted(day="2025-09-26")
    assert last_day(case.facts, "notify") == date(2025, 10, 10)
    assert intake.deem_accepted(case, at=at("2025-10-10", 23), law=law) is None
    deemed = evolve(case, intake.deem_accepted(case, at=at("2025-10-11", 0), law=law))
    assert deemed.facts.accepted_on == date(2025, 9, 26) and deemed.facts.deemed
    assert last_day(deemed.facts, "statutory") == date(2025, 10, 30)
    assert deemed.turn.waits, "a deemed-accepted case keeps its place"


def test_silence_while_an_officer_holds_the_case_accepts_all_the_same():
    law, case = licensing(), taken(day="2025-09-26")
    deemed = evolve(case, intake.deem_accepted(case, at=at("2025-10-11", 0), law=law))
    assert deemed.stage is Stage.ACCEPTED and deemed.turn.taken_by == HANDLER.id


def test_a_notice_after_the_last_day_is_refused_for_the_law_has_accepted():
    law, case = licensing(), taken(day="2025-03-03")
    on_the_last_day = intake.return_for_correction(
        case, Acting(HANDLER, at("2025-03-10", 23), law), faults=1, text=""
    )
    assert on_the_last_day.noticed_on == date(2025, 3, 10)
    with pytest.raises(Refusal, match="cases.return-for-correction.too-late"):
        intake.return_for_correction(case, Acting(HANDLER, at("2025-03-11", 0), law), faults=1, text="")
    late = intake.accept(case, Acting(HANDLER, at("2025-03-12"), law))
    assert late.accepted_on == date(2025, 3, 3)


def test_after_a_correction_acceptance_counts_from_the_day_of_the_full_set():
    law, case = licensing(), awaiting(day="2025-03-03")
    assert case.turn.waits is False and case.turn.taken_by is None
    back = evolve(case, intake.resubmit(case, at=at("2025-03-17"), handed_in=HandedIn(""), law=law))
    assert back.turn.waits, "a corrected case goes back to its place"
    held = evolve(
        back,
        turns.take(back, by=COLLEAGUE, at=at("2025-03-18")),
    )
    done = evolve(held, intake.accept(held, Acting(COLLEAGUE, at("2025-03-19"), law)))
    assert done.facts.accepted_on == date(2025, 3, 17)
    assert last_day(done.facts, "statutory") == date(2025, 4, 15)


def test_a_second_notice_is_refused_a_reminder_is_not():
    law, case = licensing(), awaiting(day="2025-03-03")
    back = evolve(case, intake.resubmit(case, at=at("2025-03-17"), handed_in=HandedIn(""), law=law))
    held = evolve(
        back,
        turns.take(back, by=HANDLER, at=at("2025-03-17", 11)),
    )
    with pytest.raises(Refusal, match="cases.return-for-correction.wrong-stage"):
        intake.return_for_correction(held, Acting(HANDLER, at("2025-03-17", 12), law), faults=1, text="")
    reminded = evolve(held, intake.remind(held, Acting(HANDLER, at("2025-03-17", 12), law), text=""))
    assert reminded.stage is Stage.AWAITING_CORRECTION


def special(case: CaseState, law, day="2026-03-10", until="2026-03-20") -> CaseState:
    event = review.start_special_procedure(
        case,
        Acting(HANDLER, at(day), law),
        procedure="expert-review",
        told_until=date.fromisoformat(until),
        text="",
    )
    return evolve(case, event)


def test_a_special_procedure_stops_both_clocks_and_keeps_the_light():
    law = licensing()
    before = accepted(law)
    stopped = special(before, law)
    assert light(stopped.facts, date(2026, 5, 1)) is Light.GREEN
    ended = evolve(stopped, review.end_special_procedure(stopped, Acting(HANDLER, at("2026-03-17"), law)))
    # (10 March, 17 March] holds five working days.
    assert last_day(ended.facts, "statutory") == date(2026, 4, 14)
    assert last_day(ended.facts, "promised") == date(2026, 3, 30)
    assert deadline(ended.facts, "statutory").how["excluded"] == 5


def test_a_special_procedure_needs_a_kind_of_the_law_and_an_end_that_is_told():
    law, case = licensing(), accepted()
    with pytest.raises(Refusal, match="cases.procedure.unknown"):
        review.start_special_procedure(
            case,
            Acting(HANDLER, at("2026-03-10"), law),
            procedure="site-visit",
            told_until=date(2026, 3, 20),
            text="",
        )
    for until in ("2026-03-10", "2027-12-31"):
        with pytest.raises(Refusal, match="told-until"):
            special(case, law, until=until)


def test_an_extension_is_given_once_and_lengthens_both_clocks():
    law, case = licensing(), accepted()
    event = review.extend(case, Acting(HANDLER, at("2026-03-20"), law), text="", approver=LEADER.id)
    longer = evolve(case, event)
    assert last_day(longer.facts, "statutory") == date(2026, 4, 21)
    assert last_day(longer.facts, "promised") == date(2026, 4, 7)
    with pytest.raises(Refusal, match="cases.extend.once"):
        review.extend(longer, Acting(HANDLER, at("2026-03-21"), law), text="", approver=LEADER.id)


def test_an_extension_after_the_statutory_limit_is_refused():
    with pytest.raises(Refusal, match="cases.extend.too-late"):
        review.may_extend(accepted(), Acting(HANDLER, at("2026-04-08"), licensing()))


def test_nobody_acts_on_a_case_that_another_holds():
    law, case = licensing(), taken()
    for act in (
        lambda: intake.accept(case, Acting(COLLEAGUE, at("2026-03-09", 12), law)),
        lambda: turns.release(case, by=COLLEAGUE, at=at("2026-03-09", 12)),
        lambda: review.grant(accepted(), Acting(COLLEAGUE, at("2026-03-10"), law), text=""),
    ):
        with pytest.raises(Refusal, match="cases.not-taken-by-you"):
            act()


def test_an_untouched_case_goes_back_a_touched_one_stays():
    law, case = licensing(), taken()
    assert Timer(TimerKind.UNTOUCHED, at("2026-03-09", 15)) in timers(case, law)
    assert turns.release_untouched(case, at=at("2026-03-09", 15)) == CaseReleased(
        at=at("2026-03-09", 15), untouched=True
    )
    touched = accepted()
    assert not [timer for timer in timers(touched, law) if timer.kind is TimerKind.UNTOUCHED]
    assert turns.release_untouched(touched, at=at("2026-03-09", 15)) is None


def test_no_legal_effect_hangs_on_a_provisional_deadline():
    law = licensing()
    case = submitted(law, "2026-12-28")
    notify = deadline(case.facts, "notify")
    assert notify.provisional and notify.day > date(2026, 12, 31)
    assert not timers(case, law)
    assert intake.deem_accepted(case, at=at("2027-02-01"), law=law) is None


def test_reversing_puts_back_the_facts_of_before_with_the_clocks_they_had():
    law, case = licensing(), accepted()
    refused = evolve(case, review.refuse(case, Acting(HANDLER, at("2026-03-12"), law), text=""))
    event = approvals.reverse(
        refused,
        Acting(HANDLER, at("2026-03-13"), law),
        undone=Undone(4, "refused", case.facts),
        text="",
        approver=LEADER.id,
    )
    undone = evolve(refused, event)
    as_before = replace(undone.facts, stands_since=case.facts.stands_since)
    assert as_before == case.facts and undone.version == refused.version + 1
    assert undone.facts.stands_since == at("2026-03-13")


@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        (["submitted", "taken", "refused"], (3, "refused")),
        (["submitted", "taken", "accepted", "released", "approval-asked"], (3, "accepted")),
    ],
)
def test_only_the_last_act_of_the_office_may_be_reversed(kinds, last):
    assert approvals.last_act(kinds) == last


@pytest.mark.parametrize(
    "kinds", [["submitted"], ["submitted", "withdrawn"], ["submitted", "deemed-accepted"]]
)
def test_what_the_office_did_not_do_it_cannot_reverse(kinds):
    with pytest.raises(Refusal, match="cases.reverse.nothing"):
        approvals.last_act(kinds)


def test_nobody_approves_what_they_asked_for():
    with pytest.raises(Refusal, match="cases.approval.own"):
        approvals.another(UUID(int=3), LEADER)


@pytest.mark.parametrize("text", ["", "   ", "长" * 20_001])
def test_a_reason_is_neither_missing_nor_endless(text):
    with pytest.raises(Refusal, match=r"cases.reason.text-"):
        told(text, "reason")


def test_facts_written_down_are_read_back_the_same():
    law = licensing()
    for case in (submitted(), accepted(), special(accepted(), law), awaiting()):
        assert restored(recorded(case.facts)) == case.facts


def test_deadlines_follow_from_the_facts_alone():
    law = licensing()
    for case in (submitted(), accepted(), special(accepted(), law), awaiting()):
        assert deadlines(case.facts, law) == case.facts.deadlines


def test_the_fold_of_all_events_is_the_state():
    law = licensing()
    events: list[Event] = []
    case = STARTED
    for step in (
        lambda c: intake.submit(c, at=at("2026-03-09"), channel="online", handed_in=HandedIn(""), law=law),
        lambda c: turns.take(c, by=HANDLER, at=at("2026-03-09", 11)),
        lambda c: intake.accept(c, Acting(HANDLER, at("2026-03-09", 12), law)),
        lambda c: review.grant(c, Acting(HANDLER, at("2026-03-10"), law), text=""),
    ):
        events.append(step(case))
        case = evolve(case, events[-1])
    assert fold(STARTED, events) == case
