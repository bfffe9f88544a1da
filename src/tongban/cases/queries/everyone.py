"""What everyone may see of all cases: counts and tags, nothing of anyone."""

from datetime import datetime

from tongban.cases.rules.words import OVERTAKING_REASONS as OVERTAKING_REASONS
from tongban.kernel.ids import EventId, ItemCode, QueueId
from tongban.kernel.sql import load, run

HERE = "tongban.cases"


def most_used(since: datetime, limit: int) -> dict[ItemCode, int]:
    """How often items were applied for since then, the most often first. One statement over those cases."""
    return dict(run(load(HERE, "most_used"), (since, limit)))


def waiting() -> dict[QueueId, int]:
    """How many wait in each queue where somebody does. One statement."""
    return dict(run(load(HERE, "waiting")))


def events_tagged(tag: str) -> list[EventId]:
    """The events of the case that the public log calls by this tag; none for an unknown one. One statement.

    Whoever has the tag has it from the log or from a receipt, and learns from its leaves what the log says.
    """
    return [EventId(id_) for (id_,) in run(load(HERE, "tagged"), (tag,))]
