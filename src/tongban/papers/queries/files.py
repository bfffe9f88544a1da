"""What is asked: what a handle says, and the content of a file."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tongban.kernel.ids import FileId, PersonKey
from tongban.kernel.keys import Unreadable, open_, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers.rules import HANDLE, Handle, NotAHandle, content_of, small_of, to_bytes
from tongban.papers.rules import MOST_BYTES as MOST_BYTES
from tongban.papers.rules import Attachment as Attachment
from tongban.papers.rules import Kind as Kind


def open_handle(handle: str, uploader: PersonKey, at: datetime) -> Attachment:
    """The file behind a handle, for its own uploader and before it expires. No statement.

    Refused: `papers.file.unknown` for any text that is no handle of ours, `.not-yours`, `.expired`.
    """
    try:
        found = Handle.unpack(ring().unwrap(to_bytes(handle), HANDLE))
    except (NotAHandle, Unreadable) as fault:
        raise Refusal(
            "papers.file.unknown",
            says=_("找不到这份文件。"),
            do=_("请重新上传；程序请原样带上传时返回的 file。"),
            status=422,
        ) from fault
    if found.uploader != uploader:
        raise Refusal(
            "papers.file.not-yours",
            says=_("这份文件是别人上传的。"),
            do=_("请用自己的账号重新上传。"),
            status=403,
        )
    if at >= found.expires_at:
        raise Refusal(
            "papers.file.expired",
            says=_("这份文件上传后放得太久，已经删除。"),
            do=_("请重新上传。"),
            status=422,
        )
    return found.file


def sealed(file: FileId) -> bytes | None:
    """The sealed bytes of a stored file; None where it was deleted. One statement."""
    rows = run("select sealed from papers_file where id = $1::uuid", (file,))
    return bytes(rows[0][0]) if rows else None


def thumbnails(files: Mapping[FileId, bytes]) -> dict[FileId, bytes]:
    """The small JPEGs of those files that are photos, opened with each file's own key. One statement."""
    rows = run(
        "select id, thumbnail from papers_file where id = any($1::uuid[]) and thumbnail is not null",
        (list(files),),
    )
    return {file: open_(files[file], bytes(sealed), small_of(file)) for file, sealed in rows}


def waiting(at: datetime, *, until: datetime) -> int:
    """How many files that no case has claimed wait at a moment and are over by another. One statement."""
    [(number,)] = run(
        "select count(*) from papers_file where claimed_by is null"
        " and expires_at > $1::timestamptz and expires_at <= $2::timestamptz",
        (at, until),
    )
    return int(number)


def content(file: FileId, key: bytes) -> bytes | None:
    """The content of a file, opened with its own key; None where it was deleted. One statement.

    Unreadable if the key is not this file's.
    """
    kept = sealed(file)
    return None if kept is None else open_(key, kept, content_of(file))
