"""Leaves and receipts have one spelling, and a receipt is for one arrival."""

import json
from dataclasses import replace

import pytest

from tongban.engine.tlog import (
    NO_QUEUE,
    Kind,
    Leaf,
    LeafError,
    ProofFile,
    Receipt,
    ReceiptError,
    Signer,
    commitment_of,
    open_receipt,
)

COMMITMENT = commitment_of(bytes(32), b'{"no":1}')
LEAF = Leaf(
    Kind.ARRIVED,
    "440709003000.11510104MB0000001X",
    "2026-11-21T02:05Z",
    "0123456789abcdef0123456789abcdef",
    COMMITMENT,
)
RECEIPT = Receipt(
    "tongban.example/ledger", "5101-26-1", LEAF.case, "2026-11-21T02:05:09Z", LEAF.queue, COMMITMENT
)
KEY = Signer("tongban.example/ledger/receipt", bytes(32))


def test_a_leaf_is_json_without_spaces_in_the_order_of_the_format() -> None:
    taken = replace(LEAF, kind=Kind.TAKEN, reason="emergency")
    assert LEAF.encode() == (
        b'{"v":1,"kind":"arrived","queue":"440709003000.11510104MB0000001X","minute":"2026-11-21T02:05Z",'
        b'"case":"0123456789abcdef0123456789abcdef","commitment":"' + COMMITMENT.encode() + b'"}'
    )
    assert list(json.loads(taken.encode())) == [
        "v",
        "kind",
        "queue",
        "minute",
        "case",
        "reason",
        "commitment",
    ]


@pytest.mark.parametrize("reason", [None, "emergency"])
@pytest.mark.parametrize("kind", [*Kind, "new-kind"])
def test_a_leaf_is_read_back(kind: str, reason: str | None) -> None:
    leaf = replace(LEAF, kind=kind, reason=reason)
    assert Leaf.parse(leaf.encode()) == leaf


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Taken"},
        {"kind": ""},
        {"queue": ""},
        {"queue": "a b"},
        {"queue": 'a"b'},
        {"queue": "a\\b"},
        {"queue": "队"},
        {"queue": "q" * 129},
        {"minute": "2026-11-21T02:05:00Z"},
        {"minute": "2026-13-21T02:05Z"},
        {"minute": "2026-11-21T24:05Z"},
        {"minute": "2026-11-21T02:05+08:00"},
        {"case": "0123"},
        {"case": LEAF.case.upper()},
        {"reason": ""},
        {"reason": "two words"},
        {"commitment": "AAAA"},
        {"commitment": COMMITMENT[:-2] + "B="},
    ],
)
def test_what_no_leaf_can_say_is_not_written(change: dict[str, str]) -> None:
    with pytest.raises(LeafError):
        replace(LEAF, **change).encode()


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"{}",
        b" " + LEAF.encode(),
        LEAF.encode() + b"\n",
        LEAF.encode().replace(b":", b": "),
        LEAF.encode().replace(b'"v":1', b'"v":2'),
        LEAF.encode().replace(b"}", b',"extra":1}'),
        LEAF.encode().replace(b"11510104", b"\xb21510104"),
        json.dumps(json.loads(LEAF.encode()), sort_keys=True, separators=(",", ":")).encode(),
    ],
)
def test_another_spelling_is_no_leaf(entry: bytes) -> None:
    with pytest.raises(LeafError):
        Leaf.parse(entry)


def test_a_receipt_says_line_by_line_what_was_promised() -> None:
    assert RECEIPT.text().split("\n") == [
        "tongban.example/ledger/receipt",
        "case 5101-26-1",
        f"tag {LEAF.case}",
        "time 2026-11-21T02:05:09Z",
        f"queue {LEAF.queue}",
        f"commitment {COMMITMENT}",
        "",
    ]


def test_a_receipt_is_read_back_alone_and_with_its_proof() -> None:
    note = RECEIPT.sign(KEY)
    proof = ProofFile(3, (bytes(32),), b"origin\n4\nroot\n\nsignature\n")
    assert open_receipt(note, [KEY.verifier]) == (RECEIPT, None)
    assert open_receipt(note + b"\n" + proof.encode(), [KEY.verifier]) == (RECEIPT, proof)


def test_a_receipt_of_another_key_or_changed_is_refused() -> None:
    with pytest.raises(ReceiptError, match="no known key"):
        open_receipt(RECEIPT.sign(KEY), [Signer(KEY.name, bytes([1] * 32)).verifier])
    with pytest.raises(ReceiptError, match="is wrong"):
        open_receipt(RECEIPT.sign(KEY).replace(b"02:05:09", b"02:04:09"), [KEY.verifier])
    other = Signer("other.example/receipt", bytes(32))
    with pytest.raises(ReceiptError, match="the key is not"):
        open_receipt(RECEIPT.sign(other), [other.verifier])


def test_another_signed_text_or_a_broken_proof_is_refused() -> None:
    log_note = KEY.signature_line("hello\n")
    with pytest.raises(ReceiptError, match="not a receipt"):
        open_receipt(f"hello\n\n{log_note}".encode(), [KEY.verifier])
    with pytest.raises(ReceiptError, match="no checkpoint"):
        open_receipt(RECEIPT.sign(KEY) + b"\nc2sp.org/tlog-proof@v1\nindex 0\n", [KEY.verifier])


@pytest.mark.parametrize(
    "change", [{"time": "2026-11-21 02:05:09"}, {"tag": "x"}, {"case": "a b"}, {"origin": ""}]
)
def test_what_no_receipt_can_say_is_not_signed(change: dict[str, str]) -> None:
    with pytest.raises(ReceiptError):
        replace(RECEIPT, **change).sign(KEY)


def test_a_receipt_stands_for_the_leaf_that_agrees_in_everything() -> None:
    assert RECEIPT.faults_of(LEAF) == []
    assert RECEIPT.faults_of(replace(LEAF, minute="2026-11-21T02:06Z")) == [
        "its minute is 2026-11-21T02:06Z, the receipt says 2026-11-21T02:05Z"
    ]
    assert len(RECEIPT.faults_of(replace(LEAF, queue="other", commitment=commitment_of(b"", b"")))) == 2


def test_a_receipt_without_a_queue_stands_for_a_leaf_that_is_no_arrival() -> None:
    receipt = replace(RECEIPT, queue=NO_QUEUE)
    assert receipt.faults_of(replace(LEAF, kind=Kind.OTHER)) == []
    assert receipt.faults_of(LEAF) == ["its kind is arrived, the receipt says other"]
    assert RECEIPT.faults_of(replace(LEAF, kind=Kind.OTHER)) == [
        "its kind is other, the receipt says arrived"
    ]
