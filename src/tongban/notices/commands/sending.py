"""Sending: one delivery is handed to its channel, once, and never inside a transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext, override

from tongban.kernel.ids import PersonKey
from tongban.kernel.speech import city
from tongban.kernel.sql import load, run
from tongban.notices.commands.telling import readers_of
from tongban.notices.rules.delivery import (
    MAIL,
    SENDING_WITHIN,
    WAYS,
    AddressRefused,
    Letter,
    State,
    after_failure,
)
from tongban.notices.rules.kinds import words_of

log = structlog.get_logger(__name__)


class NotInHand(Exception):
    """Another sender has had this delivery in hand for a moment; it is looked at again later."""


@dataclass(frozen=True, slots=True)
class _InHand:
    """A delivery that this sender alone holds, since `since`."""

    id: UUID
    since: datetime
    channel: str
    tries: int
    notice: int
    reader: PersonKey
    whose: PersonKey
    kind: str
    item: str
    by: date | None


def deliver(delivery: UUID, *, at: datetime) -> None:
    """Send a delivery that waits; one that is over stays as it is. Raises what a job must try again for.

    Claimed before and noted after, each in a transaction of its own: should we die in between, it is sent a
    second time under the same id. Whoever may read of the affair no longer is sent nothing.
    """
    _refuse_inside_a_transaction()
    held = _claimed(delivery, at)
    if held is None:
        return
    way = WAYS.get(held.channel)
    may_read = held.reader in readers_of(held.whose, at)
    address = way.address_of(held.reader) if way is not None and may_read else None
    if way is None or not address:
        _end(held, State.NOT_NEEDED)
        return
    try:
        way.channel.send(address, letter_of(held))
    except AddressRefused as refused:
        _end(held, State.REFUSED, refused.code)
    except Exception as error:
        _failed(held, error)
    else:
        _end(held, State.SENT)


def _refuse_inside_a_transaction() -> None:
    if connection.in_atomic_block:
        raise RuntimeError("a message is never sent inside a transaction")


def _claimed(delivery: UUID, at: datetime) -> _InHand | None:
    rows = run(load("tongban.notices", "claim"), (delivery, at, at - SENDING_WITHIN))
    if rows:
        channel, tries, notice, reader, whose, kind, item, by = rows[0]
        keys = PersonKey(bytes(reader)), PersonKey(bytes(whose))
        return _InHand(delivery, at, channel, tries, notice, *keys, kind, item, by)
    if run("select 1 from notices_delivery where id = $1::uuid and state = 'sending'", (delivery,)):
        raise NotInHand(str(delivery))
    return None


def _failed(held: _InHand, error: Exception) -> None:
    """Wait for the next try, or give up."""
    state = after_failure(held.tries)
    _end(held, state)
    if state is State.WAITING:
        _later(error)
    log.error("notices.given-up", delivery=str(held.id), channel=held.channel, fault=type(error).__name__)


class SendLaterError(Exception):
    """The channel does not take it now; told by the type of the fault alone."""


def _later(error: Exception) -> NoReturn:
    """Try again later; the neighbour's own words may name the person and are not kept."""
    raise SendLaterError(type(error).__name__) from None


def _end(held: _InHand, state: State, code: int | None = None) -> None:
    run(load("tongban.notices", "end"), (held.id, held.since, str(state), code))


def write_to(reader: PersonKey, letter: Letter) -> None:
    """Send a letter that is no notice to the address its reader confirmed; nothing where there is none.

    Raises SendLaterError for what a job must try again; what is refused for good is over.
    """
    _refuse_inside_a_transaction()
    way = WAYS.get(MAIL)
    address = way.address_of(reader) if way is not None else None
    if way is None or not address:
        return
    try:
        way.channel.send(address, letter)
    except AddressRefused as refused:
        log.warning("notices.letter-refused", letter=letter.id, code=refused.code)
    except Exception as error:
        _later(error)


def letter_of(held: _InHand) -> Letter:
    """Item, state and link; no name, no number, nothing of what was written."""
    # Mail is read without us: in the language that everyone here was registered in.
    with override(settings.LANGUAGE_CODE):
        words = words_of(held.kind, held.item, held.by)
        address = settings.ADDRESS + reverse("notices:notice", args=[held.notice])
        choices = settings.ADDRESS + reverse("notices:choices")
        lines = [
            gettext("您好："),
            "",
            words.says,
            *([words.do] if words.do else []),
            "",
            gettext("打开看看（要登录）："),
            address,
            "",
            gettext("这封信由系统发出，不用回复。我们不会在信里问您要密码、验证码或者钱。"),
            gettext("不想再收这样的信："),
            choices,
            "",
            gettext("%(city)s通办") % {"city": city()},
        ]
        subject = gettext("%(title)s：%(item)s") % {"title": words.title, "item": held.item}
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return Letter(f"<{held.id}@{host}>", subject, "\n".join(lines))
