"""Files for programs: how they are described, and handed out to be saved and never opened in place."""

from typing import Any, Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tongban.cases.queries import File

TEXT: Final = {"type": "string"}
BINARY: Final = {"type": "string", "format": "binary"}


def also(*media: str, schema: dict[str, str] = BINARY) -> dict[str, Any]:
    """The part of an operation's description that names what its good answer may be beside JSON."""
    return {"responses": {200: {"content": {kind: {"schema": schema} for kind in media}}}}


def handed_out(file: File) -> HttpResponse:
    """A file for one person alone."""
    return HttpResponse(
        file.content,
        content_type=file.type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
