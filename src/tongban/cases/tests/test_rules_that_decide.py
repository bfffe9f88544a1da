"""Rules with several sources: all facts or none, the row and version on record, never a refusal."""

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.models.stored import aad_of, key_of
from tongban.cases.queries import looks_at, view_of
from tongban.cases.rules import instant
from tongban.cases.tests.test_instant import FUND, NUMBER, RECORD, Killed, Neighbour, a_person, apply, waits
from tongban.cases.tests.world import MONDAY, a_world, kinds_of
from tongban.catalogue import api as catalogue
from tongban.engine.decisions import table_of
from tongban.exchange import api as exchange
from tongban.kernel.keys import open_
from tongban.kernel.sql import run

WORK = "flexible-employment"
GRANTED = ["submitted", "accepted", "granted", "delivered"]
PENSIONER, EMPLOYEE, UNKNOWN = "510105194503094316", "510104199001019013", "510105198506159021"


@pytest.fixture
def work(transactional_db):
    return a_world(WORK)


@pytest.fixture
def neighbours(transactional_db):
    """The two registers of the rule, each as it is today."""
    population, insurance = Neighbour({"born": "2000-05-20"}), Neighbour({"state": "none"})
    exchange.supply({"population": population, "social-insurance": insurance})
    yield population, insurance
    exchange.supply({})


def applied(world, number=NUMBER, *, at=MONDAY, name="王秀丽"):
    person = a_person(number, name)
    return apply(world, person, like=WORK, at=at, name=name, resident_id=number), person


def kept(number):
    """What the case keeps sealed of how it was decided."""
    rows = run(
        "select t.name, t.sealed, k.wrapped, c.id from cases_content t"
        " join cases_case c on c.id = t.case_id join cases_key k on k.case_id = c.id"
        " where c.number = $1::text and t.name like 'register:%'",
        (number,),
    )
    [(name, sealed, wrapped, case)] = rows
    state = view_of(number, a_person(), at=MONDAY).state
    return orjson.loads(open_(key_of(case, wrapped), bytes(sealed), aad_of(state, name)))


def test_two_registers_are_asked_and_it_is_granted_in_the_same_second(work):
    number, person = applied(work)
    assert kinds_of(number) == GRANTED
    view = view_of(number, person, at=MONDAY)
    text = view.story[2].text
    assert "人口基本信息（样例）" in text and "社会保险参保登记（样例）" in text
    assert "周岁：37，从出生日期算起，算到收到申请那天。" in text
    assert "第 4 行：年满16周岁" in text and "依据：就业促进法第四十三条第二款。" in text
    assert {look.purpose for look in looks_at(view)} == {
        "核对年满十六周岁没有",
        "核对有没有单位在给您参保、是不是在领养老金",
    }


def test_version_row_and_inputs_are_on_record_sealed_and_committed_to(work):
    number, person = applied(work)
    rule = catalogue.item(work.item).rule
    record = kept(number)
    assert record["table"] == rule.version
    assert record["row"] == 4
    assert record["facts"] == {
        "person": {"born": "1988-06-15"},
        "insurance": {"state": "flexible"},
        "age": 37,
    }
    granted = view_of(number, person, at=MONDAY).story[2].event
    assert granted.rule == f"{work.item}@1:{rule.version[:12]}"
    assert len(granted.found) == 64


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (PENSIONER, "第 2 行：登记簿上在领养老金的，由工作人员核对。"),
        (EMPLOYEE, "第 3 行：有单位在给您参保的"),
    ],
)
def test_what_does_not_grant_passes_to_a_person_with_its_reason(work, neighbours, number, said):
    neighbours[1].answer = {"state": "pension" if number == PENSIONER else "employer"}
    case, person = applied(work, number, name="周样例")
    assert kinds_of(case) == ["submitted", "queued"]
    assert said in view_of(case, person, at=MONDAY).story[-1].text
    assert waits(work, case)
    assert work.take_next() == case


@pytest.mark.parametrize(
    ("born", "granted"), [("2010-03-08", True), ("2010-03-09", False), ("2010-03-10", False)]
)
def test_years_are_full_from_the_day_after_the_birthday(work, neighbours, born, granted):
    neighbours[0].answer = {"born": born}
    assert (kinds_of(applied(work)[0]) == GRANTED) is granted


def test_where_one_register_knows_nothing_the_others_are_not_asked(work, neighbours):
    neighbours[1].answer = exchange.NothingKnown
    number, person = applied(work)
    assert kinds_of(number) == ["submitted", "queued"]
    assert view_of(number, person, at=MONDAY).story[-1].event.why == "nothing-known"
    assert neighbours[0].asked == 0


