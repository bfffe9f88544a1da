"""Forwarding: examined below, decided above; the order above is kept, and either body has its own days."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.events import CaseForwarded
from tongban.cases.models.stored import story
from tongban.cases.queries import acts_for, consultations_of, find, view_of
from tongban.cases.queries.papers import matter_of
from tongban.cases.queries.view import body_at
from tongban.cases.rules.clocks import deadlines
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseState, Facts
from tongban.cases.tests.laws import BODY, STARTED, licensing
from tongban.cases.tests.world import (
    JINJIANG,
    MONDAY,
    World,
    a_world,
    an_officer,
    id_of,
    kinds_of,
    seal_all,
    two_levels,
)
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.fairness import replay
from tongban.engine.tlog import Kind
from tongban.kernel.access import Role, Viewer
from tongban.kernel.figures import Figure, Limit
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

pytestmark = pytest.mark.usefixtures("transactional_db")

ABOVE = BodyCode("11510100MB0000002X")
TUESDAY = MONDAY + timedelta(days=1)


def state_of(number: str, by: Viewer) -> CaseState:
    """A case as somebody who may read it sees it stand."""
    return view_of(number, by, at=MONDAY).state


def sent_up(below: World) -> str:
    """A case that was accepted, examined and sent up; its arrival above is sealed."""
    number = below.accepted()
    commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实，建议批准")
    seal_all(TUESDAY)
    return number


def offered(number: str, by: Viewer) -> set[str]:
    return {act.code for act in acts_for(view_of(number, by, at=MONDAY), by, MONDAY)}


def test_one_body_examines_and_the_other_decides() -> None:
    below, above = two_levels()
    number = below.accepted()
    assert {"forward"} <= offered(number, below.handler) and not {"grant", "refuse"} & offered(
        number, below.handler
    )
    with pytest.raises(Refusal) as refused:
        commands.grant(number, seen=None, by=below.handler, at=MONDAY, text="符合条件")
    assert refused.value.code == "cases.grant.not-in-law"
    commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
    seal_all(TUESDAY)
    assert above.take_next(at=TUESDAY) == number
    assert "forward" not in offered(number, above.handler)
    commands.grant(number, seen=None, by=above.handler, at=TUESDAY, text="符合条件")
    assert state_of(number, above.handler).stage is Stage.GRANTED
    assert "forwarded" in kinds_of(number)


def test_it_arrives_last_above_whoever_waits_there() -> None:
    below, above = two_levels()
    first, second = below.accepted(), below.accepted()
    for number in (second, first):
        commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
        seal_all(TUESDAY)
    assert [above.take_next(at=TUESDAY), above.take_next(at=TUESDAY)] == [second, first]
    assert commands.take_next(above.queue, by=above.handler, at=TUESDAY) is None
    assert commands.take_next(below.queue, by=below.handler, at=TUESDAY) is None


def test_everybody_can_see_that_either_queue_was_fair() -> None:
    below, above = two_levels()
    number = sent_up(below)
    above.take_next(at=TUESDAY)
    seal_all(TUESDAY)
    rows = run("select index, entry from ledger_leaf order by index")
    told = replay((index, entry.encode()) for index, entry in rows)
    tag = state_of(number, above.handler).head.tag
    mine = [(kind, queue) for kind, queue in _leaves_of(tag) if kind != Kind.OTHER]
    assert mine == [
        (Kind.ARRIVED, below.queue),
        (Kind.TAKEN, below.queue),
        (Kind.ARRIVED, above.queue),
        (Kind.TAKEN, above.queue),
    ]
    assert not [fault for fault in told.faults if tag in fault.says]
    assert told.queues[above.queue].overtakings == []


def _leaves_of(tag: str) -> list[tuple[str, str]]:
    rows = run("select entry from ledger_leaf where entry like $1::text order by index", (f"%{tag}%",))
    parts = [entry.split('"') for (entry,) in rows]
    return [(part[part.index("kind") + 2], part[part.index("queue") + 2]) for part in parts]


def test_it_leaves_the_hands_and_the_reach_of_who_examined_it() -> None:
    below, above = two_levels()
    number = sent_up(below)
    state = state_of(number, below.handler)
    assert state.turn.waits and state.turn.taken_by is None and state.head.body == above.body
    assert offered(number, below.handler) == set()
    for act in (commands.accept, commands.release):
        with pytest.raises(Refusal):
            act(number, seen=None, by=below.handler, at=TUESDAY)
    with pytest.raises(Refusal):
        commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="再报一次")


def test_who_examined_it_still_finds_it_and_may_hand_over_the_result() -> None:
    below, above = two_levels()
    number = sent_up(below)
    window = an_officer(below.body, Role.WINDOW, region=JINJIANG)
    assert [row.number for row in find(window, number, at=TUESDAY).rows] == [number]
    above.take_next(at=TUESDAY)
    commands.refuse(number, seen=None, by=above.handler, at=TUESDAY, text="人均收入高于标准")
    assert "deliver" in offered(number, window)
    commands.deliver(number, seen=None, by=window, at=TUESDAY, way="window")
    stranger = an_officer(two_levels()[0].body, Role.WINDOW)
    with pytest.raises(Refusal):
        view_of(number, stranger, at=TUESDAY)


def test_it_stays_while_anything_is_still_asked_there() -> None:
    below, _ = two_levels()
    number = below.accepted()
    commands.consult(
        number, seen=None, by=below.handler, at=MONDAY, whom=id_of(below.colleague), days=2, text="怎么看？"
    )
    with pytest.raises(Refusal) as refused:
        commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
    assert refused.value.code == "cases.forward.consultation-open"
    seq = next(seq for seq, kind in enumerate(kinds_of(number), 1) if kind == "consultation-asked")
    commands.answer_consultation(number, seq, by=below.colleague, at=TUESDAY, text="属实")
    commands.reverse(number, seen=None, by=below.handler, at=TUESDAY, text="受理错了")
    with pytest.raises(Refusal) as waiting:
        commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
    assert waiting.value.code == "cases.forward.approval-open"


def test_silence_after_its_last_day_keeps_nothing_back_and_an_answer_is_still_read_above() -> None:
    below, above = two_levels()
    other = a_world()
    directory.forget()
    number = below.accepted()
    ask = partial(commands.consult, number, seen=None, by=below.handler, at=MONDAY, days=2, text="怎么看？")
    of_other = ask(whom=other.body).version
    of_colleague = ask(whom=id_of(below.colleague)).version
    send = partial(commands.forward, number, seen=None, by=below.handler, text="情况属实")
    with pytest.raises(Refusal, match=r"^cases\.forward\.consultation-open"):
        send(at=MONDAY + timedelta(days=2))
    late = MONDAY + timedelta(days=3)
    send(at=late)
    [sent] = [one for one in story(state_of(number, above.leader).head.id) if isinstance(one, CaseForwarded)]
    assert sent.unanswered == (of_other, of_colleague)
    commands.answer_consultation(number, of_other, by=other.handler, at=late, text="没有意见。")
    commands.decline_consultation(number, of_colleague, by=below.colleague, at=late, text="没有去过。")
    seal_all(late)
    above.take_next(at=late)
    shown = consultations_of(view_of(number, above.handler, at=late), above.handler, at=late)
    assert [(one.missed, one.answer) for one in shown] == [(True, "没有去过。"), (True, "没有意见。")]
    commands.refuse(number, seen=None, by=above.handler, at=late, text="人均收入高于标准")


def test_only_who_has_it_sends_it_up_once_and_only_with_what_was_found() -> None:
    below, _ = two_levels()
    number = below.accepted()
    for by, text in ((below.colleague, "情况属实"), (below.leader, "情况属实"), (below.handler, "  ")):
        with pytest.raises(Refusal):
            commands.forward(number, seen=None, by=by, at=TUESDAY, text=text)
    assert "forwarded" not in kinds_of(number)


def test_what_a_body_decides_itself_it_sends_nowhere(world: World) -> None:
    number = world.accepted()
    assert "forward" not in offered(number, world.handler)
    with pytest.raises(Refusal) as refused:
        commands.forward(number, seen=None, by=world.handler, at=TUESDAY, text="情况属实")
    assert refused.value.code == "cases.forward.not-in-law"


def test_the_row_is_the_fold_of_its_story() -> None:
    below, above = two_levels()
    number = sent_up(below)
    state = state_of(number, above.leader)
    head = replace(state.head, body=below.body, queue=below.queue, filed_by=None)
    folded = fold(CaseState(head), story(state.head.id))
    assert replace(folded.head, filed_by=state.head.filed_by) == state.head
    assert folded.facts == state.facts and folded.turn == state.turn


def two_level_law() -> Law:
    """The licensing law where the body of the tests examines and another decides."""
    law = licensing()
    review = Figure(law.regime.figures["decide_within"].entries)
    regime = replace(law.regime, figures={**law.regime.figures, "review_within": review})
    superiors = {BODY: catalogue.Body(ABOVE, "上级机关", STARTED.head.region)}
    return replace(law, regime=regime, superiors=superiors, promised=Limit(30, "workday"))


def last_day(facts: Facts, law: Law, name: str) -> date:
    return date.fromisoformat(deadlines(facts, law)[name]["due"][:10])


def test_either_body_has_its_own_days_and_the_promise_runs_on() -> None:
    law = two_level_law()
    examined = Facts(stage=Stage.ACCEPTED, accepted_on=date(2026, 3, 9))
    decided = replace(examined, forwarded_on=date(2026, 3, 20), forwarded_by=BODY)
    assert last_day(examined, law, "statutory") == date(2026, 4, 7)  # 20 working days (Art. 43), 清明 between
    assert last_day(decided, law, "statutory") == date(2026, 4, 20)  # 20 more from the day it came (Art. 42)
    assert last_day(examined, law, "promised") == last_day(decided, law, "promised")


def test_a_limit_of_the_items_own_law_counts_for_both_together() -> None:
    law = two_level_law()
    own = replace(law, statutory=law.regime.figures["decide_within"])
    decided = Facts(stage=Stage.ACCEPTED, accepted_on=date(2026, 3, 9), forwarded_on=date(2026, 3, 20))
    assert last_day(decided, own, "statutory") == date(2026, 4, 7)


def test_every_paper_is_of_the_body_that_acted() -> None:
    below, above = two_levels()
    number = sent_up(below)
    above.take_next(at=TUESDAY)
    commands.grant(number, seen=None, by=above.handler, at=TUESDAY, text="符合条件")
    view = view_of(number, above.leader, at=TUESDAY)
    kinds = kinds_of(number)
    bodies = {kind: body_at(view, seq) for seq, kind in enumerate(kinds, 1)}
    assert (bodies["submitted"], bodies["accepted"]) == (below.body, below.body)
    assert (bodies["forwarded"], bodies["granted"]) == (above.body, above.body)
    named = catalogue.item(below.item).bodies
    granted = next(seq for seq, kind in enumerate(kinds, 1) if kind == "granted")
    accepted = next(seq for seq, kind in enumerate(kinds, 1) if kind == "accepted")
    issuers = {seq: matter_of(view, seq).issuer.name for seq in (accepted, granted)}
    assert issuers == {accepted: named[below.body], granted: named[above.body]}
    rows = run("select body_name from certificates_certificate where case_number = $1::text", (number,))
    assert rows == [(named[above.body],)]


def test_who_took_it_out_of_turn_is_told_of_the_body_that_did() -> None:
    below, above = two_levels()
    below.submit()
    number = below.submit().number
    reason = "emergency"
    approval = commands.take(
        number, seen=None, by=below.handler, at=MONDAY, reason=reason, text="家里没有米了。"
    )
    assert approval is not None
    commands.approve(approval, by=below.leader, at=MONDAY)
    commands.accept(number, seen=None, by=below.handler, at=MONDAY)
    commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
    overtook = {
        body: run(load("tongban.cases", "overtook"), (body, None, None, MONDAY))
        for body in (below.body, above.body)
    }
    assert overtook == {below.body: [(reason, 1)], above.body: []}


def test_sending_a_case_up_costs_four_statements_beside_the_transaction() -> None:
    below, _ = two_levels()
    number = below.accepted()
    with CaptureQueriesContext(connection) as captured:
        commands.forward(number, seen=None, by=below.handler, at=TUESDAY, text="情况属实")
    statements = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len(statements) == 4
