"""The public log for programs, as C2SP tlog-tiles says: checkpoint, tiles, entry bundles; and its keys."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, open_to
from tongban.ledger import queries

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=1"


@open_to(ANYONE)
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed head of the log."""
    return _answer(queries.checkpoint() or None, _TEXT, _BRIEFLY)


@open_to(ANYONE)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """One verifier key a line: the log's, then the receipts'."""
    return _answer(queries.keys(), _TEXT, "public, max-age=300")


@open_to(ANYONE)
@require_safe
def tile(request: HttpRequest, level: int, place: tuple[int, int]) -> HttpResponse:
    """The hashes of a tile, full or partial."""
    return _answer(queries.tile(level, *place), "application/octet-stream", _FOR_EVER)


@open_to(ANYONE)
@require_safe
@gzip_page
def entries(request: HttpRequest, place: tuple[int, int]) -> HttpResponse:
    """The entries under a tile of level 0, each after its length."""
    return _answer(queries.entries(*place), "application/octet-stream", _FOR_EVER)


def _answer(content: str | bytes | None, content_type: str, caching: str) -> HttpResponse:
    """The content, or 404 where the log has not come so far: it may have by the next request."""
    if content is None:
        return HttpResponse("not in the log\n", _TEXT, 404, headers={"Cache-Control": "no-store"})
    return HttpResponse(content, content_type, headers={"Cache-Control": caching})
