"""Exporting: a spreadsheet of cases or of figures leaves the house only with a row that says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tongban.kernel.access import Deed, Thing, Viewer, allow, reach
from tongban.kernel.sql import run


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: `narrowed` as the address has it, how many rows, and whether that is not all."""

    what: Literal["cases", "figures"]
    narrowed: str
    rows: int
    cut: bool = False


def record_export(export: Export, *, by: Viewer, at: datetime) -> None:
    """Put on record what this officer takes out; refused to whoever answers for nothing. One statement."""
    seen = reach(by, Deed.SEE_FIGURES)
    if seen.body is None and seen.region is None:
        allow(by, Deed.SEE_FIGURES, Thing())
    assert by.officer is not None
    run(
        "insert into cases_export (at, officer, body, region, what, narrowed, rows, cut)"
        " values ($1::timestamptz, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::int, $8::boolean)",
        (
            *(at, by.officer.id, by.officer.body, by.officer.region),
            *(export.what, export.narrowed, export.rows, export.cut),
        ),
    )
