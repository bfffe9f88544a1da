"""The mail of a demonstration, for anyone to look at: all its people are invented, and none of it leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.site.answers import UNKNOWN

SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter that was caught."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


@require_safe
@open_to(ANYONE)
def mailbox(request: Request) -> HttpResponse:
    """The newest letters of this demonstration; elsewhere there is no such page."""
    if not settings.DEMONSTRATION:
        raise UNKNOWN
    return render(request, "site/mailbox.html", {"letters": list(_caught(settings.CAUGHT_MAIL))})


def _caught(folder: Path) -> Iterator[Mail]:
    """The newest letters, the newest first; one that is deleted meanwhile is left out."""
    for file in sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]:
        try:
            letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        except FileNotFoundError:
            continue
        body = letter.get_body(("plain",))
        yield Mail(
            name=file.stem,
            to=str(letter["To"] or ""),
            subject=str(letter["Subject"] or ""),
            sent_at=_moment(str(letter["Date"] or "")),
            text=body.get_content() if body is not None else "",
        )


def _moment(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except ValueError:
        return None
