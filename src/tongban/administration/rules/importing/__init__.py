"""A filled-in spreadsheet judged against what stands: every fault by its cell, or the steps it asks for."""

from tongban.administration.rules.importing.judging import Judged, judge
from tongban.administration.rules.importing.sheets import BODIES, PEOPLE, POSTS, REGIONS, SHEETS

__all__ = ["BODIES", "PEOPLE", "POSTS", "REGIONS", "SHEETS", "Judged", "judge"]
