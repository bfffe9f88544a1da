"""Tolerant acceptance: what is owed is told with its day, is brought piece by piece, and is waited for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases.events import MaterialDigest
from tongban.cases.rules import intake, review, tolerance
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.evolve import evolve, recorded, restored
from tongban.cases.rules.intake import HandedIn
from tongban.cases.rules.law import Law, acts_of
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.state import CaseState, Turn
from tongban.cases.tests.laws import HANDLER, STARTED, licensing
from tongban.cases.tests.world import (
    FOOD_MATERIALS,
    MONDAY,
)
from tongban.kernel.figures import Limit
from tongban.kernel.refusal import Refusal

THERE, OWED = FOOD_MATERIALS[:2], FOOD_MATERIALS[2]
LAST_DAY = date(2026, 3, 16)
"""Five working days after the Monday of the tests."""


def may_follow(*kinds: str) -> Law:
    """A licence whose materials of these kinds may follow within five working days."""
    later = {kind: f"材料{kind}" for kind in kinds}
    return replace(licensing(), supply_within=Limit(5, "workday"), later=later)


def received(law: Law, *owed: str) -> tuple[CaseState, Acting]:
    """A case that lacks these, in the hands of its officer; both on Monday."""
    handed_in = HandedIn("", owed=owed)
    case = evolve(STARTED, intake.submit(STARTED, at=MONDAY, channel="online", handed_in=handed_in, law=law))
    return replace(case, turn=Turn(taken_by=HANDLER.id, taken_at=MONDAY)), Acting(HANDLER, MONDAY, law)


def tolerated(law: Law, *owed: str) -> tuple[CaseState, Acting]:
    """The same, accepted tolerantly."""
    case, acting = received(law, *owed)
    return evolve(case, tolerance.accept_tolerantly(case, acting)), acting


def brought(*kinds: str) -> tuple[MaterialDigest, ...]:
    """Files of these kinds."""
    return tuple(MaterialDigest(kind=kind, digest="") for kind in kinds)


KINDS = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True)


@given(KINDS, st.data())
def test_what_is_owed_only_shrinks_and_no_day_moves(owed: list[str], data: st.DataObject) -> None:
    law = may_follow(*owed)
    case, acting = tolerated(law, *owed)
    days = {name: case.facts.due(name) for name in ("promised", "statutory", "supply")}
    assert None not in days.values()
    at = MONDAY
    while case.facts.owed:
        kinds = data.draw(st.lists(st.sampled_from(case.facts.owed), min_size=1))
        at += timedelta(hours=data.draw(st.integers(0, 100)))
        before = set(case.facts.owed)
        case = evolve(case, tolerance.supply(case, at=at, brought=brought(*kinds), law=law))
        assert set(case.facts.owed) == before - set(kinds)
        still = ("promised", "statutory") + (("supply",) if case.facts.owed else ())
        assert {name: case.facts.due(name) for name in still} == {name: days[name] for name in still}
        assert (Act.GRANT in acts_of(case, law)) is (not case.facts.owed)
    assert case.facts.due("supply") is None
    assert review.grant(case, replace(acting, at=at), text="").kind == "granted"


@given(KINDS)
def test_granted_and_accepted_as_complete_only_where_nothing_is_owed(owed: list[str]) -> None:
    law = may_follow(*owed)
    case, acting = received(law, *owed)
    with pytest.raises(Refusal, match=r"^cases\.accept\.owed") as refused:
        intake.accept(case, acting)
    assert all(law.later[kind] in refused.value.says for kind in owed)
    case, acting = tolerated(law, *owed)
    with pytest.raises(Refusal, match=r"^cases\.grant\.owed") as refused:
        review.grant(case, acting, text="")
    assert all(law.later[kind] in refused.value.says for kind in owed)
    assert review.refuse(case, acting, text="").kind == "refused"
    whole, acting = received(law)
    assert intake.accept(whole, acting).kind == "accepted"
    with pytest.raises(Refusal, match=r"^cases\.accept-tolerantly\.nothing-owed"):
        tolerance.accept_tolerantly(whole, acting)


def test_it_starts_the_same_days_as_any_acceptance() -> None:
    law = may_follow("a")
    case, _ = tolerated(law, "a")
    whole, acting = received(law)
    ordinary = evolve(whole, intake.accept(whole, acting))
    for name in ("promised", "statutory"):
        assert case.facts.due(name) == ordinary.facts.due(name)
    supply = case.facts.due("supply")
    assert supply is not None and (supply.day, supply.warn) == (LAST_DAY, date(2026, 3, 13))


def test_after_a_correction_the_days_to_bring_count_from_when_they_were_told() -> None:
    law = may_follow("a")
    case, acting = received(law, "a")
    back = evolve(case, intake.return_for_correction(case, acting, faults=1, text=""))
    again = intake.resubmit(back, at=MONDAY, handed_in=HandedIn("", owed=("a",)), law=law)
    turn = Turn(taken_by=HANDLER.id, taken_at=MONDAY)
    case = replace(evolve(back, again), turn=turn)
    wednesday = replace(acting, at=MONDAY + timedelta(days=2))
    accepted = evolve(case, tolerance.accept_tolerantly(case, wednesday))
    supply = accepted.facts.due("supply")
    assert accepted.facts.accepted_on == MONDAY.date()
    assert supply is not None and supply.day == LAST_DAY + timedelta(days=2)


def test_a_procedure_stops_the_days_to_decide_and_not_those_to_bring() -> None:
    law = may_follow("a")
    case, acting = tolerated(law, "a")
    started = review.start_special_procedure(
        case, acting, procedure="expert-review", told_until=date(2026, 4, 1), text=""
    )
    stopped = evolve(case, started)
    assert stopped.facts.due("supply") == case.facts.due("supply")
    assert stopped.facts.due("promised") != case.facts.due("promised")
    supplied = evolve(stopped, tolerance.supply(stopped, at=MONDAY, brought=brought("a"), law=law))
    assert (supplied.stage, supplied.facts.owed) == (Stage.SPECIAL_PROCEDURE, ())


def test_silence_accepts_what_there_was_and_nothing_more_is_asked_for() -> None:
    law = may_follow("a")
    case, acting = received(law, "a")
    late = MONDAY + timedelta(days=14)
    with pytest.raises(Refusal, match=r"^cases\.accept-tolerantly\.too-late"):
        tolerance.accept_tolerantly(case, replace(acting, at=late))
    event = intake.deem_accepted(case, at=late, law=law)
    assert event is not None
    deemed = evolve(case, event)
    assert deemed.facts.owed == ()
    assert Act.GRANT in acts_of(deemed, law)


@pytest.mark.parametrize(
    ("kinds", "code"), [((), "cases.supply.nothing-brought"), (("b",), "cases.supply.not-owed")]
)
def test_what_is_not_owed_and_nothing_at_all_are_refused(kinds: tuple[str, ...], code: str) -> None:
    law = may_follow("a")
    case, _ = tolerated(law, "a")
    with pytest.raises(Refusal, match=code):
        tolerance.supply(case, at=MONDAY, brought=brought(*kinds), law=law)
    whole, acting = received(law)
    accepted = evolve(whole, intake.accept(whole, acting))
    with pytest.raises(Refusal, match=r"^cases\.supply\.nothing-owed"):
        tolerance.supply(accepted, at=MONDAY, brought=brought("a"), law=law)


def test_when_the_days_are_over_nothing_happens_by_itself_and_the_office_may_end_it() -> None:
    law = may_follow("a")
    case, acting = tolerated(law, "a")
    for days in (0, 7):
        early = replace(acting, at=MONDAY + timedelta(days=days))
        with pytest.raises(Refusal, match=r"^cases\.terminate\.not-over"):
            review.terminate(case, early, ground="not-supplied", text="")
    over = replace(acting, at=MONDAY + timedelta(days=8))
    assert review.terminate(case, over, ground="not-supplied", text="").ground == "not-supplied"
    assert acts_of(case, law) >= {Act.SUPPLY, Act.REFUSE, Act.TERMINATE}


def test_that_nothing_was_corrected_ends_only_what_waits_for_a_correction_and_after_its_day() -> None:
    law = may_follow("a")
    case, acting = tolerated(law, "a")
    with pytest.raises(Refusal, match=r"^cases\.terminate\.not-awaited"):
        review.terminate(case, acting, ground="no-correction", text="")
    returned = replace(case, facts=replace(case.facts, stage=Stage.AWAITING_CORRECTION))
    assert review.terminate(returned, acting, ground="no-correction", text="").ground == "no-correction"
    day = {"due": acting.today.isoformat(), "warn": acting.today.isoformat(), "provisional": False}
    dated = replace(returned, facts=replace(returned.facts, deadlines={"correct": day}))
    with pytest.raises(Refusal, match=r"^cases\.terminate\.not-awaited"):
        review.terminate(dated, acting, ground="no-correction", text="")
    over = replace(acting, at=acting.at + timedelta(days=1))
    assert review.terminate(dated, over, ground="no-correction", text="").ground == "no-correction"


def test_an_item_without_what_may_follow_knows_neither_act() -> None:
    law = licensing()
    assert not law.knows(Act.ACCEPT_TOLERANTLY) and not law.knows(Act.SUPPLY)
    case, acting = received(law)
    with pytest.raises(Refusal, match=r"^cases\.accept-tolerantly\.not-in-law"):
        tolerance.accept_tolerantly(case, acting)


def test_the_facts_are_written_down_and_read_back_whole() -> None:
    case, _ = tolerated(may_follow("a", "b"), "a", "b")
    assert restored(recorded(case.facts)) == case.facts
