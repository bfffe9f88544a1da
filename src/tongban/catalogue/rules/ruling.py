"""The published rule as people read it: where its facts come from, its rows, its tests and their results."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tongban.catalogue.rules.granting import CertificateHeld, FlowTable, GrantRule, RegisterAsked, YearsSince
from tongban.engine.decisions import (
    Anything,
    Between,
    Cell,
    Column,
    Nothing,
    OneOf,
    Plain,
    Policy,
    Row,
    Trial,
)
from tongban.kernel.speech import full_day_in_words

GRANT: Final = "grant"
"""What a row of a rule says that grants."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: its number, what it asks by fact, what it comes to, why and by which law."""

    number: int
    asks: tuple[tuple[str, str], ...]
    outcome: str
    reason: str
    law: str

    @property
    def grants(self) -> bool:
        """Whether it grants; what a flow's table says never does."""
        return self.outcome == GRANT


@dataclass(frozen=True, slots=True)
class TrialShown:
    """One test: what it shows, the facts it takes, the row that must hit, whether it does."""

    name: str
    given: tuple[tuple[str, str], ...]
    row: str
    passes: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table as its page and JSON show it; `version` is its digest, `short` how that begins.

    `title`: what the drawing calls the task that it ends; empty of the table of a rule. `first`: whether the
    first row that hits is the answer, else never can two.
    """

    name: str
    version: str
    short: str
    title: str
    first: bool
    heads: tuple[str, ...]
    rows: tuple[RowShown, ...]
    trials: tuple[TrialShown, ...]

    @property
    def all_pass(self) -> bool:
        """Whether every test comes out as it says."""
        return all(one.passes for one in self.trials)


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as its page and JSON show it: what it says in a few words, whom it asks, and its table."""

    says: str
    sources: tuple[str, ...]
    table: TableShown


def in_words(rule: GrantRule) -> RuleShown:
    """The rule in plain words of the language of the moment."""
    heads = tuple(_head(column.name, rule) for column in rule.table.inputs)
    sources = (
        *map(asked_in_words, rule.registers),
        *map(_certificate, rule.certificates),
        *(_years(one, rule) for one in rule.years),
    )
    return RuleShown(rule.says, sources, _shown(rule, "", heads))


def way_in_words(rule: FlowTable) -> TableShown:
    """The table by which a flow finds its way, in plain words."""
    return _shown(rule, rule.title, tuple(rule.fields[column.name].label for column in rule.table.inputs))


def _shown(rule: GrantRule | FlowTable, title: str, heads: tuple[str, ...]) -> TableShown:
    return TableShown(
        name=rule.name,
        version=rule.version,
        short=rule.short,
        title=title,
        first=rule.table.policy is Policy.FIRST,
        heads=heads,
        rows=tuple(_row(row, rule, heads) for row in rule.table.rows),
        trials=tuple(_trial(one, rule, heads) for one in rule.trials),
    )


def asked_in_words(asked: RegisterAsked) -> str:
    """Which register is asked what, and why."""
    told = {"register": asked.register_name, "question": asked.question, "purpose": asked.purpose}
    return _("向“%(register)s”查询：%(question)s。为了%(purpose)s。") % told


def _certificate(one: CertificateHeld) -> str:
    told = {"name": one.certificate_name, "purpose": one.purpose}
    return _("看您有没有有效的电子证照“%(name)s”。为了%(purpose)s。") % told


def _years(one: YearsSince, rule: GrantRule) -> str:
    told = {"label": one.label, "day": rule.fields[one.since].label}
    return _("%(label)s：从%(day)s算起，算到收到申请那天。") % told


def _head(name: str, rule: GrantRule) -> str:
    """What a fact is called: as its register asks, by its certificate, or by the day it counts from."""
    if name in rule.fields:
        return rule.fields[name].label
    source = name.partition(".")[0]
    for one in rule.certificates:
        if one.name == source:
            return _("持有有效的“%(name)s”") % {"name": one.certificate_name}
    return next(one.label for one in rule.years if one.name == name)


def _row(row: Row, rule: GrantRule | FlowTable, heads: tuple[str, ...]) -> RowShown:
    said = [_cell(cell, column, rule) for cell, column in zip(row.cells, rule.table.inputs, strict=True)]
    outcome = "".join(str(value) for value in row.outputs.values())
    return RowShown(row.number, tuple(zip(heads, said, strict=True)), outcome, row.reason, row.law)


def _trial(one: Trial, rule: GrantRule | FlowTable, heads: tuple[str, ...]) -> TrialShown:
    said = [_given(text, column, rule) for text, column in zip(one.given, rule.table.inputs, strict=True)]
    rows = _("、").join(map(str, one.rows))
    return TrialShown(one.name, tuple(zip(heads, said, strict=True)), rows, one.passes)


def _given(text: str, column: Column, rule: GrantRule | FlowTable) -> str:
    if text in ("", "null"):
        return _("没有")
    if text in ("true", "false") and not column.type.choices:
        return _value(text == "true", column, rule)
    return _value(text, column, rule)


def _cell(cell: Cell, column: Column, rule: GrantRule | FlowTable) -> str:
    match cell:
        case Anything():
            return _("都可以")
        case Nothing():
            return _("没有")
        case OneOf(values):
            return _("或").join(_value(value, column, rule) for value in values)
        case Between():
            return _between(cell, column, rule)


def _between(cell: Between, column: Column, rule: GrantRule | FlowTable) -> str:
    bounds = []
    if cell.low is not None:
        words = _("不少于 %(bound)s") if cell.with_low else _("多于 %(bound)s")
        if isinstance(cell.low, date):
            words = _("%(bound)s起") if cell.with_low else _("%(bound)s以后")
        bounds.append(words % {"bound": _value(cell.low, column, rule)})
    if cell.high is not None:
        words = _("不超过 %(bound)s") if cell.with_high else _("不到 %(bound)s")
        if isinstance(cell.high, date):
            words = _("到%(bound)s为止") if cell.with_high else _("%(bound)s以前")
        bounds.append(words % {"bound": _value(cell.high, column, rule)})
    return _("，").join(bounds)


def _value(value: Plain, column: Column, rule: GrantRule | FlowTable) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return full_day_in_words(value)
    if isinstance(value, Decimal):
        return str(value)
    field = rule.fields.get(column.name)
    labels = {option.code: option.label for option in field.options} if field else {}
    return labels.get(value, value)
