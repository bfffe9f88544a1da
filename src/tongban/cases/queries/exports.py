"""What was exported lately from among the cases that somebody answers for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from tongban.cases.queries.lists import HERE
from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.ids import OfficerId
from tongban.kernel.sql import load, run

What = Literal["cases", "figures"]


@dataclass(frozen=True, slots=True)
class MadeExport:
    """A spreadsheet that was made: by whom, of what, how narrowed, how many rows; `cut`: not all of them."""

    at: datetime
    officer: OfficerId
    what: What
    narrowed: str
    rows: int
    cut: bool


def exports_of(viewer: Viewer, *, limit: int) -> list[MadeExport]:
    """The latest exports by officers of the body or region that this viewer answers for. One statement."""
    seen = reach(viewer, Deed.SEE_FIGURES)
    if seen.body is None and seen.region is None:
        return []
    rows = run(load(HERE, "exports"), (seen.body, seen.region, limit))
    return [MadeExport(at, who, cast(What, what), *rest) for at, who, what, *rest in rows]
