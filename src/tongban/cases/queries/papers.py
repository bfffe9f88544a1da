"""What an applicant may hold: the receipt with its proof, and the files handed in."""

from dataclasses import dataclass
from uuid import UUID

import orjson

from tongban.cases.models.stored import aad_of, key_of
from tongban.cases.queries.view import CaseView
from tongban.cases.rules.acting import unknown
from tongban.kernel.ids import EventId, FileId
from tongban.kernel.keys import Unreadable, open_
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.papers import api as papers


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """The receipt as signed at submission, and the proof of its leaf once that is sealed."""

    receipt: str
    proof: str | None

    @property
    def text(self) -> str:
        """The file to keep: the signed note, then, behind a blank line, the proof."""
        return self.receipt if self.proof is None else f"{self.receipt}\n{self.proof}"


@dataclass(frozen=True, slots=True)
class File:
    """A file opened for someone who may read it."""

    name: str
    type: str
    content: bytes


def receipt_of(view: CaseView) -> ReceiptFile:
    """The receipt of a case the viewer may see; three statements once its arrival is sealed."""
    rows = run("select receipt from cases_submission where case_id = $1::bigint", (view.state.head.id,))
    if not rows:
        raise unknown(view.state.head.number)
    return ReceiptFile(rows[0][0], ledger.proof_of(EventId(view.story[0].id)))


def file_of(view: CaseView, material: int) -> File:
    """One file of a case whose content the viewer may read. Two statements."""
    rows = run(
        "select m.file, m.sealed, k.wrapped from cases_material m join cases_key k on k.case_id = m.case_id"
        " where m.case_id = $1::bigint and m.id = $2::bigint",
        (view.state.head.id, material),
    )
    if not rows or view.purpose is None:
        raise _no_file()
    file, sealed, wrapped = rows[0]
    key = key_of(view.state.head.id, wrapped)
    if key is None:
        raise _no_file()
    return _opened(view, file, key, bytes(sealed))


def _opened(view: CaseView, file: UUID, key: bytes, sealed: bytes) -> File:
    known = orjson.loads(open_(key, sealed, aad_of(view.state, f"file:{file}")))
    content = papers.content(FileId(file), bytes.fromhex(known["key"]))
    if content is None:
        raise Unreadable(str(file))
    return File(known["name"], known["kind"], content)


def _no_file() -> Refusal:
    return Refusal(
        "cases.file.unknown",
        says="没有这份材料，或者您不能查看它。",
        do="请回到办件页面，从材料列表里打开。",
        status=404,
    )
