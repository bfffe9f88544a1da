"""What an applicant may hold: the receipt with its proof, the papers of the case, and the files handed in."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from tongban.cases.models.stored import aad_of, key_of
from tongban.cases.queries.content import names_of
from tongban.cases.queries.view import CaseView, Told, body_at
from tongban.cases.rules.acting import unknown
from tongban.cases.rules.notices import Matter, Said, sheet_of, title_of, undone_at
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.ids import EventId, FileId
from tongban.kernel.keys import Unreadable, open_
from tongban.kernel.refusal import Refusal
from tongban.kernel.sheet import Issuer, Sheet
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


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper that the case gives: by the place of its act in the story. `withdrawn`: the act was undone."""

    seq: int
    title: str
    at: datetime
    withdrawn: bool


def receipt_of(view: CaseView) -> ReceiptFile:
    """The receipt of a case the viewer may see; three statements once its arrival is sealed."""
    rows = run("select receipt from cases_submission where case_id = $1::bigint", (view.state.head.id,))
    if not rows:
        raise unknown(view.state.head.number)
    return ReceiptFile(rows[0][0], ledger.proof_of(EventId(view.story[0].id)))


def pictures_of(view: CaseView) -> dict[int, str]:
    """The photos among the materials, small, as addresses that hold the picture. At most two statements.

    They come with the content whose look is recorded; by addresses of their own each would be a look more.
    """
    if not any(one.type.startswith("image/") for one in view.materials) or view.purpose is None:
        return {}
    rows = run(
        "select m.id, m.file, m.sealed, k.wrapped from cases_material m"
        " join cases_key k on k.case_id = m.case_id where m.case_id = $1::bigint",
        (view.state.head.id,),
    )
    files = {FileId(file): (id, _file_key(view, file, sealed, wrapped)) for id, file, sealed, wrapped in rows}
    small = papers.thumbnails({file: key for file, (_, key) in files.items()})
    return {
        files[file][0]: f"data:image/jpeg;base64,{b64encode(picture).decode()}"
        for file, picture in small.items()
    }


def papers_of(view: CaseView) -> list[PaperShown]:
    """The papers of a case for whoever may read its content, the newest first. No statement."""
    return [] if view.purpose is None or view.erased else list(_papers(view))[::-1]


def paper_of(view: CaseView, seq: int) -> File:
    """The signed PDF of one paper; made when it is first asked for, and ever after the same bytes.

    Two statements; nine where it is made. Refused to those who may not read the content.
    """
    shown = next((one for one in papers_of(view) if one.seq == seq), None)
    wrapped = run("select wrapped from cases_key where case_id = $1::bigint", (view.state.head.id,))
    key = key_of(view.state.head.id, wrapped[0][0])
    if shown is None or key is None:
        raise Refusal(
            "cases.paper.unknown",
            says=_("没有这份文书，或者您不能查看它。"),
            do=_("请回到办件页面，从文书列表里打开。"),
            status=404,
        )
    owner = view.state.head.id
    pdf = papers.read(owner, seq, key)
    if pdf is None:
        undone = _undone(view).get(seq)
        pdf = papers.make(_sheet(view, seq), owner=owner, seq=seq, key=key, withdrawn_at=undone)
    return File(f"{shown.title}.pdf", "application/pdf", pdf)


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


def _papers(view: CaseView) -> Iterator[PaperShown]:
    undone = _undone(view)
    for told in view.story:
        title = title_of(told.event.kind, view.law)
        if title is not None:
            yield PaperShown(told.seq, title, told.event.at, told.seq in undone)


def _undone(view: CaseView) -> dict[int, datetime]:
    return undone_at(told.event for told in view.story)


def _sheet(view: CaseView, seq: int) -> Sheet:
    told = next(told for told in view.story if told.seq == seq)
    sheet = sheet_of(_said(view, told), matter_of(view, seq), view.law)
    assert sheet is not None
    return sheet


def _said(view: CaseView, told: Told) -> Said:
    item = catalogue.item_version(view.state.head.item, view.state.head.item_version)
    names = names_of(item)
    handed_in = [names.get(one.kind, one.kind) for one in view.materials if one.seq == told.seq]
    return Said(told.seq, told.event, told.text or "", told.faults, handed_in)


def matter_of(view: CaseView, seq: int) -> Matter:
    """What the paper of an act at that place of the story is about, and whose paper it is."""
    head = view.state.head
    item = catalogue.item_version(head.item, head.item_version)
    body = body_at(view, seq)
    office = next((one for one in item.offices if one.body == body), None)
    name = item.bodies.get(body, item.department)
    return Matter(
        number=head.number,
        item=view.item_name,
        result=item.result,
        addressee=identity.name_of(head.applicant) or view.applicant,
        received_on=legal_day(view.received_at),
        issuer=Issuer(body, name),
        contact=f"{name}，{office.address}，电话 {office.phone}" if office else name,
        sample=item.sample or settings.DEMONSTRATION,
    )


def _file_key(view: CaseView, file: UUID, sealed: bytes, wrapped: bytes) -> bytes:
    key = key_of(view.state.head.id, wrapped)
    assert key is not None
    known = orjson.loads(open_(key, bytes(sealed), aad_of(view.state, f"file:{file}")))
    return bytes.fromhex(known["key"])


def _opened(view: CaseView, file: UUID, key: bytes, sealed: bytes) -> File:
    known = orjson.loads(open_(key, sealed, aad_of(view.state, f"file:{file}")))
    content = papers.content(FileId(file), bytes.fromhex(known["key"]))
    if content is None:
        raise Unreadable(str(file))
    return File(known["name"], known["kind"], content)


def _no_file() -> Refusal:
    return Refusal(
        "cases.file.unknown",
        says=_("没有这份材料，或者您不能查看它。"),
        do=_("请回到办件页面，从材料列表里打开。"),
        status=404,
    )
