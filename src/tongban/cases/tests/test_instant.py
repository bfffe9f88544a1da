"""Granted in the same second by a published rule; else asked again by itself, or left to officers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.commands.deciding import decide_by_rule
from tongban.cases.queries import looks_at, receipt_of, standing_of, view_of
from tongban.cases.rules import instant
from tongban.cases.rules.life import Stage
from tongban.cases.rules.state import CaseHead, CaseState, Facts
from tongban.cases.tests.world import JINJIANG, MONDAY, a_world, an_agent, kinds_of, seal_all
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.fairness import replay
from tongban.engine.packs import example_of
from tongban.engine.tlog import NO_QUEUE, Leaf, Verifier, open_receipt
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

FUND, RECORD = "housing-fund-certificate", "no-criminal-record"
NUMBER = "510104198806152343"
BY_RULE = ["submitted", "accepted", "granted", "delivered"]
MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The process dies here."""


class Neighbour:
    """A register next door, as it is today: what it answers, or how it fails."""

    def __init__(self, answer=None):
        self.answer, self.asked, self.meanwhile = answer, 0, lambda: None

    def ask(self, question):
        self.asked += 1
        self.meanwhile()
        if isinstance(self.answer, type):
            raise self.answer
        return self.answer


@pytest.fixture
def neighbour(transactional_db):
    """A register that is away until it is told what to answer."""
    one = Neighbour(exchange.RegisterAway)
    exchange.supply({"housing-fund": one, "criminal-record": one})
    yield one
    exchange.supply({})


@pytest.fixture
def fund(transactional_db):
    return a_world(FUND)


def a_person(number=NUMBER, name="王秀丽"):
    """A person known by name and number, signed in."""
    person = ring().person_key("person", number)
    identity.save_profile(person, identity.Profile(name=name, id_number=number, phone="13800000001"))
    return Viewer(
        account=AccountId(ring().person_key("person", number)[:16]), person=person, shown_as="王*丽"
    )


def apply(world, by=None, *, like=FUND, key=None, at=MONDAY, **answers):
    example = example_of(Path(settings.PACKS) / "items" / like) | answers
    application = Application(world.item, JINJIANG, example, ())
    return commands.submit(application, by=by or a_person(), key=key, at=at).number


def waits(world, number):
    """Whether the case stands in its queue."""
    seal_all()
    return bool(
        run(
            "select 1 from cases_waiting w join cases_case c on c.id = w.case_id"
            " where c.number = $1::text and w.queue = $2::text",
            (number, world.queue),
        )
    )


def timers_of(number):
    return run(
        "select t.kind, t.due_at from cases_timer t join cases_case c on c.id = t.case_id"
        " where c.number = $1::text",
        (number,),
    )


def certificates_of(number, by):
    return certificates.of_case(view_of(number, by, at=MONDAY).state.head.id, by, at=MONDAY)


def leaves_of(number):
    """The kinds of the case's leaves, and all the leaves of its queue as an auditor reads them."""
    seal_all()
    tag, queue = run("select tag, queue from cases_case where number = $1::text", (number,))[0]
    rows = run(
        "select index, entry from ledger_leaf where entry like $1::text order by index", (f"%{queue}%",)
    )
    kinds = [entry.split('"kind":"')[1].split('"')[0] for _, entry in rows if tag in entry]
    return kinds, replay([(index, entry.encode()) for index, entry in rows])


@pytest.mark.parametrize("like", [FUND, RECORD])
def test_it_is_granted_issued_and_delivered_before_submitting_returns(transactional_db, like):
    world, person = a_world(like), a_person()
    number = apply(world, person, like=like)
    assert kinds_of(number) == BY_RULE
    assert not waits(world, number)
    assert timers_of(number) == []
    [certificate] = certificates_of(number, person)
    assert certificate.holding == "valid"
    kinds, fairness = leaves_of(number)
    assert kinds == ["other"] * 4
    assert fairness.is_fair and fairness.queues == {}


def test_its_receipt_promises_no_place_and_is_borne_out_by_its_leaf(fund):
    number = apply(fund)
    kept = receipt_of(view_of(number, a_person(), at=MONDAY)).receipt
    receipt, _ = open_receipt(kept.encode(), [Verifier.parse(ledger.keys().splitlines()[1])])
    assert receipt.queue == NO_QUEUE
    seal_all()
    [(entry,)] = run(
        "select l.entry from ledger_leaf l join cases_event e on e.id = l.event_id"
        " join cases_case c on c.id = e.case_id where c.number = $1::text and e.seq = 1",
        (number,),
    )
    assert receipt.faults_of(Leaf.parse(entry.encode())) == []


def test_the_events_name_the_rule_and_its_version_and_no_officer(fund):
    view = view_of(apply(fund), a_person(), at=MONDAY)
    rule = catalogue.item(fund.item).rule.name
    assert rule == f"{fund.item}@1:{catalogue.item(fund.item).rule.version[:12]}"
    assert [(told.event.rule, told.event.by) for told in view.story] == [(rule, None)] * 4
    assert "没有经过工作人员" in view.story[1].detail
    assert "账户状态：正常缴存" in view.story[2].text
    assert f"按公布的规则（版本 {rule[-12:]}）第 1 行：账户正常缴存" in view.story[2].text


