"""The check of receipts: signed by the receipt key, and their arrival is in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tongban.cli.ledger.audit import Audit
from tongban.cli.ledger.errors import CannotCheck, Fault
from tongban.cli.ledger.report import Report
from tongban.engine.tlog import (
    TILE_WIDTH,
    Checkpoint,
    CheckpointError,
    Leaf,
    LeafError,
    ProofError,
    ProofFile,
    Receipt,
    ReceiptError,
    Verifier,
    leaf_hash,
    open_checkpoint,
    open_receipt,
    width_of,
)


@dataclass(slots=True)
class HeldReceipt:
    """A receipt whose signature is good, and the arrivals of its case found in the log."""

    path: Path
    receipt: Receipt
    proof: ProofFile | None
    arrivals: list[tuple[int, Leaf]] = field(default_factory=list)

    def look_at(self, index: int, entry: bytes) -> None:
        """Keep the entry if it may be the one that the receipt of its case promises."""
        if self.receipt.tag.encode() not in entry:
            return
        try:
            leaf = Leaf.parse(entry)
        except LeafError:
            return
        if leaf.case == self.receipt.tag and leaf.kind == self.receipt.kind:
            self.arrivals.append((index, leaf))


def read_receipts(
    files: Mapping[Path, bytes], keys: tuple[Verifier, ...], report: Report
) -> list[HeldReceipt]:
    """The receipts whose signature is good; a fault in the report for each of the others."""
    if files and not keys:
        raise CannotCheck("no receipt key is known; give it with --key too")
    good = []
    for path, data in files.items():
        try:
            receipt, proof = open_receipt(data, keys)
        except ReceiptError as error:
            report.tell_receipt(path, None, None, [str(error)])
        else:
            good.append(HeldReceipt(path, receipt, proof))
    return good


def check_receipts(receipts: list[HeldReceipt], audit: Audit, report: Report) -> None:
    """Report of each receipt where its arrival is in the log, or what is wrong. The log is good already."""
    for held in receipts:
        try:
            if held.proof:
                held.arrivals.append(_proven(held.proof, audit))
            index, faults = _matched(held)
        except Fault as fault:
            report.tell_receipt(held.path, held.receipt.case, None, [str(fault)], fault.evidence)
        else:
            report.tell_receipt(held.path, held.receipt.case, index, faults)


def _matched(held: HeldReceipt) -> tuple[int, list[str]]:
    """The index of the arrival that the receipt promises, or of one like it and how that differs."""
    if not held.arrivals:
        raise Fault("no arrival with its tag is in the log")
    judged = [(index, held.receipt.faults_of(leaf)) for index, leaf in held.arrivals]
    return min(judged, key=lambda one: len(one[1]))


def _proven(proof: ProofFile, audit: Audit) -> tuple[int, Leaf]:
    """The leaf that the receipt's own proof shows to be in a log of which this one is the continuation."""
    earlier = _checkpoint_of(proof, audit)
    audit.must_continue(earlier, proof.checkpoint)
    if proof.index >= earlier.size:
        raise Fault(f"its proof names entry {proof.index} of a log of {earlier.size}")
    bundle, nth = divmod(proof.index, TILE_WIDTH)
    entry = audit.source.bundle(bundle, width_of(0, bundle, audit.checkpoint.size))[nth]
    try:
        proof.verify(leaf_hash(entry), audit.keys.origin, audit.keys.log)
        return proof.index, Leaf.parse(entry)
    except ProofError as error:
        raise Fault(f"its proof does not show entry {proof.index} of the log: {error}") from error
    except LeafError as error:
        raise Fault(f"entry {proof.index}: {error}") from error


def _checkpoint_of(proof: ProofFile, audit: Audit) -> Checkpoint:
    try:
        return open_checkpoint(proof.checkpoint, audit.keys.origin, audit.keys.log)
    except CheckpointError as error:
        raise Fault(f"the checkpoint in its proof: {error}") from error
