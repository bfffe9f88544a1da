"""What is asked: plans and how they stand, one measure with its story, what waits for whom, what all see."""

from tongban.plans.queries.lines import Line, PlanRow
from tongban.plans.queries.measures import MeasureView, measure_of
from tongban.plans.queries.published import PublishedPlan, published, published_plan
from tongban.plans.queries.readings import Looked, look
from tongban.plans.queries.registers import (
    Awaited,
    Home,
    PlanView,
    awaited,
    home_of,
    plan_of,
    supervises,
    versions_of,
)
from tongban.plans.queries.sheets import exported, filled_in, template
from tongban.plans.rules.figures import MARKS, Figures, Narrowing
from tongban.plans.rules.life import Act
from tongban.plans.rules.state import Stage
from tongban.plans.rules.words import COLOURS, STAGE_NAMES, term_in_words

__all__ = [
    "COLOURS",
    "MARKS",
    "STAGE_NAMES",
    "Act",
    "Awaited",
    "Figures",
    "Home",
    "Line",
    "Looked",
    "MeasureView",
    "Narrowing",
    "PlanRow",
    "PlanView",
    "PublishedPlan",
    "Stage",
    "awaited",
    "exported",
    "filled_in",
    "home_of",
    "look",
    "measure_of",
    "plan_of",
    "published",
    "published_plan",
    "supervises",
    "template",
    "term_in_words",
    "versions_of",
]