def test_the_certificate_prints_what_the_register_said_and_what_was_asked(fund):
    person = a_person()
    [row] = certificates_of(apply(fund, person), person)
    lines = dict(certificates.certificate(row.number, person, at=MONDAY).lines)
    assert lines["账户状态"] == "正常缴存"
    assert lines["缴存单位"] == "样例单位（样例数据）"
    assert lines["用途"] == "异地购房贷款"


def test_the_person_sees_that_a_rule_asked_and_why(fund):
    [look] = looks_at(view_of(apply(fund), a_person(), at=MONDAY))
    assert look.who.startswith("办理规则")
    assert look.purpose == "出具住房公积金缴存证明"
    assert "住房公积金缴存登记" in look.what


@pytest.mark.parametrize(
    ("like", "number", "why"),
    [
        (FUND, "510105194503094316", "not-granted"),
        (FUND, "510105198506159021", "nothing-known"),
        (RECORD, "510104199001019013", "not-granted"),
        (RECORD, "510105198506159021", "nothing-known"),
    ],
)
def test_what_the_rule_does_not_grant_joins_the_queue_and_is_refused_by_nobody(
    transactional_db, like, number, why
):
    world, person = a_world(like), a_person(number, "周样例")
    case = apply(world, person, like=like, name="周样例", resident_id=number)
    assert kinds_of(case) == ["submitted", "queued"]
    view = view_of(case, person, at=MONDAY)
    assert view.story[-1].event.why == why
    assert view.state.stage is Stage.SUBMITTED
    assert waits(world, case)
    kinds, fairness = leaves_of(case)
    assert kinds == ["other", "arrived"]
    assert fairness.is_fair
    assert world.take_next() == case


def test_an_officer_who_grants_what_a_rule_left_prints_what_the_register_said(transactional_db):
    world, person = a_world(RECORD), a_person("510104199001019013", "周样例")
    number = apply(world, person, like=RECORD, name="周样例", resident_id="510104199001019013")
    seal_all()
    assert world.take_next() == number
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="核对过，记录是同名的人的。")
    [row] = certificates_of(number, person)
    lines = dict(certificates.certificate(row.number, person, at=MONDAY).lines)
    assert lines["查询截至"] == "2026-10-31"


@pytest.mark.parametrize("said", [{"resident_id": "510105198506159021"}, {"name": "李别人"}])
def test_of_another_nothing_is_asked_and_nothing_is_granted(fund, neighbour, said):
    neighbour.answer = {"state": "paying"}
    number = apply(fund, **said)
    assert kinds_of(number) == ["submitted", "queued"]
    assert neighbour.asked == 0


def test_an_enterprise_is_not_asked_about(fund, neighbour):
    number = apply(fund, an_agent())
    assert kinds_of(number) == ["submitted", "queued"]
    assert neighbour.asked == 0


def test_a_register_that_is_away_is_asked_again_by_itself(fund, neighbour):
    number, person = apply(fund), a_person()
    assert kinds_of(number) == ["submitted", "register-away"]
    assert timers_of(number) == [("ask", MONDAY + MINUTE)]
    said = standing_of(view_of(number, person, at=MONDAY), MONDAY).next
    assert "现在没有答复" in said and "不用您再来" in said and "12:00" in said
    assert not waits(fund, number)
    neighbour.answer = {"state": "paying"}
    commands.fire_due(MONDAY + MINUTE)
    assert kinds_of(number) == ["submitted", "register-away", "accepted", "granted", "delivered"]
    assert [look.at for look in looks_at(view_of(number, person, at=MONDAY))] == [MONDAY + MINUTE, MONDAY]


def test_an_adapter_that_breaks_counts_as_away(fund, neighbour):
    neighbour.answer = ZeroDivisionError
    assert kinds_of(apply(fund)) == ["submitted", "register-away"]


def test_a_register_away_for_too_long_leaves_the_case_to_officers(fund, neighbour):
    number = apply(fund)
    for minutes in range(1, 180):
        commands.fire_due(MONDAY + minutes * MINUTE)
    assert kinds_of(number) == ["submitted", *["register-away"] * 5, "queued"]
    assert len(looks_at(view_of(number, a_person(), at=MONDAY))) == 6
    assert timers_of(number) == []
    assert waits(fund, number)


def test_the_same_submission_twice_is_decided_once(fund, neighbour):
    neighbour.answer = {"state": "paying"}
    assert apply(fund, key="once") == apply(fund, key="once")
    assert neighbour.asked == 1


def test_two_at_once_decide_once(fund, neighbour, at_once):
    number = apply(fund)
    neighbour.answer = {"state": "paying"}
    assert at_once(*[lambda: decide_by_rule(number, at=MONDAY)] * 4) == [None] * 4
    assert kinds_of(number) == ["submitted", "register-away", "accepted", "granted", "delivered"]
    assert len(certificates_of(number, a_person())) == 1


