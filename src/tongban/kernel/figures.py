"""A figure of the law carries its date and its document; a regime is one law's set of figures and acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext_noop as noop

from tongban.engine.phrase import Phrase, phrase

Unit = Literal["workday", "day", "month", "hour"]
_UNITS: Final[Mapping[Unit, tuple[str, str]]] = {
    "workday": (noop("1 个工作日"), noop("%(value)s 个工作日")),
    "day": (noop("1 天"), noop("%(value)s 天")),
    "month": (noop("1 个月"), noop("%(value)s 个月")),
    "hour": (noop("1 小时"), noop("%(value)s 小时")),
}
"""One of them, and several: other languages than Chinese tell them apart."""


class FigureMissing(LookupError):
    """No figure was in force on that day."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of legal time: 20 workday, 15 day, 1 month."""

    value: int
    unit: Unit


def in_words(limit: Limit) -> Phrase:
    """A length of time as people say it: 10 个工作日."""
    one, several = _UNITS[limit.unit]
    return phrase(one) if limit.value == 1 else phrase(several, value=limit.value)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands. `checked` only where the article was read, in the text that `source` names."""

    law: str
    article: str
    sense: str
    checked: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated value: in force from `since` until the next entry."""

    since: date
    limit: Limit
    source: Source


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure through time. Never edit an entry; add one."""

    entries: tuple[Entry, ...]

    def on(self, day: date) -> Entry:
        """The entry in force that day; FigureMissing if none was."""
        held = [entry for entry in self.entries if entry.since <= day]
        if not held:
            raise FigureMissing(day.isoformat())
        return max(held, key=lambda entry: entry.since)


@dataclass(frozen=True, slots=True)
class SpecialProcedureKind:
    """A procedure whose time the law does not count (for licences: the eight of Art. 45)."""

    code: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Regime:
    """Which periods and acts hold for an item, by its own law. What is absent does not exist there.

    `figures` by name: `notify_within` (one-time correction notice), `review_within` (to examine what another
    body decides), `decide_within`, `extend_by`, `deliver_within`, `correct_within` (the applicant's own time
    to answer a correction notice, where a rule sets one).
    `silence_is_acceptance`: no notice in time makes the case accepted from the day of receipt.
    `decision_includes_delivery`: the limit to decide runs until the result is handed over.
    `remedies`: what a refusal must tell, each with its source.
    """

    code: str
    name: str
    figures: Mapping[str, Figure]
    silence_is_acceptance: Source | None
    special_procedures: tuple[SpecialProcedureKind, ...]
    decision_includes_delivery: bool
    remedies: tuple[Source, ...]
    one_time_notice: Source | None = None
    """The duty to tell all that is missing at once; it may stand without a period (`notify_within`)."""
    revocation: Source | None = None
    """The law by which what was granted may be taken back; without one it stands."""
