"""Files for programs."""

from datetime import datetime

from ninja import File, Router, Status, UploadedFile
from pydantic import BaseModel

from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.pages import Request
from tongban.kernel.refusal import Refusal
from tongban.papers import commands

router = Router(tags=["files"])


class StoredFile(BaseModel):
    """A stored file: `file` is the handle to submit it by, worth something to its uploader alone."""

    file: str
    kind: str
    size: int
    name: str
    expires_at: datetime


@router.post("", response={201: StoredFile}, url_name="files")
def store(request: Request, file: File[UploadedFile]) -> Status[StoredFile]:
    """Store one photo (JPEG, PNG) or PDF of at most 10 MB, to be named in a submission within three days."""
    allow(request.viewer, Deed.STORE_FILE, Thing())
    if request.viewer.person is None:
        raise Refusal(
            "papers.file.not-a-person",
            says="工作人员的账号不能上传申请材料。",
            do="请用申请人或经办人本人的账号上传。",
            status=403,
        )
    stored = commands.store(request.viewer.person, file.name or "", file.read(), request.now)
    return Status(
        201,
        StoredFile(
            file=stored.handle,
            kind=stored.kind,
            size=stored.size,
            name=stored.name,
            expires_at=stored.expires_at,
        ),
    )
