"""A measure as a line of a list, and a plan as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from tongban.engine.calendar import legal_day
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode
from tongban.kernel.lights import Light
from tongban.plans.models import Measure, Plan
from tongban.plans.rules.clocks import Standing, standing
from tongban.plans.rules.figures import Figures, figures_of
from tongban.plans.rules.state import MeasureState
from tongban.plans.rules.words import COLOURS, STAGE_NAMES, term_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on a day, with its bodies by name. `plan`: the slug of its plan."""

    id: int
    plan: str
    standing: Standing
    lead: str
    responsible: tuple[str, ...]

    @property
    def state(self) -> MeasureState:
        """The measure itself."""
        return self.standing.state

    @property
    def stage(self) -> str:
        """Where it stands, in the reader's language."""
        return gettext(STAGE_NAMES[self.state.stage])

    @property
    def colour(self) -> str:
        """The colour of its stage."""
        return COLOURS[self.state.stage]

    @property
    def presses(self) -> bool:
        """Whether its light is not green."""
        return self.standing.light in (Light.YELLOW, Light.RED)

    @property
    def term(self) -> str:
        """By when, in the reader's language."""
        return term_in_words(self.state.term)

    @property
    def first(self) -> str:
        """By when it was to be done at first; empty where that is the same."""
        return "" if self.state.first == self.state.term else term_in_words(self.state.first)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list, with how many of its measures stand how."""

    slug: str
    title: str
    number: str
    issued_on: date
    issuer: str
    published: bool
    figures: Figures


def lines_of(rows: Sequence[Measure], names: Mapping[BodyCode, str], at: datetime) -> list[Line]:
    """Measures as they stand now; every row has its plan."""
    today, calendar = legal_day(at), calendar_in_force()
    return [
        Line(
            row.id,
            row.plan.slug,
            standing(row.state, row.plan.every, today, calendar),
            names.get(BodyCode(row.lead), row.lead),
            tuple(names.get(BodyCode(one), one) for one in row.responsible),
        )
        for row in rows
    ]


def plan_row(plan: Plan, lines: Sequence[Line], names: Mapping[BodyCode, str]) -> PlanRow:
    """A plan with the figures of its measures."""
    return PlanRow(
        plan.slug,
        plan.title,
        plan.number,
        plan.issued_on,
        names.get(BodyCode(plan.issuer), plan.issuer),
        plan.published_at is not None,
        figures_of([one.standing for one in lines]),
    )
