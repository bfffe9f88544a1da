"""What people asked for in vain, for those who can do something about it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max, Sum

from tongban.catalogue.models import UnansweredQuestion
from tongban.kernel.access import Deed, Thing, Viewer, allow

MOST_UNANSWERED: Final = 100


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that found nothing, how often it was asked, and when last."""

    question: str
    times: int
    last: date


def unanswered(viewer: Viewer, *, since: date) -> list[Unanswered]:
    """What was asked in vain since a day, the most frequent first. One statement.

    For leaders, supervisors and administrators; questions belong to no region, and each sees them all.
    """
    allow(viewer, Deed.SEE_UNANSWERED, Thing(region=viewer.officer.region if viewer.officer else None))
    counted = (
        UnansweredQuestion.objects.filter(day__gte=since)
        .values("question")
        .annotate(asked=Sum("times"), last=Max("day"))
        .order_by("-asked", "question")[:MOST_UNANSWERED]
    )
    return [Unanswered(row["question"], row["asked"], row["last"]) for row in counted]
