"""`tongban ledger verify --receipt`: a receipt is borne out by the log, or unmasks it."""

from pathlib import Path

import pytest

from tongban.cli.tests.served_log import (
    CANNOT_CHECK,
    FAULT,
    GOOD,
    LEAVES,
    LOG_KEY,
    RECEIPT_KEY,
    City,
    fault_in,
    leaf,
    log_of,
    receipt_of,
    serving,
)
from tongban.engine.tlog import Signer


def test_a_receipt_is_found_alone_and_with_its_proof(city: City) -> None:
    note = receipt_of(300).sign(RECEIPT_KEY)
    proof = city.log.proof_of(300)
    city.log.add(*(leaf("taken", case) for case in range(50)))
    city.verify()
    alone, proven = city.receipt("alone", note), city.receipt("proven", note + b"\n" + proof)
    code, said = city.verify("--receipt", alone, "--receipt", proven)
    assert code == GOOD
    assert f"receipt {alone}: case no-300 arrived at index 300" in said
    assert f"receipt {proven}: case no-300 arrived at index 300" in said


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (receipt_of(9999).sign(RECEIPT_KEY), "no arrival with its tag is in the log"),
        (receipt_of(3).sign(Signer(RECEIPT_KEY.name, b"x" * 32)), "no known key signed this note"),
        (receipt_of(3).sign(RECEIPT_KEY).replace(b"no-3", b"no-4"), "is wrong"),
        (receipt_of(3, queue="r").sign(RECEIPT_KEY), "its queue is q, the receipt says r"),
        (receipt_of(3, time="2026-11-21T02:06:00Z").sign(RECEIPT_KEY), "the receipt says 2026-11-21T02:06Z"),
        (b"not a receipt", "the note has no signature lines"),
    ],
)
def test_a_receipt_that_the_log_does_not_bear_out_is_caught(city: City, data: bytes, fault: str) -> None:
    path = city.receipt("receipt", data)
    code, said = city.verify("--receipt", path)
    assert code == FAULT
    assert fault_in(said).startswith(f"receipt {path}: ")
    assert fault in fault_in(said)


def test_a_taking_is_no_arrival(city: City) -> None:
    city.log.add(leaf("taken", 9999))
    path = city.receipt("receipt", receipt_of(9999).sign(RECEIPT_KEY))
    assert fault_in(city.verify("--receipt", path)[1]).endswith(": no arrival with its tag is in the log")


def test_a_proof_of_another_entry_is_caught(city: City) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + city.log.proof_of(4))
    code, said = city.verify("--receipt", path)
    assert (code, "its case is" in said) == (FAULT, True)


def test_a_proof_that_does_not_hold_is_caught(city: City) -> None:
    wrong = city.log.proof_of(4).replace(b"index 4", b"index 3")
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + wrong)
    code, said = city.verify("--receipt", path)
    assert (code, "its proof does not show entry 3" in fault_in(said)) == (FAULT, True)


@pytest.mark.parametrize(
    ("entries", "fault"), [(LEAVES[:600], "the log shrank"), ([*LEAVES[1:], *LEAVES], "forked")]
)
def test_a_receipt_unmasks_a_log_that_was_rewritten(
    city: City, tmp_path: Path, entries: list[bytes], fault: str
) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY) + b"\n" + city.log.proof_of(3))
    rewritten = log_of(tmp_path / "rewritten", entries)
    with serving(rewritten.root) as city.url:
        code, said = city.verify("--receipt", path)
    assert (code, fault in fault_in(said)) == (FAULT, True)
    assert city.log.path("checkpoint").read_text() in said


def test_a_receipt_needs_a_receipt_key(city: City) -> None:
    path = city.receipt("receipt", receipt_of(3).sign(RECEIPT_KEY))
    code, said = city.verify("--key", str(LOG_KEY.verifier), "--receipt", path)
    assert (code, said) == (CANNOT_CHECK, "cannot check: no receipt key is known; give it with --key too\n")
