"""Checking: what may not run is refused, with the element, and with the way that leads there."""

from dataclasses import replace

import pytest

from tongban.engine.expressions import NUMBER, TEXT, choice_of
from tongban.engine.flow import (
    Life,
    Problem,
    Setting,
    State,
    check,
    check_from,
    complete,
    moved,
    parse,
    start,
)
from tongban.engine.flow.tests.drawn import bpmn

LIFE = Life(
    first="submitted",
    table={
        "submitted": {"accept": "accepted", "refuse-acceptance": "not-accepted", "return": "awaiting"},
        "awaiting": {"resubmit": "submitted"},
        "accepted": {"grant": "granted", "refuse": "refused", "stop": "stopped"},
        "stopped": {"resume": "accepted"},
        "granted": {},
        "refused": {},
        "not-accepted": {},
    },
    ends=frozenset({"granted", "refused", "not-accepted"}),
    accepts=frozenset({"accept"}),
    decides=frozenset({"grant", "refuse"}),
    stops=frozenset({"stop"}),
    resumes=frozenset({"resume"}),
)

SILENT = {**LIFE.table, "submitted": {**LIFE.table["submitted"], "deemed": "accepted"}}
DELIVERED = replace(
    LIFE, table={**LIFE.table, "refused": {"deliver": "delivered"}, "granted": {"deliver": "delivered"}}
)

INTAKE = """
    a user actor=窗口 limit=1 act=accept+refuse-acceptance; n end; w xor
    start > a; a > w; w > n: act != 'accept'; """
DECIDE = "d user actor=经办人 limit=3 act=grant+refuse; "
WHOLE = INTAKE + DECIDE + "w > d *; d > end"


def problems(
    lines: str, setting: Setting | None = None, *, plain: bool = False, most: int = 20_000
) -> list[Problem]:
    """What is wrong with a flow; its tasks get an actor and a limit, unless it is `plain`."""
    if not plain:
        lines = lines.replace(" user", " user actor=窗口 limit=1").replace("limit=1 actor=", "actor=")
    return check(parse(bpmn(lines)), setting, most=most)


def only(found: list[Problem]) -> Problem:
    """The one problem that there is."""
    assert len(found) == 1, found
    return found[0]


def codes(lines: str, setting: Setting | None = None) -> list[str]:
    """What is wrong with a flow whose tasks say themselves who does them."""
    return [problem.code for problem in problems(lines, setting, plain=True)]


def test_a_flow_in_order_may_run() -> None:
    assert problems(WHOLE, Setting(LIFE, promise=3, statute=20), plain=True) == []


def test_a_join_that_waits_for_a_branch_that_was_not_taken_is_told_with_the_way_there() -> None:
    drawn = (
        "a user; g xor; b user; c user; j and; start > a; a > g; g > b: v > 0; g > c *; b > j; c > j; j > end"
    )
    problem = only(problems(drawn))
    assert (problem.code, problem.element, problem.trace) == ("STUCK", "j", ("a", "b"))
    assert "这样走到：a → b" in str(problem)


def test_a_step_that_comes_twice_over_is_told_with_the_way_there() -> None:
    drawn = "g and; a user; b user; c user; start > g; g > a; g > b; a > c; b > c; c > end"
    problem = only(problems(drawn))
    assert (problem.code, problem.element) == ("TWICE", "c")
    assert set(problem.trace) == {"a", "b"}


def test_a_task_that_never_comes_is_told() -> None:
    drawn = "a user outcome=yes; g xor; b user; start > a; a > g; g > end: outcome == 'yes'; g > b *; b > end"
    problem = only(problems(drawn))
    assert (problem.code, problem.element) == ("DEAD", "b")


def test_a_circle_needs_a_bound_and_a_way_out_when_it_is_used_up() -> None:
    back = "j xor; a user outcome=again+done; g xor; start > j; j > a; a > g; "
    assert [one.code for one in problems(back + "g > j: outcome == 'again'; g > end *")] == ["LOOP-UNBOUNDED"]
    assert [one.code for one in problems(back + "g > j x3: outcome == 'again'; g > end *")] == []
    assert problems(back + "g > j x2: outcome == 'again'; g > end: outcome == 'done'") == []
    no_end = back.replace("+done", "")
    used_up = only(problems(no_end + "g > j x2: outcome == 'again'; g > end: outcome == 'done'"))
    assert (used_up.code, used_up.element, used_up.trace) == ("STUCK", "a", ("a（again）", "a（again）"))


def test_a_split_needs_a_default_unless_what_was_said_always_has_a_way() -> None:
    split = "a user outcome=yes+no; g xor; b user; start > a; a > g; b > end; "
    assert [one.code for one in problems(split + "g > b: v > 1; g > end: v <= 1")] == ["NO-DEFAULT"]
    assert problems(split + "g > b: outcome == 'yes'; g > end: outcome == 'no'") == []
    lost = only(problems(split + "g > b: outcome == 'yes'; g > end: outcome == 'never'"))
    assert (lost.code, lost.trace) == ("NO-WAY", ("a（no）",))


