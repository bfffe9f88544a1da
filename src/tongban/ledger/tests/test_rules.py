"""What a leaf and a receipt say, and that what is stored of the tree is enough for every tile and proof."""

import json
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.tlog import LeafError, ProofFile, Receipt, Signer, Tree, leaf_hash, open_receipt
from tongban.kernel.ids import QueueId
from tongban.ledger import rules
from tongban.ledger.rules import LeafKind, LedgerDamagedError

QUEUE = QueueId("440709003000.11510104MB0000001X")
TAG = "0123456789abcdef" * 2
AT = datetime(2026, 11, 21, 10, 5, 9, tzinfo=timezone(timedelta(hours=8)))
COMMITMENT = rules.commitment(b"salt", b"body")
SIGNER = Signer("log.example/ledger", b"\x07" * 32)


def test_a_leaf_says_six_words_in_their_order_and_nothing_else() -> None:
    assert rules.entry(LeafKind.TAKEN, QUEUE, AT, TAG, COMMITMENT, "emergency") == (
        '{"v":1,"kind":"taken","queue":"440709003000.11510104MB0000001X","minute":"2026-11-21T02:05Z",'
        f'"case":"{TAG}","reason":"emergency","commitment":"{COMMITMENT}"}}'
    )


def test_a_leaf_without_a_reason_does_not_name_one() -> None:
    said = json.loads(rules.entry(LeafKind.ARRIVED, QUEUE, AT, TAG, COMMITMENT))
    assert list(said) == ["v", "kind", "queue", "minute", "case", "commitment"]


def test_a_leaf_cannot_be_made_to_say_more_than_it_may() -> None:
    with pytest.raises(LeafError):
        rules.entry(LeafKind.ARRIVED, QueueId('q","name":"张三'), AT, TAG, COMMITMENT)


@given(st.integers(0, 4_000_000_000), st.integers(-12, 12))
def test_the_minute_is_the_same_whatever_the_zone_it_was_told_in(moment: int, hours: int) -> None:
    at = datetime.fromtimestamp(moment, UTC)
    there = at.astimezone(timezone(timedelta(hours=hours)))
    assert rules.to_minute(there) == rules.to_minute(at) == f"{at:%Y-%m-%dT%H:%M}Z"
    assert rules.to_second(there) == f"{at:%Y-%m-%dT%H:%M:%S}Z"


def test_a_receipt_is_read_back_by_the_receipt_key_alone() -> None:
    both = rules.signers("log.example/ledger", b"\x01" * 32, b"\x02" * 32)
    promised = Receipt("log.example/ledger", "20261121-000001-7", TAG, rules.to_second(AT), QUEUE, COMMITMENT)
    text = rules.promise(both.receipt, promised)
    assert open_receipt(text.encode(), [both.receipt.verifier]) == (promised, None)
    assert both.log.verifier.public_key != both.receipt.verifier.public_key
    assert both.receipt.verifier.name == "log.example/ledger/receipt"


class Stored:
    """What the database keeps of a log: its entries, and the roots of complete subtrees."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.roots: dict[tuple[int, int], bytes] = {}
        self.tree = Tree()

    def append(self, count: int) -> None:
        added = [str(len(self.entries) + nth) for nth in range(count)]
        self.tree, completed = rules.grown(self.tree, added)
        self.entries += added
        for subtree in completed:
            assert (subtree.level, subtree.index) not in self.roots
            self.roots[subtree.level, subtree.index] = subtree.root

    def hashes(self, level: int, index: int, width: int) -> bytes:
        places = range(index * 256, index * 256 + width)
        if level == 0:
            return b"".join(leaf_hash(self.entries[place].encode()) for place in places)
        return b"".join(self.roots[level, place] for place in places)


def a_log(*batches: int) -> Stored:
    stored = Stored()
    for batch in batches:
        stored.append(batch)
    return stored


@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_log_grown_by_any_batches_can_be_restored_from_what_was_stored(batches: list[int]) -> None:
    stored = a_log(*batches)
    head = rules.signed_head(stored.tree, SIGNER)
    tree = rules.restored(len(stored.entries), stored.hashes, head, SIGNER)
    assert (tree.size, tree.root()) == (stored.tree.size, stored.tree.root())
    assert a_log(sum(batches)).roots == stored.roots


def test_growing_leaves_the_tree_it_grew_from_as_it_was() -> None:
    stored = a_log(300)
    before = stored.tree.root()
    rules.grown(stored.tree, ["more"])
    assert stored.tree.root() == before


@cache
def a_log_of_three_levels() -> Stored:
    return a_log(65_000, 1_500)


def test_subtrees_of_every_level_are_stored_once_each() -> None:
    stored = a_log_of_three_levels()
    assert sorted({level for level, _ in stored.roots}) == [1, 2]
    assert [sum(place[0] == level for place in stored.roots) for level in (1, 2)] == [66_500 // 256, 1]


@pytest.mark.parametrize("index", [0, 255, 256, 65_535, 65_536, 66_499])
def test_a_proof_from_stored_hashes_leads_to_the_signed_head(index: int) -> None:
    stored = a_log_of_three_levels()
    head = rules.signed_head(stored.tree, SIGNER)
    text = rules.proof_text(index, stored.tree.size, stored.hashes, head)
    proved = ProofFile.parse(text.encode()).verify(
        leaf_hash(str(index).encode()), SIGNER.name, [SIGNER.verifier]
    )
    assert proved.size == 66_500


def test_a_stored_leaf_that_was_changed_is_noticed() -> None:
    stored = a_log(300)
    head = rules.signed_head(stored.tree, SIGNER)
    stored.entries[299] = "another"
    with pytest.raises(LedgerDamagedError, match="do not lead to the signed root"):
        rules.restored(300, stored.hashes, head, SIGNER)


def test_a_head_of_another_size_is_noticed() -> None:
    stored = a_log(300)
    head = rules.signed_head(a_log(200).tree, SIGNER)
    with pytest.raises(LedgerDamagedError, match="do not lead"):
        rules.restored(300, stored.hashes, head, SIGNER)
