"""What is asked of the ledger, and what it costs."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tongban.engine.tlog import ProofFile, Verifier, leaf_hash, open_receipt, root_of, unpack_entries
from tongban.kernel.access import Officer, Purpose, Role
from tongban.kernel.ids import BodyCode, CaseId, EventId, OfficerId, PersonKey, QueueId, RegionCode
from tongban.ledger import commands, queries
from tongban.ledger.rules import Looked, commitment
from tongban.ledger.tests.world import NOON, Heard, a_waiting_leaf, head, rows, seal_all

OFFICER = Officer(
    OfficerId(uuid4()), BodyCode("11510104MB0000001X"), RegionCode("510104"), frozenset({Role.HANDLER})
)


@pytest.fixture
def sealed(heard: Heard) -> EventId:
    """A leaf in the middle of a tile that is neither empty nor full."""
    events = [a_waiting_leaf() for _ in range(3)]
    if head()[0] % 256 > 250:
        events += [a_waiting_leaf() for _ in range(20)]
    seal_all()
    return events[1]


def test_a_sealed_leaf_is_proved_against_the_served_head(sealed: EventId) -> None:
    proof = queries.proof_of(sealed)
    assert proof is not None
    file = ProofFile.parse(proof.encode())
    [(entry,)] = rows("select entry from ledger_leaf where event_id = %s", sealed)
    key = Verifier.parse(queries.keys().splitlines()[0])
    assert file.verify(leaf_hash(entry.encode()), key.name, [key]).size == head()[0]
    assert file.checkpoint.decode() == queries.checkpoint()
    assert file.index == queries.index_of(sealed)


def test_a_leaf_that_still_waits_has_neither_place_nor_proof(heard: Heard) -> None:
    event = a_waiting_leaf()
    assert (queries.index_of(event), queries.proof_of(event)) == (None, None)


def test_tile_and_bundle_speak_of_the_same_entries(sealed: EventId) -> None:
    size, _ = head()
    index, width = divmod(size, 256)
    tile, bundle = queries.tile(0, index, width), queries.entries(index, width)
    assert tile is not None
    assert bundle is not None
    assert tile == b"".join(map(leaf_hash, unpack_entries(bundle, width)))


def test_a_tile_above_holds_the_roots_of_the_full_tiles_below(heard: Heard) -> None:
    for _ in range(300):
        a_waiting_leaf()
    seal_all()
    below, above = queries.tile(0, 0, 256), queries.tile(1, 0, 1)
    assert below is not None
    assert above == root_of(below)


def test_narrower_tiles_of_older_heads_are_still_there(sealed: EventId) -> None:
    index, width = divmod(head()[0], 256)
    assert all(queries.tile(0, index, narrower) for narrower in range(1, width + 1))
    assert all(queries.entries(index, narrower) for narrower in range(1, width + 1))


def test_beyond_the_head_there_is_nothing(sealed: EventId) -> None:
    index, width = divmod(head()[0], 256)
    assert queries.tile(0, index, width + 1) is None
    assert queries.entries(index, width + 1) is None
    assert queries.tile(9, 0, 1) is None


def test_a_receipt_is_of_this_ledger(sealed: EventId) -> None:
    keys = [Verifier.parse(line) for line in queries.keys().splitlines()]
    said = commitment(b"salt", b"body")
    text = commands.receipt("C-1", secrets.token_hex(16), NOON, QueueId("item.body"), said)
    receipt, proof = open_receipt(text.encode(), keys[1:])
    assert (receipt.case, receipt.commitment, proof) == ("C-1", said, None)
    assert receipt.time == "2026-11-21T04:00:00Z"
    assert keys[1].name == f"{keys[0].name}/receipt"


def test_the_lag_is_none_where_nothing_waits_and_else_counts_from_the_last_sealing(heard: Heard) -> None:
    a_waiting_leaf()
    seal_all()
    assert queries.lag(NOON + timedelta(hours=1)) == queries.Lag(0, NOON, timedelta())
    a_waiting_leaf()
    assert queries.lag(NOON + timedelta(seconds=3)) == queries.Lag(1, NOON, timedelta(seconds=3))


def a_case() -> CaseId:
    return CaseId(2**61 + secrets.randbelow(2**60))


@pytest.mark.django_db
def test_a_look_is_told_with_who_why_and_at_what() -> None:
    case = a_case()
    for purpose, what in ((Purpose.HANDLING, "content"), (Purpose.APPROVAL, "file")):
        commands.record_look(Looked(case, PersonKey(b"\x05" * 32), OFFICER, purpose, what), NOON)
    first, second = queries.looks_at(case)
    assert first == queries.LookRow(first.id, NOON, OFFICER.id, OFFICER.body, Purpose.HANDLING, "content")
    assert second == queries.LookRow(second.id, NOON, OFFICER.id, OFFICER.body, Purpose.APPROVAL, "file")
    assert queries.look(second.id, case) == second
    assert queries.look(second.id, CaseId(case + 1)) is None


@pytest.mark.django_db
def test_the_looks_at_a_person_are_told_across_cases_the_latest_first() -> None:
    one, other, person = a_case(), a_case(), PersonKey(secrets.token_bytes(32))
    for case, whose in ((one, person), (other, person), (one, PersonKey(b"\x06" * 32))):
        commands.record_look(Looked(case, whose, OFFICER, Purpose.HANDLING, "content"), NOON)
    found = queries.looks_of([person], limit=10)
    assert [case for _, case in found] == [other, one]
    assert [case for _, case in queries.looks_of([person], before=found[0][0].id, limit=10)] == [one]


ONE_STATEMENT: list[Callable[[EventId], object]] = [
    lambda event: queries.checkpoint(),
    lambda event: queries.tile(0, 0, 1),
    lambda event: queries.tile(1, 0, 1),
    lambda event: queries.entries(0, 1),
    lambda event: queries.index_of(event),
    lambda event: queries.standing(),
    lambda event: queries.lag(NOON),
    lambda event: queries.looks_at(a_case()),
    lambda event: commands.record_look(
        Looked(a_case(), PersonKey(b"\x05" * 32), OFFICER, Purpose.HANDLING, "content"), NOON
    ),
]


@pytest.mark.parametrize("ask", ONE_STATEMENT)
def test_a_question_costs_one_statement(
    ask: Callable[[EventId], object], sealed: EventId, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        ask(sealed)


def test_keys_cost_no_statement(
    transactional_db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert len(queries.keys().splitlines()) == 2


def test_a_proof_costs_one_statement_and_two_a_level_at_most(
    sealed: EventId, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    levels = (head()[0].bit_length() + 7) // 8
    with django_assert_max_num_queries(1 + 2 * levels):
        queries.proof_of(sealed)
