"""What a net is checked against: the legal life of a case, the facts of a form, the limits of an item."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tongban.engine.expressions import Type


@dataclass(frozen=True, slots=True)
class Life:
    """The legal life of a case as a table of stages and acts, and which acts mean what for limits.

    `ends`: stages in which a flow may be over. `accepts`, `decides`, `stops`, `resumes`, `revokes`: acts that
    take a case in, decide it, stop its clock, let it run again, and take back what was granted. `forwards`:
    the act that sends it up to who decides. `tolerates`, `supplies`: acts that take it in although something
    may still follow, and that bring it. `silence`: the act that nobody does and that takes it in all the
    same; `accepted`: the stages of what was taken in and is not decided.
    """

    first: str
    table: Mapping[Any, Mapping[Any, str]]
    ends: frozenset[str]
    accepts: frozenset[str]
    decides: frozenset[str]
    stops: frozenset[str] = frozenset()
    resumes: frozenset[str] = frozenset()
    tolerates: frozenset[str] = frozenset()
    supplies: frozenset[str] = frozenset()
    revokes: frozenset[str] = frozenset()
    forwards: str = ""
    silence: str = ""
    accepted: frozenset[str] = frozenset()

    def after(self, stage: str, act: str) -> str | None:
        """The stage to which an act leads; None where it cannot be done."""
        return self.table.get(stage, {}).get(act)

    def over(self, stage: str) -> bool:
        """Whether nobody has anything left to do in this stage; what was granted may still be revoked."""
        return not self.table.get(stage, {}).keys() - self.revokes

    def without(self, acts: frozenset[str]) -> "Life":
        """The same life where nobody can do these acts."""
        known = {
            stage: {act: goal for act, goal in table.items() if act not in acts}
            for stage, table in self.table.items()
        }
        return replace(self, table=known)

    def forwarded(self) -> "Life":
        """The life of a case that one body examines and another decides: each stage below, and above."""
        lower = {
            stage: {
                act: above(goal) if act == self.forwards else goal
                for act, goal in table.items()
                if act not in self.decides
            }
            for stage, table in self.table.items()
        }
        upper = {
            above(stage): {act: above(goal) for act, goal in table.items() if act != self.forwards}
            for stage, table in self.table.items()
        }
        ends, accepted = (names | frozenset(map(above, names)) for names in (self.ends, self.accepted))
        return replace(self, table=lower | upper, ends=ends, accepted=accepted)

    @property
    def acts(self) -> frozenset[str]:
        """Every act there is."""
        return frozenset(act for acts in self.table.values() for act in acts)


def above(stage: str) -> str:
    """The stage of a case that was sent up, where the other body has it."""
    return f"{stage}, above"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a net is to run. All that is left out is not checked.

    `facts`: the types of the form's elements, by name, as conditions may ask for them. `tables`: the types of
    what each decision table gives out. `promise`, `statute`: how long from
    acceptance to decision, in `unit`: workday, day or hour.
    """

    life: Life | None = None
    facts: Mapping[str, Type] | None = None
    tables: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    promise: int | None = None
    statute: int | None = None
    unit: str = "workday"