def test_killed_between_submitting_and_deciding_the_clock_finds_it(fund, neighbour):
    neighbour.answer = Killed
    with pytest.raises(Killed):
        apply(fund, key="cut")
    [(number,)] = run("select number from cases_case where item = $1::text", (fund.item,))
    assert kinds_of(number) == ["submitted"]
    neighbour.answer = {"state": "paying"}
    commands.fire_due(MONDAY + MINUTE)
    assert kinds_of(number) == BY_RULE


def test_sent_again_after_death_it_is_decided_then(fund, neighbour):
    neighbour.answer = Killed
    with pytest.raises(Killed):
        apply(fund, key="again")
    neighbour.answer = {"state": "paying"}
    assert kinds_of(apply(fund, key="again")) == BY_RULE


def test_withdrawn_while_the_register_is_asked_nothing_is_granted(fund, neighbour):
    person = a_person()
    number = apply(fund, person)
    neighbour.answer = {"state": "paying"}
    neighbour.meanwhile = lambda: commands.withdraw(number, seen=None, by=person, at=MONDAY)
    commands.fire_due(MONDAY + MINUTE)
    assert kinds_of(number) == ["submitted", "register-away", "withdrawn"]
    assert certificates_of(number, person) == []
    assert leaves_of(number)[1].is_fair


def test_nothing_is_asked_while_a_transaction_is_open(fund, neighbour):
    number = apply(fund)
    neighbour.answer = {"state": "paying"}
    with pytest.raises(RuntimeError), transaction.atomic():
        decide_by_rule(number, at=MONDAY)
    assert neighbour.asked == 1


def test_the_register_is_asked_without_a_transaction(fund, neighbour):
    seen = []
    neighbour.meanwhile = lambda: seen.append(connection.in_atomic_block)
    apply(fund)
    assert seen == [False]


def test_a_grant_by_rule_is_undone_with_its_certificate_and_comes_to_officers(fund):
    person = a_person()
    number = apply(fund, person)
    commands.complete(number, at=MONDAY)
    approval = commands.reverse(number, seen=None, by=fund.handler, at=MONDAY, text="登记簿答错了。")
    commands.approve(approval, by=fund.leader, at=MONDAY)
    assert kinds_of(number)[-4:] == ["approval-asked", "approval-given", "reversed", "queued"]
    assert [one.holding for one in certificates_of(number, person)] == ["revoked"]
    assert waits(fund, number)
    assert leaves_of(number)[1].is_fair
    assert timers_of(number) == []
    assert fund.take_next() == number
    commands.grant(number, seen=None, by=fund.handler, at=MONDAY, text="核对过了。")
    assert sorted(one.holding for one in certificates_of(number, person)) == ["revoked", "valid"]


def test_what_an_officer_delivered_is_still_not_undone(transactional_db):
    world, person = a_world(RECORD), a_person("510104199001019013", "周样例")
    number = apply(world, person, like=RECORD, name="周样例", resident_id="510104199001019013")
    seal_all()
    world.take_next()
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="核对过了。")
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="window")
    with pytest.raises(Refusal, match="cases.reverse.nothing"):
        commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="错了。")


def test_no_table_and_no_leaf_tells_what_a_register_said_of_whom(fund):
    number = apply(fund)
    seal_all()
    rows = run("select * from exchange_asking") + run("select * from cases_event")
    rows += run("select * from exchange_sampleregister") + run("select entry from ledger_leaf")
    everything = repr(rows)
    for secret in (NUMBER, "王秀丽", "样例单位", "2026年10月"):
        assert secret not in everything
        assert secret.encode().hex() not in everything
    assert number in everything


def test_what_the_case_keeps_of_the_register_is_sealed_and_committed_to(fund):
    view = view_of(apply(fund), a_person(), at=MONDAY)
    granted = view.story[2].event
    assert len(granted.found) == 64 and len(granted.text) == 64


def test_an_instant_case_costs_so_many_statements_and_another_item_none_of_them(fund):
    person = a_person()
    apply(fund, person)
    with CaptureQueriesContext(connection) as asked:
        apply(fund, person)
    assert len(asked) <= 20


def pending(tries=None):
    head = CaseHead(1, "n", "t" * 32, "i", 1, "q", "510104", "b", b"p" * 32)
    until = MONDAY + timedelta(hours=2)
    facts = Facts(received_on=MONDAY.date(), rule="r", asked=tries, asks_at=MONDAY, asks_until=until)
    return CaseState(head, 1, facts)


@given(st.integers(0, 50), st.integers(0, 300))
def test_asking_again_never_comes_after_the_rule_s_time_and_never_at_once(tries, minutes):
    at = MONDAY + minutes * MINUTE
    event = instant.register_away(pending(tries), at=at)
    if event is None:
        assert at + instant.PAUSES[min(tries, 4)] > pending().facts.asks_until
    else:
        assert at + MINUTE <= event.asks_at <= pending().facts.asks_until
        assert event.tries == tries + 1