def test_a_split_takes_its_answer_from_a_checked_table() -> None:
    drawn = """
        r rule actor=系统 table=level; g xor; a user actor=窗口 limit=1; b user actor=窗口 limit=1
        start > r; r > g; g > a: level == 'high'; g > b: level == 'low'; a > end; b > end"""
    assert codes(drawn, Setting(tables={"level": {"level": choice_of("high", "low")}})) == []
    assert codes(drawn, Setting(tables={"level": {"level": choice_of("high", "low", "none")}})) == ["NO-WAY"]
    assert codes(drawn, Setting(tables={"level": {"level": TEXT}})) == ["NO-DEFAULT"]


def test_a_table_may_end_its_task_with_words_as_people_do() -> None:
    drawn = """
        r rule actor=平台 table=way; g xor; a user actor=窗口 limit=1 outcome=well+ill; h xor
        start > r; r > g; g > a: outcome == 'visit'; g > end: outcome == 'papers'
        a > h; h > end: outcome == 'well'; h > end2: outcome == 'ill'; end2 end"""
    told = {"outcome": choice_of("visit", "papers")}
    assert codes(drawn, Setting(facts={}, tables={"way": told})) == []
    strange = drawn.replace("'papers'", "'never'")
    assert "TYPE-NO-SUCH-CHOICE" in codes(strange, Setting(facts={}, tables={"way": told}))


def test_a_split_that_asks_a_table_needs_it() -> None:
    drawn = """
        r rule actor=系统 table=level; g xor; a user actor=窗口 limit=1; b user actor=窗口 limit=1
        start > r; r > g; g > a: level == 'high'; g > b: level == 'low'; a > end; b > end"""
    assert codes(drawn) == ["NO-TABLE", "NO-DEFAULT"]


def test_an_inclusive_join_needs_its_split() -> None:
    drawn = "g and; a user; b user; j or; start > g; g > a; g > b; a > j; b > j; j > end"
    assert [one.code for one in problems(drawn)] == ["JOIN-UNMATCHED"]
    aside = """
        g or; a user; b user; j or; x xor; k user; start > x; x > g: v > 1; x > k *; k > b
        g > a: v > 2; g > b *; a > j; b > j; j > end"""
    assert "JOIN-UNMATCHED" in [
        one.code for one in problems(aside.replace("c user; ", "").replace("; c > end", ""))
    ]


def test_every_task_has_somebody_and_a_limit() -> None:
    assert codes("a user; start > a; a > end") == ["NO-ACTOR", "NO-LIMIT"]
    assert codes("a service actor=经办人; start > a; a > end") == ["NO-LIMIT"]
    assert codes("m message; start > m; m > end") == ["NO-ACTOR", "NO-LIMIT"]


def test_what_the_applicant_is_told_is_drawn_and_short() -> None:
    drawn = "a send actor=平台 says={}; start > a; a > end"
    assert codes(drawn.format("请准备好原件")) == []
    assert codes("a send actor=平台; start > a; a > end") == ["SAYS-NOTHING"]
    assert codes(drawn.format("多" * 201)) == ["SAYS-NOTHING"]


def test_several_in_turn_need_a_bound() -> None:
    assert codes("a user actor=甲 limit=1 many=v sequential; start > a; a > end") == ["MANY-UNBOUNDED"]


def test_nobody_one_and_many_are_tried() -> None:
    drawn = """
        a user many=v at-most=5 until=outcome=='no' outcome=yes+no; g xor; b user
        start > a; a > g; g > b: outcome == 'yes'; g > end: outcome == 'no'; b > end"""
    found = problems(drawn)
    assert [(one.code, one.element, one.trace) for one in found] == [("NO-WAY", "g", ())]
    assert problems(drawn.replace("g > end: outcome == 'no'", "g > end *")) == []


def test_one_post_does_not_take_in_and_decide() -> None:
    assert codes(WHOLE.replace("经办人", "窗口"), Setting(LIFE)) == ["SAME-POST"]


def test_an_act_must_be_possible_where_it_is_drawn() -> None:
    assert codes(WHOLE.replace("act=grant", "act=deliver+grant"), Setting(LIFE)) == ["ACT-UNKNOWN"]
    assert codes(
        WHOLE.replace("act=grant", "act=resume+grant"), Setting(LIFE.without(frozenset({"stop"})))
    ) == ["ACT-NEVER"]
    stuck = INTAKE.replace("act=accept+", "act=") + DECIDE + "w > d *; d > end"
    assert codes(stuck, Setting(LIFE)) == ["STUCK", "DEAD"]


