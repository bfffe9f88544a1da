"""What happened can be replayed: rows are folds, leaves commit to the very events, content can be erased."""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tongban.cases import commands
from tongban.cases.commands.change import Change
from tongban.cases.commands.document import row_of
from tongban.cases.models.stored import key_of, story
from tongban.cases.queries import file_of, view_of
from tongban.cases.rules.clocks import timers
from tongban.cases.rules.evolve import fold
from tongban.cases.rules.state import CaseState
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    World,
    a_resident,
    a_world,
    id_of,
    kinds_of,
    seal_all,
)
from tongban.engine.calendar import legal_day
from tongban.kernel import keys
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.keys import master_of, salt
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger


def stored(number):
    return run(load("tongban.cases", "case_for_update"), (number,))[0]


def assert_the_row_is_the_fold(number, at):
    change = Change(stored(number), at)
    folded = fold(CaseState(change.state.head), story(change.state.head.id))
    assert row_of(folded) | {"position": None} == row_of(change.state) | {"position": None}
    assert set(timers(change.state, change.law)) == {
        type(timers_)(timers_.kind, timers_.due_at) for timers_ in timers(folded, change.law)
    }
    in_rows = run(
        "select kind, due_at from cases_timer where case_id = $1::bigint order by kind",
        (change.state.head.id,),
    )
    assert in_rows == sorted((timer.kind, timer.due_at) for timer in timers(folded, change.law))


