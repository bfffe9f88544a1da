"""Events of a certificate on their way into the database, each with its leaf for the public log."""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import orjson

from tongban.certificates.events import Event
from tongban.certificates.models import aad_of
from tongban.certificates.rules.evolve import evolve
from tongban.certificates.rules.state import CertificateState
from tongban.kernel.events import body_of
from tongban.kernel.ids import QueueId
from tongban.kernel.keys import salt, seal
from tongban.ledger import api as ledger

HERE: Final = "tongban.certificates"
QUEUE: Final = QueueId("certificates")
"""All of them in one: a leaf tells neither which office issued nor what kind."""


@dataclass(slots=True)
class Writing:
    """`record` folds an event and makes its stored body and its leaf; `as_json` is what a statement takes."""

    state: CertificateState
    key: bytes
    events: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)

    @property
    def seq(self) -> int:
        """The place of the next event."""
        return self.state.version + 1

    def record(self, event: Event) -> None:
        """Fold the event. Its leaf has a tag of its own, so that nothing links it to any other."""
        body, tag = body_of(event, self.state.head.number, self.seq), secrets.token_hex(16)
        commitment = ledger.commitment(salt(self.key, self.seq, b"leaf"), body.encode())
        self.events.append(
            {
                "seq": self.seq,
                "kind": event.kind,
                "version": event.version,
                "at": event.at,
                "tag": tag,
                "body": body,
                "queue": QUEUE,
                "leaf": ledger.LeafKind.OTHER,
                "told": f"certificates.{event.kind}",
                "entry": ledger.entry(ledger.LeafKind.OTHER, QUEUE, event.at, tag, commitment),
            }
        )
        self.state = evolve(self.state, event)

    def seal_reason(self, text: str) -> str:
        """Seal a reason for the next event; its salted digest stands in the event."""
        sealed = seal(self.key, text.encode(), aad_of(self.state.head.id, f"reason:{self.seq}"))
        self.reasons.append({"seq": self.seq, "sealed": in_hex(sealed)})
        return self.digest("reason", text.encode())

    def digest(self, what: str, content: bytes) -> str:
        """A digest salted with a secret that dies with the certificate's key."""
        return sha256(salt(self.key, self.seq, f"digest {what}".encode()) + content).hexdigest()

    def as_json(self, **row: Any) -> str:
        """The whole document; `row` adds the columns that only a new certificate has."""
        state, asked = self.state, self.state.asked
        folded = {
            "version": state.version,
            "status": state.status,
            "issued_on": state.issued_on,
            "valid_until": state.valid_until,
            "endorsed_until": state.endorsed_until,
            "asked_by": asked and asked.by,
            "asked_ground": asked and asked.ground,
            "asked_seq": asked and asked.seq,
        }
        document = {"row": folded | row, "events": self.events, "reasons": self.reasons}
        return orjson.dumps(document).decode()


def in_hex(data: bytes) -> str:
    """Bytes as PostgreSQL reads them from JSON."""
    return "\\x" + data.hex()
