"""What binds one case: its regime's figures, its item's promise, the calendar of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Protocol

from tongban.cases.rules.life import LIFE, Act
from tongban.cases.rules.place import closed_by_flow
from tongban.cases.rules.state import CaseState
from tongban.engine.calendar import Calendar
from tongban.engine.decisions import Table
from tongban.engine.flow import Net
from tongban.engine.forms import Field, Form
from tongban.kernel.figures import Figure, Limit, Regime, Source, SpecialProcedureKind
from tongban.kernel.ids import BodyCode, RegionCode


class RegisterAsked(Protocol):
    """A register that a rule asks, by its name in the rule; `answer` is what it answers, as a form."""

    @property
    def name(self) -> str: ...
    @property
    def register_name(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def answer(self) -> Form: ...


class CertificateHeld(Protocol):
    """A type of certificate that a rule looks for among those that the applicant holds."""

    @property
    def name(self) -> str: ...
    @property
    def certificate_name(self) -> str: ...


class YearsSince(Protocol):
    """The full years that a rule counts from a day that a register gave."""

    @property
    def name(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def label(self) -> str: ...


class GrantRule(Protocol):
    """The published rule by which a case is granted: where its facts come from, and its table."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def registers(self) -> Sequence[RegisterAsked]: ...
    @property
    def certificates(self) -> Sequence[CertificateHeld]: ...
    @property
    def years(self) -> Sequence[YearsSince]: ...
    @property
    def fields(self) -> Mapping[str, Field]: ...
    @property
    def table(self) -> Table: ...
    @property
    def prints(self) -> Sequence[str]: ...
    @property
    def asks_again_for(self) -> timedelta: ...


