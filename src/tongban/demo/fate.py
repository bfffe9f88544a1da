"""Fates: what will become of an application, drawn once from the city's seed and its place in the row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final, Literal, TypeVar

Intake = Literal["accept", "return", "refuse-acceptance", "give-back"]
After = Literal["revoked", "suspended", "restored", "changed"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fate:
    """What will happen as far as the law lets it; each share of a day (0 to 1) says when within it."""

    forgotten: bool
    """Taken once and not touched, so that it goes back by itself."""
    urgent: str | None
    """The reason for which somebody is going to ask that it be taken before its turn."""
    approved: bool
    """Whether a leader agrees with what is asked."""
    intake: Intake
    corrected_after: timedelta | None
    """How long the applicant takes to correct; None who never does."""
    reminded: bool
    withdrawn_after: timedelta | None
    procedure: bool
    extended: bool
    share: float
    """Of what its officer usually needs of the promise; above 1 it is late."""
    granted: bool
    reversed: bool
    """Refused by mistake, undone and granted."""
    delivered: str
    delivered_after: int
    """Working days."""
    certificate: After | None
    moment: float
    asked_after: timedelta | None
    """When the applicant writes to the office, after the arrival; None who never does."""
    doubts: bool
    """Whether the applicant doubts that somebody had to look."""
    explained: bool
    """Whether, when it is late, the applicant is told why."""

    def days(self, promised: int, diligence: float) -> int:
        """Working days from acceptance to the decision, for an officer who uses so much of a promise."""
        return max(0, round(promised * (diligence * self.share if self.share <= 1 else self.share)))


def fate_of(seed: int, nth: int) -> Fate:
    """The fate of the nth application; the same for the same seed."""
    chance = Random(f"{seed}/fate/{nth}")
    late = chance.random() < _SHARES["late"]
    return Fate(
        forgotten=chance.random() < _SHARES["forgotten"],
        urgent=chance.choice(_REASONS) if chance.random() < _SHARES["urgent"] else None,
        approved=chance.random() < _SHARES["approved"],
        intake=_one_of(chance, _INTAKES),
        corrected_after=None if chance.random() < _SHARES["never-corrected"] else _days(chance, 0.2, 9),
        reminded=chance.random() < _SHARES["reminded"],
        withdrawn_after=_days(chance, 0.05, 6) if chance.random() < _SHARES["withdrawn"] else None,
        procedure=chance.random() < _SHARES["procedure"],
        extended=chance.random() < _SHARES["extended"] and not late,
        share=chance.uniform(1.05, 1.5) if late else chance.uniform(0.4, 1.0),
        granted=chance.random() < _SHARES["granted"],
        reversed=chance.random() < _SHARES["reversed"],
        delivered=_one_of(chance, _WAYS),
        delivered_after=chance.choice((0, 0, 1, 1, 2)),
        certificate=_one_of(chance, _AFTER),
        moment=chance.random(),
        asked_after=_days(chance, 0.2, 4) if chance.random() < _SHARES["asked"] else None,
        doubts=chance.random() < _SHARES["doubts"],
        explained=chance.random() < _SHARES["explained"],
    )


def _days(chance: Random, least: float, most: float) -> timedelta:
    return timedelta(minutes=round(chance.uniform(least, most) * 24 * 60))


def _one_of(chance: Random, shares: Mapping[T, float]) -> T:
    return chance.choices(list(shares), list(shares.values()))[0]


_SHARES: Final = {
    "late": 0.03,
    "forgotten": 0.01,
    "urgent": 0.08,
    "approved": 0.85,
    "never-corrected": 0.1,
    "reminded": 0.08,
    "withdrawn": 0.03,
    "procedure": 0.1,
    "extended": 0.03,
    "explained": 0.7,
    "granted": 0.95,
    "reversed": 0.2,
    "asked": 0.06,
    "doubts": 0.01,
}
"""How often; of a reversal, among those that were refused. Invented, as all of this city."""

_INTAKES: Final[Mapping[Intake, float]] = {
    "accept": 0.84,
    "return": 0.12,
    "refuse-acceptance": 0.02,
    "give-back": 0.02,
}
_WAYS: Final = {"online": 0.7, "window": 0.2, "post": 0.1}
_AFTER: Final[Mapping[After | None, float]] = {
    None: 0.96,
    "revoked": 0.01,
    "suspended": 0.005,
    "restored": 0.01,
    "changed": 0.015,
}
_REASONS: Final = (
    "statutory-priority",
    "on-site-priority",
    "emergency",
    "major-project",
    "fault-compensation",
)
