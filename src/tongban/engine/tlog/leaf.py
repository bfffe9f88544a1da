"""The leaf: what the public log says in clear about one act on one case (docs/ledger-format.md)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class LeafError(Exception):
    """The bytes are not a leaf, or the values cannot stand in one."""


class Kind(StrEnum):
    """What an act does to the line of those who wait; LEFT and OTHER hide which act it was."""

    ARRIVED = "arrived"
    TAKEN = "taken"
    RELEASED = "released"
    SET_ASIDE = "set-aside"
    BACK = "back"
    LEFT = "left"
    OTHER = "other"


# One spelling only: keys in this order, no spaces, no other keys, nothing escaped, canonical base64.
_LEAF = re.compile(
    r'\{"v":1,"kind":"([a-z-]{1,32})","queue":"([!#-\[\]-~]{1,128})"'
    r',"minute":"([0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]Z)"'
    r',"case":"([0-9a-f]{32})"(?:,"reason":"([a-z-]{1,32})")?'
    r',"commitment":"([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"\}'
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry of the public log.

    `kind` is a value of Kind, or a word a later version may add. `queue` is printable ASCII without
    space, quote and backslash; `minute` is like 2026-11-21T02:05Z; `case` is the random tag, 32 hex
    digits; `commitment` is base64 of SHA-256(salt || body); `reason` stands only in an overtaking.
    """

    kind: str
    queue: str
    minute: str
    case: str
    commitment: str
    reason: str | None = None

    def encode(self) -> bytes:
        """The bytes of the log entry; LeafError when a value cannot stand in a leaf."""
        reason = "" if self.reason is None else f'"reason":"{self.reason}",'
        entry = (
            f'{{"v":1,"kind":"{self.kind}","queue":"{self.queue}","minute":"{self.minute}",'
            f'"case":"{self.case}",{reason}"commitment":"{self.commitment}"}}'
        )
        if not _LEAF.fullmatch(entry):
            raise LeafError(f"no leaf can say {self!r}")
        return entry.encode()

    @classmethod
    def parse(cls, entry: bytes) -> "Leaf":
        """The leaf in a log entry; LeafError unless it is spelled exactly as `encode` spells it."""
        # Latin-1 takes every byte, so that nothing but the pattern decides.
        spelled = _LEAF.fullmatch(entry.decode("latin-1"))
        if spelled is None:
            raise LeafError("the entry is not a leaf of version 1")
        kind, queue, minute, case, reason, commitment = spelled.groups()
        return cls(kind, queue, minute, case, commitment, reason)
