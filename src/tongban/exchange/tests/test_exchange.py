"""A sample register answers as its pack says; every asking is on record before, and for good."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tongban.exchange import api as exchange
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.ids import BodyCode, CaseId
from tongban.kernel.keys import ring, rotate
from tongban.kernel.sql import run

NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
BODY = BodyCode("11510104MB9000090X")


@pytest.fixture
def registers(transactional_db):
    exchange.publish([Path(settings.PACKS)], at=NOON)


def asked(number, register="housing-fund", asks="deposits", case=None):
    question = exchange.Question(register, asks, ring().person_key("person", number))
    errand = exchange.Errand(
        CaseId(case or uuid4().int >> 66), "rule@1", BODY, "出具证明", "登记簿", "问什么"
    )
    return exchange.ask(question, errand, at=NOON)


def test_a_row_answers_for_its_person_and_everyone_else_gets_the_common_answer(registers):
    assert asked("510105194503094316") == {"state": "none"}
    assert asked("510104198806152343")["state"] == "paying"
    assert asked("510104199001019013", "criminal-record", "record")["found"] == "found"


def test_a_person_of_whom_a_register_knows_nothing_is_said_so(registers):
    with pytest.raises(exchange.NothingKnown):
        asked("510105198506159021")


def test_a_question_that_a_register_does_not_answer_has_no_answer(registers):
    with pytest.raises(exchange.NothingKnown):
        asked("510104198806152343", asks="debts")


def test_a_register_that_nobody_published_is_away(transactional_db):
    with pytest.raises(exchange.RegisterAway):
        asked("510104198806152343", "no-such-register")


def test_what_is_published_again_unchanged_changes_nothing(registers):
    assert exchange.publish([Path(settings.PACKS)], at=NOON) == []


def test_an_asking_is_on_record_before_the_register_hears_of_it(registers):
    seen = []

    class Neighbour:
        def ask(self, question):
            seen.extend(exchange.askings_for(CaseId(7001)))
            raise exchange.RegisterAway

    exchange.supply({"housing-fund": Neighbour()})
    try:
        with pytest.raises(exchange.RegisterAway):
            asked("510104198806152343", case=7001)
    finally:
        exchange.supply({})
    assert seen[-1].purpose == "出具证明"
    assert seen[-1].rule == "rule@1"


def test_nothing_is_asked_inside_another_transaction(registers):
    with pytest.raises(RuntimeError), transaction.atomic():
        asked("510104198806152343", case=7002)
    assert exchange.askings_for(CaseId(7002)) == []


@pytest.mark.parametrize(
    "breach",
    ["delete from exchange_asking", "update exchange_asking set rule = ''", "truncate exchange_asking"],
)
def test_the_record_of_askings_is_never_changed(registers, breach):
    asked("510104198806152343", case=7003)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        run(breach)
    assert exchange.askings_for(CaseId(7003))


def test_asking_a_sample_costs_two_statements(registers):
    with CaptureQueriesContext(connection) as queries:
        asked("510104198806152343")
    assert len([one for one in queries if "exchange_" in one["sql"]]) == 2


def test_no_person_of_a_sample_register_stands_in_clear(registers):
    kept = b"".join(bytes(sealed) for (sealed,) in run("select sealed from exchange_sampleregister"))
    assert kept
    for secret in ("510104199001019013", "样例单位"):
        assert secret.encode() not in kept


def test_a_register_hangs_on_the_newest_master_after_rewrapping(registers):
    rotate()
    assert rewrap_all(exchange.KEY_TABLES)["registers"].done >= 1
    assert rewrap_all(exchange.KEY_TABLES)["registers"].done == 0
    assert asked("510105194503094316") == {"state": "none"}