def test_a_flow_does_not_end_before_the_case_is_decided() -> None:
    problem = only(problems(INTAKE + "w > end *", Setting(LIFE), plain=True))
    assert (problem.code, problem.trace) == ("UNDECIDED", ("a（accept）",))


def test_the_longest_way_fits_the_promise_and_the_promise_the_statute() -> None:
    visit = "v user actor=甲 limit=4; "
    longer = INTAKE + DECIDE + visit + "w > v *; v > d; d > end"
    assert codes(longer, Setting(LIFE, promise=7)) == []
    problem = only(problems(longer, Setting(LIFE, promise=6), plain=True))
    assert (problem.code, problem.trace) == ("OVER-PROMISE", ("v", "d"))
    assert codes(WHOLE, Setting(LIFE, promise=21, statute=20)) == ["PROMISE-OVER-STATUTE"]


def test_limits_are_held_against_a_promise_in_its_own_unit() -> None:
    """A working day lasts nobody knows how long in natural days, for days off may follow it."""
    natural = INTAKE.replace("limit=1", "limit=1+day") + DECIDE.replace("limit=3", "limit=3+day")
    drawn = natural + "v user actor=甲 limit=30+hour; w > v *; v > d; d > end"
    assert codes(drawn, Setting(LIFE, promise=5, unit="day")) == []
    assert codes(drawn, Setting(LIFE, promise=4, unit="day")) == ["OVER-PROMISE"]
    assert codes(drawn, Setting(LIFE, promise=102, unit="hour")) == []
    assert codes(drawn, Setting(LIFE, promise=101, unit="hour")) == ["OVER-PROMISE"]
    working = drawn.replace("30+hour", "1")
    problem = only(problems(working, Setting(LIFE, promise=99, unit="day"), plain=True))
    assert (problem.code, problem.trace) == ("OVER-PROMISE", ("v", "d"))


def test_of_branches_side_by_side_the_longest_counts() -> None:
    drawn = (
        INTAKE
        + DECIDE
        + """
        g and; b user actor=甲 limit=4; c user actor=乙 limit=9; j and
        w > g *; g > b; g > c; b > j; c > j; j > d; d > end"""
    )
    assert codes(drawn, Setting(LIFE, promise=12)) == []
    assert codes(drawn, Setting(LIFE, promise=11)) == ["OVER-PROMISE"]


def test_what_the_law_stops_the_clock_for_does_not_count() -> None:
    expert = (
        INTAKE
        + DECIDE
        + """
        s user actor=甲 limit=1 act=stop; e user actor=专家 limit=30; r user actor=甲 limit=1 act=resume
        w > s *; s > e; e > r; r > d; d > end"""
    )
    assert codes(expert, Setting(LIFE, promise=4)) == []
    assert codes(expert, Setting(LIFE, promise=3)) == ["OVER-PROMISE"]
    unstopped = expert.replace(" act=stop", "").replace(" act=resume", "")
    assert codes(unstopped, Setting(LIFE, promise=34)) == ["OVER-PROMISE"]


def test_a_way_back_counts_as_often_as_it_may_be_taken() -> None:
    drawn = (
        INTAKE
        + DECIDE
        + """
        k xor; v user actor=甲 limit=2 outcome=good+bad; g xor
        w > k *; k > v; v > g; g > k x2: outcome == 'bad'; g > d *; d > end"""
    )
    assert codes(drawn, Setting(LIFE, promise=9)) == []
    assert codes(drawn, Setting(LIFE, promise=8)) == ["OVER-PROMISE"]


def test_what_comes_before_acceptance_and_after_decision_does_not_count() -> None:
    drawn = """
        k xor; a user actor=窗口 limit=5 act=accept+refuse-acceptance+return; w xor; n end
        c receive actor=申请人 limit=30 act=resubmit; l user actor=甲 limit=60
        start > k; k > a; a > w; w > n: act == 'refuse-acceptance'; w > c x3: act == 'return'; c > k
        w > d: act == 'accept'
        d > l; l > end; """
    found = problems(drawn + DECIDE, Setting(LIFE, promise=3), plain=True)
    assert [one.code for one in found] == []


def test_several_in_turn_take_as_long_as_all_of_them() -> None:
    drawn = INTAKE + DECIDE + "m user actor=甲 limit=2 many=v sequential at-most=3; w > m *; m > d; d > end"
    assert codes(drawn, Setting(LIFE, promise=9)) == []
    assert codes(drawn, Setting(LIFE, promise=8)) == ["OVER-PROMISE"]


