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
from tongban.administration.rules import steps
from tongban.administration.rules.shape import KINDS, ROLES, officer_numbered
from tongban.administration.rules.steps import Step

__all__ = [
    "KINDS",
    "ROLES",
    "Asked",
    "Carrying",
    "FirstPassword",
    "Imported",
    "Step",
    "agree",
    "confirm",
    "decline",
    "expire",
    "import_sheets",
    "officer_numbered",
    "propose",
    "steps",
    "withdraw",
]
