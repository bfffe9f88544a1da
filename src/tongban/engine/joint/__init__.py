"""Joint services: several items, of several departments, applied for as one.

Owns: which member waits for which, how long all of them last, and how their forms become one form in which
each thing is asked once.
Says: `plan_of(data)`, `finishes(waits, start, lasts)`, `unite(first, askings)`, `counted(…)`.
Asks: engine.forms for forms and conditions.
"""

from tongban.engine.joint.counting import Counts, counted
from tongban.engine.joint.graph import Circle, finishes, in_order, longest
from tongban.engine.joint.planning import FIRST, After, Plan, Planned, plan_of
from tongban.engine.joint.uniting import Asking, Clash, NotUnited, United, all_of, any_of, translated, unite
from tongban.engine.joint.ways import MOST_WAYS, TooManyWays, ways

__all__ = [
    "FIRST",
    "MOST_WAYS",
    "After",
    "Asking",
    "Circle",
    "Clash",
    "Counts",
    "NotUnited",
    "Plan",
    "Planned",
    "TooManyWays",
    "United",
    "all_of",
    "any_of",
    "counted",
    "finishes",
    "in_order",
    "longest",
    "plan_of",
    "translated",
    "unite",
    "ways",
]
