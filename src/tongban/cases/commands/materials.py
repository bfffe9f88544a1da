"""Materials of a draft: photos and files put in, taken out, put in order. They wait as long as the draft."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from tongban.cases.commands.drafts import FILES_WAIT, DraftChange, changing_draft
from tongban.cases.models.drafts import Writer, opened, row_of_draft
from tongban.cases.rules import drafting
from tongban.cases.rules.drafting import MOST_PAGES
from tongban.cases.rules.serving import SIGNED_PAPER
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.ids import FileId, PersonKey
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

WAYS: Final = ("remove", "up", "down")
"""What may be done to one file of a material."""


def attach(
    draft: UUID, kind: str, uploads: Sequence[tuple[str, bytes]], *, by: Writer, at: datetime
) -> list[dict[str, Any]]:
    """Put files into a draft as a material, behind those that are there; what could not be stored, as faults.

    The same file again changes nothing. Two statements, and one for each file; one more for an officer.
    """
    person = _owner(draft, by)
    handles, faults = [], []
    for name, content in uploads:
        try:
            handles.append(papers.store(person, name, content, at, waits=FILES_WAIT).handle)
        except Refusal as refusal:
            says = _("%(label)s：%(says)s") % {"label": name, "says": refusal.says} if name else refusal.says
            faults.append({"code": refusal.code, "says": says, "do": refusal.do})
    with changing_draft(draft, by=by, at=at) as change:
        _refuse_other(change, kind)
        held = _held(change, kind, person, at)
        known = {file.sha256 for _, file in held}
        new = [(text, file) for text, file in _opened(handles, person, at) if file.sha256 not in known]
        if len(held) + len(new) > MOST_PAGES:
            raise _too_many()
        change.filled = drafting.with_files(change.filled, kind, [text for text, _ in (*held, *new)])
    return faults


def arrange(  # noqa: PLR0913 - one file of one material of one draft, and what to do with it
    draft: UUID, kind: str, file: FileId, way: str, *, by: Writer, at: datetime
) -> None:
    """Take one file out, or move it up or down among the others. At most four statements."""
    person = _owner(draft, by)
    with changing_draft(draft, by=by, at=at) as change:
        held = _held(change, kind, person, at)
        place = next((place for place, (_, one) in enumerate(held) if one.id == file), None)
        if place is None or way not in WAYS:
            return
        one = held.pop(place)
        if way == "remove":
            papers.discard([one[0]], person, at)
        else:
            held.insert(max(0, place + (-1 if way == "up" else 1)), one)
        change.filled = drafting.with_files(change.filled, kind, [text for text, _ in held])


def _held(
    change: DraftChange, kind: str, person: PersonKey, at: datetime
) -> list[tuple[str, papers.Attachment]]:
    """The files of a material that still wait, each with its handle."""
    return _opened(change.filled.files.get(kind, ()), person, at)


def _opened(handles: Sequence[str], person: PersonKey, at: datetime) -> list[tuple[str, papers.Attachment]]:
    found = []
    for text in handles:
        with suppress(Refusal):
            found.append((text, papers.open_handle(text, person, at)))
    return found


def _owner(draft: UUID, by: Writer) -> PersonKey:
    """Whose files these are: the writer's own, or the person's at whose draft an officer sits at a window."""
    allow(by.viewer, Deed.STORE_FILE, Thing())
    if by.viewer.person is not None:
        return by.viewer.person
    owner = opened(row_of_draft(draft), by).owner
    if owner is None:
        raise Refusal(
            "papers.file.not-a-person",
            says=_("工作人员的账号不能上传申请材料。"),
            do=_("请用申请人或经办人本人的账号上传。"),
            status=403,
        )
    return owner


def _refuse_other(change: DraftChange, kind: str) -> None:
    if kind == SIGNED_PAPER and change.before.hold is not None:
        return
    if not any(one.kind == kind and one.may_be_handed_in for one in change.item.materials):
        raise no_such_material()


def no_such_material() -> Refusal:
    """The refusal of a material that the item does not take."""
    return Refusal(
        "cases.draft.material-unknown",
        says=_("这件事不用交这份材料。"),
        do=_("请回到草稿，从材料清单里选。"),
        status=404,
    )


def _too_many() -> Refusal:
    return Refusal(
        "cases.draft.too-many-pages",
        says=_("一份材料最多 %(most)s 张。") % {"most": MOST_PAGES},
        do=_("请先去掉重复的或不需要的几张；也可以合成一个 PDF 再上传。"),
        status=422,
    )
