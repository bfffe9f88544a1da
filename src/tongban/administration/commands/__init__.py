"""What changes: proposals, and by them the city's arrangement."""

from tongban.administration.commands.carrying import Carrying, FirstPassword
from tongban.administration.commands.importing import Imported, import_sheets
from tongban.administration.commands.proposing import (
    Asked,
    agree,
    confirm,
    decline,
    expire,
    propose,
    withdraw,
)

__all__ = [
    "Asked",
    "Carrying",
    "FirstPassword",
    "Imported",
    "agree",
    "confirm",
    "decline",
    "expire",
    "import_sheets",
    "propose",
    "withdraw",
]
