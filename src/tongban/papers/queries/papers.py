"""A paper as it was signed, for whoever holds its case's key; and what anyone is told who checks one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from tongban.kernel.ids import BodyCode, CaseId
from tongban.kernel.sql import run
from tongban.papers.models import kept
from tongban.papers.rules import plain_code, spoken


class Verdict(StrEnum):
    """What a check comes to."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Found:
    """What anyone may know of a paper: nothing of the person it was given to."""

    code: str
    title: str
    number: str
    issuer: str
    on: date
    sample: bool
    withdrawn_at: datetime | None

    @property
    def verdict(self) -> Verdict:
        """Whether it still holds."""
        return Verdict.WITHDRAWN if self.withdrawn_at else Verdict.STANDS


_COLUMNS: Final = "code, title, number, issuer, issued_on, sample, withdrawn_at"


def read(owner: CaseId, seq: int, key: bytes) -> bytes | None:
    """The signed PDF of the paper of an event; None where none was made. One statement. Unreadable."""
    return kept(owner, seq, key)


def find(written: str) -> Found | None:
    """The paper of a code, however it was typed; None if we gave out none such. At most one statement."""
    code = plain_code(written)
    return _found("code = $1::text", code) if code else None


def check(pdf: bytes) -> tuple[Verdict, Found | None]:
    """What a file is: byte for byte a paper of ours, one of ours that was changed, or not ours.

    One statement for a paper of ours, two for any other.
    """
    found = _found("digest = $1::bytea", sha256(pdf).digest())
    if found:
        return found.verdict, found
    authority = _authority()
    # Only what names our authority is worth the parsing of a stranger's file.
    if authority is None or authority.hex().encode() not in pdf.lower():
        return Verdict.NOT_OURS, None
    # Loads for a third of a second, once; most commands check no paper.
    from tongban.papers.signing import signature_of

    signature = signature_of(pdf, authority)
    return (Verdict.CHANGED if signature and signature.ours else Verdict.NOT_OURS), None


def _found(where: str, value: object) -> Found | None:
    rows: list[tuple[Any, ...]] = run(f"select {_COLUMNS} from papers_paper where {where}", (value,))
    if not rows:
        return None
    code, *rest = rows[0]
    return Found(spoken(code), *rest)


def seals_of(body: BodyCode) -> list[tuple[str, datetime]]:
    """The names under which a body seals papers, each with since when by the key of now. One statement."""
    if not body:
        return []
    # Loads the parser of certificates, which most commands never need.
    from tongban.papers.authority import since_of

    rows = run("select name, certificate from papers_seal where body = $1::text order by name", (body,))
    return [(name, since_of(bytes(certificate))) for name, certificate in rows]


def _authority() -> bytes | None:
    rows = run("select certificate from papers_seal where body = ''")
    return bytes(rows[0][0]) if rows else None