class FlowTable(Protocol):
    """A table by which a flow finds its way, as an item publishes it."""

    @property
    def name(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def table(self) -> Table: ...


class BodyNamed(Protocol):
    """A body that an item names: who decides what another examined, or whose opinion is asked."""

    @property
    def body(self) -> BodyCode: ...
    @property
    def region(self) -> RegionCode: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a case. `statutory` overrides the regime's own limit where the item's law says otherwise.

    `procedures` are the clock-stopping procedures this item may use, a part of its regime's. `by_two`: why a
    second officer must agree to its decisions, as the item publishes it; empty where one decides. `net`: the
    flow that the case follows, of that version of its item; None where its item draws none. `supply_within`:
    how long materials are awaited that may follow after acceptance; `later`: what those are called, by kind.
    `superiors`: who decides what a body examines and sends up, by that body; empty where each decides itself.
    `asks`: by task of the flow, whose opinion it asks, each of them for its region. `tables`: by name, those
    by which the flow finds its way. `looks`: by task, the register that it asks.
    """

    regime: Regime
    promised: Limit
    calendar: Calendar
    statutory: Figure | None = None
    procedures: tuple[SpecialProcedureKind, ...] = ()
    rule: GrantRule | None = None
    by_two: str = ""
    net: Net | None = None
    net_version: int = 0
    supply_within: Limit | None = None
    later: Mapping[str, str] = field(default_factory=dict)
    superiors: Mapping[BodyCode, BodyNamed] = field(default_factory=dict)
    asks: Mapping[str, Sequence[BodyNamed]] = field(default_factory=dict)
    tables: Mapping[str, FlowTable] = field(default_factory=dict)
    looks: Mapping[str, RegisterAsked] = field(default_factory=dict)

    def limit(self, name: str, day: date) -> tuple[Limit, str] | None:
        """The regime's figure of that name in force that day, with its source in words, if it has one."""
        figure = self.regime.figures.get(name)
        if name == "decide_within" and self.statutory is not None:
            figure = self.statutory
        if figure is None:
            return None
        entry = figure.on(day)
        return entry.limit, f"{entry.source.law} {entry.source.article}".strip()

    def knows(self, act: Act) -> bool:
        """Whether the regime has this act at all."""
        match act:
            case Act.DEEM_ACCEPTED:
                return (
                    self.regime.silence_is_acceptance is not None and "notify_within" in self.regime.figures
                )
            case Act.START_SPECIAL_PROCEDURE | Act.END_SPECIAL_PROCEDURE:
                return bool(self.procedures)
            case Act.EXTEND:
                return "extend_by" in self.regime.figures
            case Act.EXTEND_JOINTLY:
                return "extend_jointly_by" in self.regime.figures
            case Act.ACCEPT_TOLERANTLY | Act.SUPPLY:
                return self.supply_within is not None
            case Act.REVOKE:
                return self.regime.revocation is not None
            case Act.FORWARD:
                return bool(self.superiors)
            case _:
                return True

    @property
    def from_acceptance(self) -> str:
        """The figure whose days run from acceptance: to decide, or to examine what another body decides."""
        return "review_within" if self.superiors and self.statutory is None else "decide_within"

    @property
    def remedies_of_revocation(self) -> tuple[Source, ...]:
        """Reconsideration and suit; what the law of the grant itself says of remedies is of refusals."""
        law = self.regime.revocation
        return tuple(one for one in self.regime.remedies if law is None or one.law != law.law)


class Drawn(Protocol):
    """How an item draws the handling of its cases."""

    @property
    def net(self) -> Net: ...
    @property
    def asks(self) -> Mapping[str, Sequence[BodyNamed]]: ...
    @property
    def tables(self) -> Mapping[str, FlowTable]: ...
    @property
    def looks(self) -> Mapping[str, RegisterAsked]: ...


class Asked(Protocol):
    """A material as an item lists it."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def may_follow(self) -> bool: ...


class Published(Protocol):
    """What a published item says of the law of its cases."""

    @property
    def regime(self) -> Regime: ...
    @property
    def promised(self) -> Limit: ...
    @property
    def statutory(self) -> Figure | None: ...
    @property
    def special_procedures(self) -> tuple[SpecialProcedureKind, ...]: ...
    @property
    def rule(self) -> GrantRule | None: ...
    @property
    def by_two(self) -> str: ...
    @property
    def later_within(self) -> Limit | None: ...
    @property
    def materials(self) -> Sequence[Asked]: ...
    @property
    def process(self) -> Drawn | None: ...
    @property
    def version(self) -> int: ...
    @property
    def superiors(self) -> Mapping[BodyCode, BodyNamed]: ...


def law_of(item: Published, calendar: Calendar, followed: Published | None = None) -> Law:
    """What binds a case of this item, as published when it was opened, under the calendar of today.

    `followed`: the version whose flow it follows, where it was moved to another.
    """
    drawn = followed or item
    return Law(
        item.regime,
        item.promised,
        calendar,
        item.statutory,
        item.special_procedures,
        item.rule,
        item.by_two,
        drawn.process.net if drawn.process else None,
        drawn.version,
        item.later_within,
        {one.kind: one.name for one in item.materials if one.may_follow},
        item.superiors,
        drawn.process.asks if drawn.process else {},
        drawn.process.tables if drawn.process else {},
        drawn.process.looks if drawn.process else {},
    )


DECIDING: Final = frozenset({Act.GRANT, Act.REFUSE})
"""What is left to the body above where one examines and another decides."""


def acts_of(state: CaseState, law: Law) -> frozenset[Act]:
    """The acts that life and law leave open to this case now."""
    acts = {act for act in LIFE[state.stage] if law.knows(act)}
    if state.facts.extended_by is not None:
        acts.discard(Act.EXTEND)
    if state.facts.joint is None:
        acts.discard(Act.EXTEND_JOINTLY)
    if not state.facts.granted:
        acts.discard(Act.REVOKE)
    acts -= DECIDING if state.head.body in law.superiors else {Act.FORWARD}
    closed = closed_by_what_is_owed(state) | closed_by_what_is_undone(state)
    return frozenset(acts) - closed - closed_by_flow(state, law.net)


def closed_by_what_is_owed(state: CaseState) -> frozenset[Act]:
    """The acts that need everything to be there, or something to be owed, where it is the other way.

    What is not there at acceptance is told to the applicant with its last day; before it is there, nothing is
    granted, or sent up to be.
    """
    if state.facts.owed:
        return frozenset({Act.ACCEPT, Act.GRANT, Act.FORWARD})
    return frozenset({Act.ACCEPT_TOLERANTLY, Act.SUPPLY})


def closed_by_what_is_undone(state: CaseState) -> frozenset[Act]:
    """Nothing is granted upon a result that does not stand any more, or sent up to be."""
    return frozenset({Act.GRANT, Act.FORWARD}) if state.facts.undone else frozenset()
