"""Officers by name, as colleagues are told them; people are told masked names where it matters."""

from datetime import date
from uuid import UUID

from tongban.directory import api as directory
from tongban.kernel.ids import OfficerId


def name_of(officer: UUID | None, on: date) -> str:
    """An officer's name. No statement."""
    found = directory.officer(OfficerId(officer), on) if officer else None
    return found.name if found else "已离岗的工作人员"
