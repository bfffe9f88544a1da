"""What changes: a file is stored, waits, is deleted; the statement that submits claims it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from django.utils.translation import gettext as _

from tongban.kernel.ids import CaseId, FileId, PersonKey
from tongban.kernel.keys import Unreadable, new_key, ring, seal
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.papers.models import contents_of
from tongban.papers.rules import (
    HANDLE,
    Attachment,
    Handle,
    Kind,
    NotAHandle,
    content_of,
    inspect,
    plain_name,
    small_of,
    to_bytes,
    to_text,
)
from tongban.papers.rules.binding import as_pages
from tongban.papers.rules.photos import drawn_anew, thumbnail_of

WAITS: Final = timedelta(days=3)
"""How long a stored file waits to be attached; after that nobody may open it and it is deleted."""

MOST_WAITING: Final = 200
"""How many files of one uploader may wait at once; an application asks for some ten."""

_BATCH: Final = 200


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """A file stored: the handle by which its uploader attaches it, and what it is. `size` in bytes."""

    handle: str
    kind: Kind
    size: int
    name: str
    expires_at: datetime


def store(
    uploader: PersonKey, name: str, content: bytes, at: datetime, *, waits: timedelta = WAITS
) -> Stored:
    """Keep a photo or a PDF of at most 10 MB until it is attached to a case. One statement.

    A photo is drawn anew: only the picture is kept, nothing of where and by whom it was taken.
    Its key is in the handle alone, so nobody can open the file from the database before it is attached.
    Refused: `papers.file.empty`, `.too-large`, `.too-many-pixels`, `.kind`, `.damaged`, `.active`;
    `.too-many` while MOST_WAITING of the uploader's files wait.
    """
    kind = inspect(content)
    small = None
    if kind is not Kind.PDF:
        content = drawn_anew(content, kind)
        small = thumbnail_of(content, kind)
    file = Attachment(
        FileId(uuid4()), new_key(), sha256(content).digest(), len(content), kind, plain_name(name, kind)
    )
    handle = Handle(file, uploader, (at + waits).replace(microsecond=0))
    sealed = seal(file.key, content, content_of(file.id))
    thumbnail = None if small is None else seal(file.key, small, small_of(file.id))
    row = (file.id, uploader, sealed, file.size, kind.value, handle.expires_at)
    if not run(load("tongban.papers", "store"), (*row, MOST_WAITING, at, thumbnail)):
        raise Refusal(
            "papers.file.too-many",
            says=_("您上传后还没有提交的文件已有 %(most)s 份，不能再上传。") % {"most": MOST_WAITING},
            do=_("请先提交申请，或删掉不要的草稿；没有提交的文件过些天会自动删除，那以后也可以再传。"),
        )
    return _stored(handle)


def prolong(handles: Sequence[str], uploader: PersonKey, *, at: datetime, waits: timedelta) -> dict[str, str]:
    """Let files that are past half of `waits` wait as long again; by each handle the one to keep for it.

    A handle that opens nothing any more has none. One statement; none where no file is so far.
    """
    found = {text: one for text in handles if (one := _opened(text, uploader, at)) is not None}
    until = (at + waits).replace(microsecond=0)
    late = [text for text, one in found.items() if one.expires_at < at + waits / 2]
    if late:
        run(
            "update papers_file set expires_at = $2::timestamptz"
            " where id = any($1::uuid[]) and claimed_by is null",
            ([found[text].file.id for text in late], until),
        )
    anew = {text: _stored(replace(found[text], expires_at=until)).handle for text in late}
    return {text: anew.get(text, text) for text in found}


def bind(photos: Sequence[Attachment], *, name: str, uploader: PersonKey, at: datetime) -> Stored:
    """Several photos as the pages of one PDF, which waits as a new file. Two statements.

    The same photos in the same order give the same bytes. Refused: `papers.file.too-large`, `.expired`.
    """
    contents = contents_of({photo.id: photo.key for photo in photos})
    if len(contents) < len(photos):
        raise _expired()
    return store(uploader, name, as_pages([contents[photo.id] for photo in photos]), at)


def copy(files: Sequence[Attachment], *, uploader: PersonKey, at: datetime) -> list[Stored]:
    """Each file once more, as a new one that waits, for a case of its own. A statement, and one a file.

    Refused: `papers.file.expired`.
    """
    contents = contents_of({file.id: file.key for file in files})
    if len(contents) < len({file.id for file in files}):
        raise _expired()
    return [store(uploader, file.name, contents[file.id], at) for file in files]


def _expired() -> Refusal:
    return Refusal(
        "papers.file.expired",
        says=_("有一张照片上传后放得太久，已经删除。"),
        do=_("请重新上传。"),
        status=422,
    )


def discard(handles: Sequence[str], uploader: PersonKey, at: datetime) -> None:
    """Delete files of this uploader that no case has claimed; others stay. One statement."""
    found = [one.file.id for text in handles if (one := _opened(text, uploader, at)) is not None]
    run(
        "delete from papers_file where id = any($1::uuid[]) and uploader = $2::bytea and claimed_by is null",
        (found, uploader),
    )


def _stored(handle: Handle) -> Stored:
    file = handle.file
    text = to_text(ring().wrap(handle.pack(), HANDLE))
    return Stored(text, file.kind, file.size, file.name, handle.expires_at)


def _opened(text: str, uploader: PersonKey, at: datetime) -> Handle | None:
    """The handle behind a text, for its own uploader and before it expires."""
    try:
        found = Handle.unpack(ring().unwrap(to_bytes(text), HANDLE))
    except (NotAHandle, Unreadable):
        return None
    return found if found.uploader == uploader and at < found.expires_at else None


def expire(at: datetime) -> int:
    """Delete the files that nobody attached in time; how many. One statement a batch of 200."""
    deleted = 0
    while found := run(load("tongban.papers", "expire"), (at, _BATCH))[0][0]:
        deleted += found
        if found < _BATCH:
            break
    return deleted


def erase(claimant: CaseId) -> int:
    """Delete every file of a case, and the content of every paper; how many files. Two statements."""
    run("update papers_paper set sealed = null where owner = $1::bigint", (claimant,))
    return len(run("delete from papers_file where claimed_by = $1::bigint returning 1", (claimant,)))
