"""How a message leaves the house: what a way of sending must do, and for how long it is tried."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from tongban.kernel.ids import PersonKey


class State(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"
    NOT_NEEDED = "not-needed"


OVER: Final = frozenset({State.SENT, State.REFUSED, State.GIVEN_UP, State.NOT_NEEDED})
FAILED: Final = frozenset({State.REFUSED, State.GIVEN_UP})
"""What the page of notices says, so that nobody waits for a message that does not come."""

FRESH_FOR: Final = timedelta(days=2)
"""Only what happened since is sent; older news stands on the page alone."""

SENDING_WITHIN: Final = timedelta(minutes=2)
"""A sender that has not come back by then is taken for dead; it waits 20 seconds for its neighbour."""

MOST_TRIES: Final = 12
"""One less than a job has, so that a delivery ends by our own word; with their pauses three days."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `id` is the same at every try, so that a mailbox knows a second copy."""

    id: str
    subject: str
    text: str


class AddressRefused(Exception):
    """The other side will never take it: there is no such address, or it wants nothing of ours.

    `code` is the neighbour's own number; its words may name the person and are not kept.
    """

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Channel(Protocol):
    """A way by which messages leave the house: mail, and one day text messages or WeChat."""

    def send(self, address: str, letter: Letter, /) -> None:
        """Hand it over, within 20 seconds. AddressRefused for good; any other error means: later."""
        ...


class Addresses(Protocol):
    """Where a person is reached by one channel."""

    def __call__(self, person: PersonKey, /) -> str | None:
        """The address that the person gave and confirmed; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """A channel with the addresses that it needs."""

    channel: Channel
    address_of: Addresses


MAIL: Final = "mail"
"""The channel of letters."""

WAYS: Final[dict[str, Way]] = {}
"""The ways this installation has, by channel; wiring says so once, when the process begins."""


def is_fresh(happened: datetime, at: datetime) -> bool:
    """Whether it happened lately enough to be worth a message."""
    return at - happened <= FRESH_FOR


def after_failure(tries: int) -> State:
    """What becomes of a delivery that failed for the `tries`-th time."""
    return State.GIVEN_UP if tries >= MOST_TRIES else State.WAITING


def shown(address: str) -> str:
    """An address as a page shows it: w***@example.org."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}"