def test_where_the_second_is_away_nothing_is_decided_until_both_answer(work, neighbours):
    neighbours[0].answer = exchange.RegisterAway
    number, _ = applied(work)
    assert kinds_of(number) == ["submitted", "register-away"]
    neighbours[0].answer = {"born": "1999-12-31"}
    commands.fire_due(MONDAY + timedelta(minutes=1))
    assert kinds_of(number) == ["submitted", "register-away", "accepted", "granted", "delivered"]
    assert (neighbours[0].asked, neighbours[1].asked) == (2, 2)


@pytest.mark.parametrize("answer", [{"state": "perhaps"}, {}, {"state": 3}])
def test_an_answer_that_does_not_fit_its_question_decides_nothing(work, neighbours, answer):
    neighbours[1].answer = answer
    assert kinds_of(applied(work)[0]) == ["submitted", "register-away"]


def test_killed_between_two_registers_the_clock_finds_it(work, neighbours):
    neighbours[0].answer = Killed
    with pytest.raises(Killed):
        applied(work)
    [(number,)] = run("select number from cases_case where item = $1::text", (work.item,))
    assert kinds_of(number) == ["submitted"]
    neighbours[0].answer = {"born": "1999-12-31"}
    commands.fire_due(MONDAY + timedelta(minutes=1))
    assert kinds_of(number) == GRANTED


@pytest.mark.parametrize("said", [{"resident_id": EMPLOYEE}, {"name": "李别人"}])
def test_of_another_no_register_is_asked_where_nothing_but_the_form_names_them(work, neighbours, said):
    number = apply(work, a_person(), like=WORK, **({"name": "王秀丽", "resident_id": NUMBER} | said))
    assert kinds_of(number) == ["submitted", "queued"]
    assert [one.asked for one in neighbours] == [0, 0]


HOLDER = ("510104195201269043", "陈春梅")
"""Who holds nothing that another test gave."""

HELD = {
    "decision.csv": "first,if card.held: boolean,if record.found: none | found,then decision: grant | pass,"
    "reason\n1,true,none,grant,持有有效的缴存证明，当场办。\n2,-,-,pass,其余的由人核对。\n",
    "decision-tests.csv": "test,card.held,record.found,row\n有证的人,true,none,1\n没有证的人,false,none,2\n",
}


def test_a_certificate_that_is_held_and_valid_is_a_fact_beside_a_register(transactional_db):
    rule: dict[str, Any] = {
        "facts": {
            "record": {"register": "criminal-record", "asks": "record", "purpose": "核对有没有记录"},
            "card": {"certificate": FUND, "purpose": "核对缴存"},
        },
        "says": "持有有效的缴存证明、没有查到记录的，当场办。",
        "prints": ["record.found", "record.until"],
        "asks_again_for": {"value": 2, "unit": "hour"},
    }
    world, person = a_world(RECORD, files=HELD, rule=rule), a_person(*HOLDER)
    named = {"name": HOLDER[1], "resident_id": HOLDER[0]}
    before = apply(world, person, like=RECORD, **named)
    assert kinds_of(before) == ["submitted", "queued"]
    assert "“住房公积金缴存证明”：没有有效的。" in view_of(before, person, at=MONDAY).story[-1].text
    assert kinds_of(apply(a_world(FUND), person, **named)) == GRANTED
    after = apply(world, person, like=RECORD, **named)
    assert kinds_of(after) == GRANTED
    assert "“住房公积金缴存证明”：持有，有效。" in view_of(after, person, at=MONDAY).story[2].text


ROWS = st.lists(st.sampled_from(["grant", "pass"]), min_size=3, max_size=3)


class Rule:
    """A rule of one register with one row for each state."""

    registers = certificates = years = ()

    def __init__(self, says):
        states = ("a", "b", "c")
        rows = [
            [str(n), state, word, "理由"] for n, (state, word) in enumerate(zip(states, says, strict=True), 1)
        ]
        head = ["unique", "if fund.state: a | b | c", "then decision: grant | pass", "reason"]
        self.table = table_of([head, *rows])


@given(ROWS, st.sampled_from("abc"))
def test_a_rule_grants_what_its_row_grants_and_nothing_else(says, state):
    verdict = instant.decided(Rule(says), {"fund": {"state": state}}, (), on=date(2026, 3, 9))
    assert verdict.grants is (says["abc".index(state)] == "grant")
    assert verdict.row.number == "abc".index(state) + 1


def test_a_verdict_without_a_row_grants_nothing():
    assert not instant.Verdict({}, None).grants
