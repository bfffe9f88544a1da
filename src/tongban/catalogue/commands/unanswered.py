"""Questions that found nothing, counted by day."""

import re
from datetime import datetime
from typing import Final

from tongban.engine.calendar import legal_day
from tongban.engine.search import plain
from tongban.kernel.sql import load, run

LONGEST: Final = 40
_SOMEBODYS_NUMBER: Final = re.compile(r"[0-9a-z]*[0-9]{6,}[0-9a-z]*")
"""Digits enough to be of a telephone, an identity card, a case; with letters that such a number may have."""


def count_unanswered(asked: str, *, at: datetime) -> None:
    """Count a question that found nothing; what is older than a year goes. One statement, or none.

    Kept is its plain writing without numbers that could be somebody's, and no more than forty characters.
    """
    question = " ".join(_SOMEBODYS_NUMBER.sub(" ", plain(asked)).split())[:LONGEST]
    if question:
        run(load("tongban.catalogue", "count_unanswered"), [question, legal_day(at)])
