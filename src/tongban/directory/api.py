"""The door of the directory."""

from tongban.directory.commands import (
    AbsenceKind,
    BodyKind,
    appoint,
    ensure_body,
    ensure_officer,
    ensure_post,
    ensure_region,
    record_absence,
    relieve,
)
from tongban.directory.queries import (
    BodyRow,
    OfficerRow,
    RegionRow,
    bodies,
    body,
    forget,
    name_of,
    officer,
    officers_at,
    regions,
)

__all__ = [
    "AbsenceKind",
    "BodyKind",
    "BodyRow",
    "OfficerRow",
    "RegionRow",
    "appoint",
    "bodies",
    "body",
    "ensure_body",
    "ensure_officer",
    "ensure_post",
    "ensure_region",
    "forget",
    "name_of",
    "officer",
    "officers_at",
    "record_absence",
    "regions",
    "relieve",
]
