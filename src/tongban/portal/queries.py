"""What is kept of a person in every context: an overview, and all of it to take away."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.codes import mask_name
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Purpose, Viewer
from tongban.kernel.languages import told
from tongban.ledger import api as ledger

MOST_LOOKS: Final = 100
MOST_CASES: Final = 1000
MOST_BYTES: Final = 80_000_000
"""Of files in one take-away, which is made in memory: in clear it never touches a disk."""

PURPOSES: Final = {
    Purpose.HANDLING: gettext_lazy("办理"),
    Purpose.APPROVAL: gettext_lazy("审批"),
    Purpose.LEADING: gettext_lazy("督办"),
    Purpose.CONTEST: gettext_lazy("核实疑问"),
    Purpose.OWN_AFFAIR: gettext_lazy("本人查看"),
    Purpose.RECEIVING: gettext_lazy("在窗口替您办"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """That somebody looked at data of a person: an officer at a case, or this platform in a register."""

    at: datetime
    who: str
    why: str
    what: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person, in short; everything masked."""

    own: identity.Own
    seen: list[Seen]


def kept_of(viewer: Viewer, at: datetime) -> Kept:
    """An overview for whoever is signed in. Seven statements; names of officers cost none once known."""
    assert viewer.account is not None
    return Kept(identity.own_account(viewer.account, session=""), list(_seen(viewer)))


def packed(viewer: Viewer, at: datetime) -> bytes:
    """Everything of a person as a zip: `my-data.json` for programs, `my-data.html` to read, and the files.

    One's own affairs alone: an enterprise's belong to the enterprise. Two statements a case, two a file.
    """
    alone = Viewer(viewer.account, viewer.person, shown_as=viewer.shown_as, unnamed=viewer.unnamed)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        files = _Files(folder)
        kept = _whole(alone, at, files)
        folder.writestr("my-data.json", orjson.dumps(kept, option=orjson.OPT_INDENT_2))
        folder.writestr("my-data.html", render_to_string("portal/taken.html", {"kept": kept}))
    return made.getvalue()


class _Files:
    """The files of a take-away, until they are too many; those left out are named with their case."""

    def __init__(self, folder: zipfile.ZipFile) -> None:
        self.folder, self.size = folder, 0

    def add(self, view: Any, one: Any) -> str:
        if self.size >= MOST_BYTES:
            return _("太大没有放进来，请在这件办件的页面上下载")
        file = cases.file_of(view, one.id)
        self.size += len(file.content)
        plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", file.name)[-80:]
        path = f"files/{view.state.head.number}/{one.id}-{plain}"
        self.folder.writestr(path, file.content)
        return path


def _whole(viewer: Viewer, at: datetime, files: _Files) -> dict[str, Any]:
    assert viewer.account is not None
    own, ways = identity.own_account(viewer.account, session=""), identity.ways_of(viewer.account)
    profile = identity.profile_of(viewer.person) if viewer.person else None
    acting = identity.people_of(viewer, at)
    return {
        "made_at": at,
        "account": {
            "phone": ways.phone,
            "mail": ways.mail,
            "name": profile.name if profile else "",
            "id_number": profile.id_number if profile else "",
            "passkeys": [{"device": one.name, "added": one.created_at} for one in own.passkeys],
            "notes": [{"at": when, "what": says} for says, when in own.notes],
        },
        "acting": [
            {"for_them": one.own, "name": one.name, "matters": one.scope, "until": one.last_day}
            for one in (*acting.principals, *acting.agents)
        ],
        "drafts": [
            {"item": one.item, "done": one.done, "of": one.steps, "kept_until": one.kept_until}
            for one in cases.drafts(viewer, at=at)
        ],
        "cases": list(_cases(viewer, at, files)),
        "certificates": list(_certificates(viewer, at)),
        "seen": [{"at": one.at, "who": one.who, "why": one.why, "what": one.what} for one in _seen(viewer)],
    }


def _cases(viewer: Viewer, at: datetime, files: _Files) -> Iterator[dict[str, Any]]:
    before, found = None, 0
    while rows := cases.cases(viewer, cases.Filters(), at=at, before=before, limit=100):
        for row in rows:
            view = cases.look_at(row.number, viewer, at=at)
            yield {
                "number": row.number,
                "item": row.item_name,
                "stage": row.stage_name,
                "received_at": row.received_at,
                "answers": [
                    {"title": one.title, "lines": [list(line) for line in one.lines]}
                    for one in cases.answers_of(view)
                ],
                "story": [
                    {"at": told.event.at, "what": told.words, "text": told.text or ""} for told in view.story
                ],
                "materials": [
                    {"material": one.material, "name": one.name, "file": files.add(view, one)}
                    for one in cases.materials_of(view)
                ],
            }
        before, found = rows[-1].id, found + len(rows)
        if found >= MOST_CASES:
            return


def _certificates(viewer: Viewer, at: datetime) -> Iterator[dict[str, Any]]:
    for row in certificates.wallet(viewer, at=at):
        view = certificates.certificate(row.number, viewer, at=at)
        yield {
            "number": row.number,
            "name": row.name,
            "issuer": row.issuer,
            "says": row.says,
            "lines": [list(line) for line in view.lines],
        }


def _seen(viewer: Viewer) -> Iterator[Seen]:
    """Who looked at the data of a person, officers and this platform, the latest first."""
    if viewer.person is None:
        return
    names = {body.code: body.name for body in directory.bodies()}
    found = []
    for row, case in ledger.looks_of([viewer.person], limit=MOST_LOOKS):
        officer = directory.officer(row.officer, legal_day(row.at))
        who = mask_name(officer.name) if officer else _("一名工作人员")
        office = told(names.get(row.body, _("有关机关")))
        found.append(
            Seen(
                row.at,
                _("%(name)s（%(office)s）") % {"name": who, "office": office},
                str(PURPOSES[row.purpose]),
                _("您在窗口填的申请") if case is None else _("您的一件办件"),
            )
        )
    for asking in exchange.askings_about(viewer.person, most=MOST_LOOKS):
        who = told(names.get(asking.body, _("这个平台")))
        asked = {"register": told(_(asking.register_name)), "question": told(_(asking.question))}
        found.append(Seen(asking.at, who, told(_(asking.purpose)), _("“%(register)s”：%(question)s") % asked))
    yield from sorted(found, key=lambda one: one.at, reverse=True)
