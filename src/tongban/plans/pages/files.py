"""A spreadsheet as an answer that a browser saves."""

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

from tongban.kernel.spreadsheet import MEDIA_TYPE

_HEADER: Final = "attachment; filename={plain}; filename*=UTF-8''{told}"


def saved(content: bytes, plain: str, told: str) -> HttpResponse:
    """The file under a plain name, and under one in Chinese for who can read it."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = _HEADER.format(plain=plain, told=quote(told))
    response.headers["Cache-Control"] = "no-store"
    return response
