"""The licences of a joint service that several bodies handle together, as the tables have them."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson

from tongban.cases.rules.evolve import restored
from tongban.cases.rules.joint import Outcome, outcome_of
from tongban.cases.rules.jointly import Licence, Period, bounds, period_of
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Stage
from tongban.kernel.ids import ItemCode
from tongban.kernel.sql import load, run

LawOf = Callable[[ItemCode, int], Law]
"""The law of an item's version."""


@dataclass(frozen=True, slots=True)
class Together:
    """The time that the licences of a joint service have together; `asked`: whether more is asked for."""

    period: Period | None
    asked: bool


def together(number: str, law_of: LawOf) -> Together:
    """The time of the licences of this joint service. One statement."""
    rows = run(load("tongban.cases", "joint_licences"), (number,))
    licences = []
    for item, version, body, region, stage, granted, facts, _asked in rows:
        law = law_of(ItemCode(item), version)
        if bounds(law):
            open_ = outcome_of(Stage(stage), granted) is Outcome.OPEN
            licences.append(Licence(law, restored(orjson.loads(facts)), body, region, open_))
    return Together(period_of(licences), any(row[-1] for row in rows))