class CaseLife(RuleBasedStateMachine):
    """Anything anyone may try, in any order; refusals are part of life."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = a_world()
        self.resident = a_resident()
        self.numbers: list[str] = []
        self.now = MONDAY

    def tried(self, deed) -> None:
        with suppress(Refusal):
            deed()

    @rule()
    def submit(self) -> None:
        self.numbers.append(self.world.submit(by=self.resident, at=self.now).number)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        commands.fire_due(self.now)

    @rule()
    def take_next(self) -> None:
        self.tried(lambda: commands.take_next(self.world.queue, by=self.world.handler, at=self.now))

    @precondition(lambda self: self.numbers)
    @rule(
        data=st.data(),
        act=st.sampled_from(
            [
                *(
                    "accept",
                    "release",
                    "grant",
                    "deliver",
                    "withdraw",
                    "correct",
                    "resubmit",
                    "extend",
                    "refuse",
                ),
                *("hand-over", "assign", "note", "consult", "answer", "supervise", "explain"),
            ]
        ),
    )
    def act(self, data, act: str) -> None:
        number = data.draw(st.sampled_from(self.numbers))
        handler, colleague, at = self.world.handler, self.world.colleague, self.now
        fault = commands.CorrectionFault(place="场所", basis="", do="请写明。")
        deeds = {
            "accept": lambda: commands.accept(number, seen=None, by=handler, at=at),
            "release": lambda: commands.release(number, seen=None, by=handler, at=at),
            "grant": lambda: commands.grant(number, seen=None, by=handler, at=at, text="准予"),
            "refuse": lambda: commands.refuse(number, seen=None, by=handler, at=at, text="不准"),
            "deliver": lambda: commands.deliver(number, seen=None, by=handler, at=at, way="post"),
            "withdraw": lambda: commands.withdraw(number, seen=None, by=self.resident, at=at),
            "correct": lambda: commands.return_for_correction(
                number, seen=None, by=handler, at=at, faults=[fault]
            ),
            "resubmit": lambda: commands.resubmit(
                number, seen=None, by=self.resident, at=at, answers=FOOD_ANSWERS
            ),
            "extend": lambda: commands.approve(
                commands.extend(number, seen=None, by=handler, at=at, text="情况复杂"),
                by=self.world.leader,
                at=at,
            ),
            "assign": lambda: commands.assign_next(
                self.world.queue, to=id_of(handler), by=self.world.leader, at=at
            ),
            "hand-over": lambda: commands.hand_over(
                number, seen=None, to=id_of(colleague), by=self.world.leader, at=at, text="换人办"
            ),
            "note": lambda: commands.note(number, seen=None, by=handler, at=at, text="已电话核实"),
            "consult": lambda: commands.consult(
                number, seen=None, by=handler, at=at, whom=id_of(colleague), days=3, text="符合规划吗？"
            ),
            "answer": lambda: self._answer(number),
            "supervise": lambda: commands.supervise(
                number, seen=None, by=self.world.leader, at=at, days=2, text="请抓紧"
            ),
            "explain": lambda: commands.explain(
                number, seen=None, by=handler, at=at, cause="staff", until=legal_day(at), text="人手不够"
            ),
        }
        self.tried(deeds[act])

    def _answer(self, number: str) -> None:
        asked = [place for place, kind in enumerate(kinds_of(number), 1) if kind == "consultation-asked"]
        for place in asked[-1:]:
            commands.answer_consultation(number, place, by=self.world.colleague, at=self.now, text="符合")

    @invariant()
    def the_row_is_the_fold_of_its_events(self) -> None:
        for number in self.numbers:
            assert_the_row_is_the_fold(number, self.now)

    @invariant()
    def who_waits_stands_in_the_queue_and_nobody_else(self) -> None:
        seal_all(self.now)
        waiting = run("select case_id from cases_waiting where queue = $1::text", (self.world.queue,))
        meant = run("select id from cases_case where queue = $1::text and waits", (self.world.queue,))
        assert sorted(waiting) == sorted(meant)


def test_after_any_history_rows_timers_and_queue_agree_with_the_story(transactional_db):
    run_state_machine_as_test(
        CaseLife,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_every_event_leaves_one_leaf_that_commits_to_its_very_words(world):
    number = world.accepted()
    seal_all()
    case, key = stored(number)[0], key_of(stored(number)[0], stored(number)[16])
    rows = run(
        "select e.seq, e.body, l.entry from cases_event e join ledger_leaf l on l.event_id = e.id"
        " where e.case_id = $1::bigint order by e.seq",
        (case,),
    )
    assert len(rows) == 3
    for seq, body, entry in rows:
        committed = orjson.loads(entry)["commitment"]
        assert ledger.commitment(salt(key, seq, b"leaf"), body.encode()) == committed
        assert orjson.loads(body)["about"] == number


def test_the_event_holds_the_salted_digest_of_what_was_answered(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    row = stored(number)
    key = key_of(row[0], row[16])
    answers = view_of(number, resident, at=MONDAY).answers
    plain = orjson.dumps(answers, option=orjson.OPT_SORT_KEYS)
    digest = story(row[0])[0].answers
    assert digest == sha256(salt(key, 1, b"digest answers") + plain).hexdigest()
    assert digest != sha256(plain).hexdigest()


def test_destroying_the_key_makes_content_unreadable_and_leaves_story_order_and_proofs_whole(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    other = world.submit().number
    before = view_of(number, resident, at=MONDAY)
    material = before.materials[0].id
    assert file_of(before, material).content.startswith(b"%PDF")
    proof = ledger.proof_of(before.story[0].id)
    commands.erase_content(number, at=MONDAY)
    seal_all()
    after = view_of(number, resident, at=MONDAY)
    assert after.erased and after.answers is None and after.materials == []
    with pytest.raises(Refusal, match="cases.file.unknown"):
        file_of(after, material)
    assert run("select count(*) from papers_file where claimed_by = $1::bigint", (before.state.head.id,)) == [
        (0,)
    ]
    assert kinds_of(number) == ["submitted", "content-erased"]
    assert [world.take_next(), world.take_next()] == [number, other]
    assert ledger.proof_of(before.story[0].id).split("\n")[:2] == proof.split("\n")[:2]


def test_after_a_rotation_every_key_is_wrapped_anew_and_opens_the_same(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    answers = view_of(number, resident, at=MONDAY).answers
    current = keys.rotate()
    assert rewrap_all(commands.KEY_TABLES)["cases"].done >= 1
    assert rewrap_all(commands.KEY_TABLES)["cases"].done == 0
    assert master_of(bytes(stored(number)[16])) == current
    assert view_of(number, resident, at=MONDAY).answers == answers
