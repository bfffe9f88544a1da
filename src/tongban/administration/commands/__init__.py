"""What changes: proposals, and by them the city's arrangement."""

from tongban.administration.commands.carrying import Carrying, FirstPassword
from tongban.administration.commands.founding import found_administrator
from tongban.administration.commands.importing import Imported, import_sheets
from tongban.administration.commands.keys import drop_retired, rewrap_at_once, rewrap_on, supply
from tongban.administration.commands.packs import PacksSeen, look_into_packs
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
from tongban.administration.rules.years import YearAsked, YearJudged, judge_year

__all__ = [
    "KINDS",
    "ROLES",
    "Asked",
    "Carrying",
    "FirstPassword",
    "Imported",
    "PacksSeen",
    "Step",
    "YearAsked",
    "YearJudged",
    "agree",
    "confirm",
    "decline",
    "drop_retired",
    "expire",
    "found_administrator",
    "import_sheets",
    "judge_year",
    "look_into_packs",
    "officer_numbered",
    "propose",
    "rewrap_at_once",
    "rewrap_on",
    "steps",
    "supply",
    "withdraw",
]
