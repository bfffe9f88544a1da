"""What a table holds of people, and for how long: one declaration that deletion, logs and open data read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Privacy:
    """The `privacy` of a model: its personal columns, how long it is kept and why, and how it is erased.

    `personal`: names of the columns; empty where nothing tells of a person.
    `keep_years`: full years after the row's last use; None for as long as what it explains is kept.
    `reason`: why it is kept that long, with its source where a law says so.
    `erase`: what is done to a person's data when it must go.
    """

    personal: frozenset[str]
    keep_years: int | None
    reason: str
    erase: str
