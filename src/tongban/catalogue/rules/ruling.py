"""The published rule as people read it: where its facts come from, its rows, its tests and their results."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tongban.catalogue.rules.granting import CertificateHeld, GrantRule, RegisterAsked, YearsSince
from tongban.engine.decisions import Anything, Between, Cell, Column, Nothing, OneOf, Plain, Row, Trial
from tongban.kernel.speech import full_day_in_words


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: its number, what it asks by fact, whether it grants, why and by which law."""

    number: int
    asks: tuple[tuple[str, str], ...]
    grants: bool
    reason: str
    law: str


@dataclass(frozen=True, slots=True)
class TrialShown:
    """One test: what it shows, the facts it takes, the row that must hit, whether it does."""

    name: str
    given: tuple[tuple[str, str], ...]
    row: str
    passes: bool


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as its page and JSON show it; `version` is the digest of its table, `short` how that begins."""

    name: str
    version: str
    short: str
    says: str
    sources: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[RowShown, ...]
    trials: tuple[TrialShown, ...]

    @property
    def all_pass(self) -> bool:
        """Whether every test comes out as it says."""
        return all(one.passes for one in self.trials)


def in_words(rule: GrantRule) -> RuleShown:
    """The rule in plain words of the language of the moment."""
    heads = tuple(_head(column.name, rule) for column in rule.table.inputs)
    return RuleShown(
        name=rule.name,
        version=rule.version,
        short=rule.short,
        says=rule.says,
        sources=(
            *map(_register, rule.registers),
            *map(_certificate, rule.certificates),
            *(_years(one, rule) for one in rule.years),
        ),
        heads=heads,
        rows=tuple(_row(row, rule, heads) for row in rule.table.rows),
        trials=tuple(_trial(one, rule, heads) for one in rule.trials),
    )


def _register(asked: RegisterAsked) -> str:
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


def _row(row: Row, rule: GrantRule, heads: tuple[str, ...]) -> RowShown:
    said = [_cell(cell, column, rule) for cell, column in zip(row.cells, rule.table.inputs, strict=True)]
    grants = row.outputs.get("decision") == "grant"
    return RowShown(row.number, tuple(zip(heads, said, strict=True)), grants, row.reason, row.law)


def _trial(one: Trial, rule: GrantRule, heads: tuple[str, ...]) -> TrialShown:
    said = [_given(text, column, rule) for text, column in zip(one.given, rule.table.inputs, strict=True)]
    rows = _("、").join(map(str, one.rows))
    return TrialShown(one.name, tuple(zip(heads, said, strict=True)), rows, one.passes)


def _given(text: str, column: Column, rule: GrantRule) -> str:
    if text in ("", "null"):
        return _("没有")
    if text in ("true", "false") and not column.type.choices:
        return _value(text == "true", column, rule)
    return _value(text, column, rule)


def _cell(cell: Cell, column: Column, rule: GrantRule) -> str:
    match cell:
        case Anything():
            return _("都可以")
        case Nothing():
            return _("没有")
        case OneOf(values):
            return _("或").join(_value(value, column, rule) for value in values)
        case Between():
            return _between(cell, column, rule)


def _between(cell: Between, column: Column, rule: GrantRule) -> str:
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


def _value(value: Plain, column: Column, rule: GrantRule) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return full_day_in_words(value)
    if isinstance(value, Decimal):
        return str(value)
    field = rule.fields.get(column.name)
    labels = {option.code: option.label for option in field.options} if field else {}
    return labels.get(value, value)
