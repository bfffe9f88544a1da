"""What officers see and press, and what everybody sees."""

from tongban.plans.pages.bringing import bring, reading, template
from tongban.plans.pages.everyone import published, published_plan
from tongban.plans.pages.measures import act, measure
from tongban.plans.pages.registers import exported, filled_in, home, measures, plan

__all__ = [
    "act",
    "bring",
    "exported",
    "filled_in",
    "home",
    "measure",
    "measures",
    "plan",
    "published",
    "published_plan",
    "reading",
    "template",
]
