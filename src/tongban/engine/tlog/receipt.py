"""The receipt: a signed note in the applicant's hand that names the arrival it stands for.

Given out after sealing, the file goes on with a blank line and the tlog-proof of the arrival leaf.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from tongban.engine.tlog.leaf import Kind, Leaf
from tongban.engine.tlog.notes import NoteError, Signer, Verifier, open_note, sign_note
from tongban.engine.tlog.prooffile import PROOF_HEADER, ProofFile, ProofFileError
from tongban.engine.tlog.spelling import to_base64

_PROOF_MARK = f"\n\n{PROOF_HEADER}\n".encode()

_TEXT = re.compile(
    r"(?P<origin>\S+)/receipt\n"
    r"case (?P<case>[!-~]{1,64})\n"
    r"tag (?P<tag>[0-9a-f]{32})\n"
    r"time (?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
    r"queue (?P<queue>[!#-\[\]-~]{1,128})\n"
    r"commitment (?P<commitment>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)\n"
)


NO_QUEUE: Final = "none"
"""The queue in the receipt of a case that a rule decides: it is promised no place."""


class ReceiptError(Exception):
    """The file is not a receipt, or the receipt key does not vouch for it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A case of this number arrived then, in this queue or in none; `tag` is what its leaves call it.

    `time` is RFC 3339 UTC to the second, like 2026-11-21T02:05:09Z; `commitment` is the arrival leaf's.
    """

    origin: str
    case: str
    tag: str
    time: str
    queue: str
    commitment: str

    def text(self) -> str:
        """The note text; ReceiptError when a value cannot stand in one."""
        text = (
            f"{self.origin}/receipt\ncase {self.case}\ntag {self.tag}\ntime {self.time}\n"
            f"queue {self.queue}\ncommitment {self.commitment}\n"
        )
        if not _TEXT.fullmatch(text):
            raise ReceiptError(f"no receipt can say {self!r}")
        return text

    def sign(self, signer: Signer) -> bytes:
        """The receipt as a note under the receipt key."""
        return sign_note(self.text(), signer)

    @property
    def kind(self) -> Kind:
        """Of what kind the leaf is that bears the receipt out."""
        return Kind.OTHER if self.queue == NO_QUEUE else Kind.ARRIVED

    @property
    def minute(self) -> str:
        """The minute the arrival leaf must name."""
        return f"{self.time[:16]}Z"

    def faults_of(self, leaf: Leaf) -> list[str]:
        """In what this leaf differs from the one that the receipt promises; empty when in nothing."""
        queue = leaf.queue if self.queue == NO_QUEUE else self.queue
        promised = Leaf(self.kind, queue, self.minute, self.tag, self.commitment)
        named = ("kind", "queue", "minute", "case", "commitment")
        return [
            f"its {name} is {getattr(leaf, name)}, the receipt says {getattr(promised, name)}"
            for name in named
            if getattr(leaf, name) != getattr(promised, name)
        ]


def commitment_of(salt: bytes, body: bytes) -> str:
    """What a leaf and a receipt say of a sealed body: base64 of SHA-256(salt || body)."""
    return to_base64(sha256(salt + body).digest())


def open_receipt(data: bytes, verifiers: Iterable[Verifier]) -> tuple[Receipt, ProofFile | None]:
    """The receipt in a file and, where it goes on with one, the tlog-proof (not yet verified).

    ReceiptError when the file is malformed, not signed by one of these keys, or signed by a key of
    another name than the receipt's first line.
    """
    note, mark, rest = data.partition(_PROOF_MARK)
    try:
        opened = open_note(note + b"\n" if mark else note, verifiers)
        proof = ProofFile.parse(mark[2:] + rest) if mark else None
    except (NoteError, ProofFileError) as error:
        raise ReceiptError(str(error)) from error
    said = _TEXT.fullmatch(opened.text)
    if said is None:
        raise ReceiptError("the signed text is not a receipt")
    receipt = Receipt(**said.groupdict())
    if not any(verifier.name == f"{receipt.origin}/receipt" for verifier in opened.vouched):
        raise ReceiptError(f"the receipt is of {receipt.origin}, the key is not")
    return receipt, proof
