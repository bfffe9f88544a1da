"""What notices do when events were sealed, when a message is due, and when a reminder is."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tongban.kernel.clock import now
from tongban.kernel.ids import EventId
from tongban.kernel.jobs import job
from tongban.notices import commands
from tongban.notices.commands import Reminder, Told


@job
def tell_people(events: list[int]) -> None:
    """Whoever may read of these events is told, and messages are put on their way."""
    with transaction.atomic():
        follow(commands.tell_of([EventId(one) for one in events], at=now()))


@job
def remind(event: int) -> None:
    """Whoever still owes a correction is told that its last day is near."""
    with transaction.atomic():
        follow(commands.remind(EventId(event), at=now()))


@job
def send(delivery: str) -> None:
    """A message leaves the house."""
    commands.deliver(UUID(delivery), at=now())


def follow(told: Told) -> None:
    """Make the jobs that follow, in the transaction that wrote what they are about."""
    if told.deliveries:
        wanted: list[dict[str, Any]] = [{"delivery": str(one)} for one in told.deliveries]
        send.batch_defer(*wanted)
    _remind_later(told.reminders)


def _remind_later(reminders: Iterable[Reminder]) -> None:
    for one in reminders:
        # Jobs live by the world's clock, of which a demonstration's own is some days ahead or behind.
        remind.configure(schedule_at=one.at - settings.CLOCK_SHIFT).defer(event=one.event)