def test_conditions_are_well_typed_over_the_form_and_what_tasks_say() -> None:
    facts = {"area": NUMBER, "kind": choice_of("shop", "kitchen")}
    split = """
        a user actor=甲 limit=1 outcome=yes+no; g xor; b user actor=甲 limit=1
        start > a; a > g; g > end *; b > end; """
    for good in ("area > 300 and kind == 'kitchen'", "outcome == 'yes'"):
        assert codes(split + f"g > b: {good}", Setting(facts=facts)) == []
    for bad in (
        "area > 'big'",
        "size > 300",
        "kind == 'hotel'",
        "outcome == 'maybe'",
        "area",
        "act == 'grant'",
    ):
        found = codes(split + f"g > b: {bad}", Setting(facts=facts))
        assert found, bad
        assert all(code.startswith("TYPE-") for code in found)


def test_a_flow_with_more_ways_than_can_be_looked_at_is_refused() -> None:
    wide = "g and; j and; start > g; j > end; " + "; ".join(
        f"a{n} user; g > a{n}; a{n} > j" for n in range(12)
    )
    assert [one.code for one in problems(wide, most=2_000)] == ["TOO-LARGE"]
    assert problems(wide, most=5_000) == []


@pytest.mark.parametrize("kind", ["xor", "or"])
def test_a_default_is_a_way_of_its_own(kind: str) -> None:
    drawn = f"g {kind}; a user; b user; j {kind}; start > g; g > a: v > 1; g > b *; a > j; b > j; j > end"
    assert problems(drawn) == []


def test_an_act_that_is_not_drawn_may_be_done_all_the_same_and_leaves_nothing_stuck() -> None:
    """A refusal hangs on the law alone: a drawing that shows the grant only would wait for it for ever."""
    shown = INTAKE + "d user actor=经办人 limit=3 act=grant; w > d *; d > end"
    found = problems(shown, Setting(DELIVERED), plain=True)
    assert [(one.code, one.element) for one in found] == [("STUCK", "d")]
    assert found[0].trace == ("a（accept）", "图上没有的行为（refuse）")
    assert codes(shown.replace("act=grant", "act=grant+refuse"), Setting(DELIVERED)) == []


def test_silence_takes_in_wherever_the_case_stands_and_the_step_that_would_is_passed() -> None:
    silent = replace(LIFE, silence="deemed", accepted=frozenset({"accepted"}), table=SILENT)
    early = "p user actor=窗口 limit=1; start > p; p > a; "
    whole = WHOLE.replace("start > a; ", early)
    assert codes(whole, Setting(silent)) == []
    never = whole.replace("act=accept+refuse-acceptance", "act=return").replace(
        ": act != 'accept'", ": act == 'x'"
    )
    back = "b user actor=申请人 limit=9 act=resubmit; c user actor=窗口 limit=1 act=accept; "
    drawn = back + never.replace("w > d *", "w > b *; b > c; c > d")
    assert "STUCK" in codes(drawn, Setting(silent))


def test_a_case_may_go_on_along_a_net_only_from_where_it_could_stand_in_it() -> None:
    turns, at_once = (
        parse(bpmn(one))
        for one in (
            "a user; b user; start > a; a > b; b > end",
            "g and; a user; b user; j and; start > g; g > a; g > b; a > j; b > j; j > end",
        )
    )
    second = State(complete(turns, start(turns).marking, "a").marking, "")
    [stuck] = check_from(at_once, Setting(), State(moved(second.marking, turns, at_once), ""))
    assert (stuck.code, stuck.element) == ("STUCK", "j")
    both = State(moved(start(at_once).marking, at_once, turns), "")
    assert [one.code for one in check_from(turns, Setting(), both)] == ["TWICE"]
    assert check_from(turns, Setting(), second) == []


def test_how_many_do_it_at_most_is_drawn() -> None:
    several = "a user actor=甲 limit=1 many={}; start > a; a > end"
    assert codes(several.format("area")) == ["MANY-UNBOUNDED"]
    assert codes(several.format("100")) == ["MANY-UNBOUNDED"]
    assert codes(several.format("3 at-most=1")) == ["MANY-OVER-BOUND"]
    assert codes(several.format("3")) == codes(several.format("area at-most=9")) == []


def test_too_many_ways_of_choosing_are_told_before_they_are_tried() -> None:
    many = range(24)
    wide = "g or; j or; z user; start > g; g > z *; z > j; j > end; " + "; ".join(
        f"u{at} user; g > u{at}: v{at} > 1; u{at} > j" for at in many
    )
    assert [one.code for one in problems(wide, most=5_000)] == ["TOO-LARGE"]


def test_a_circle_that_is_walked_too_often_is_told() -> None:
    long = "; ".join(f"u{at} user actor=甲 limit=1; u{at} > u{at + 1}" for at in range(12))
    drawn = f"{long}; u12 user actor=甲 limit=1 outcome=yes+no; g xor; start > u0; u12 > g; "
    drawn += "g > u0 x99: outcome == 'yes'; g > end *"
    assert codes(drawn, Setting(promise=20)) == ["TOO-LARGE"]
