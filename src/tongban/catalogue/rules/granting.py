"""The published rule by which an item is granted at once: its facts, their sources, its table and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from tongban.engine.decisions import Table, Trial, table_of, trials_from
from tongban.engine.forms import Field, Form, form_of

Data = Mapping[str, Any]

SHORT: Final = 12
"""So many letters of a table's digest name its version where people read it."""


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """A register that is asked one question: `name` is the source's in a rule, or a task; `answer` a form."""

    name: str
    register: str
    register_name: str
    kept_by: str
    asks: str
    question: str
    purpose: str
    answer: Form


@dataclass(frozen=True, slots=True)
class CertificateHeld:
    """A type of certificate; the fact is whether the applicant holds one that is valid."""

    name: str
    certificate: str
    certificate_name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class YearsSince:
    """How many years are full since another fact, a day, on the day the application came."""

    name: str
    since: str
    label: str


@dataclass(frozen=True, slots=True)
class GrantRule:
    """The rule by which an item is granted at once.

    `name` says item, version and table in one word, as the story of a case keeps it; `version` is the table's
    digest. `prints` are the facts that go onto the certificate. Asked in another language its sentences are
    told in it, and the version stays.
    """

    name: str
    version: str
    registers: tuple[RegisterAsked, ...]
    certificates: tuple[CertificateHeld, ...]
    years: tuple[YearsSince, ...]
    table: Table
    trials: tuple[Trial, ...]
    says: str
    prints: tuple[str, ...]
    asks_again_for: timedelta

    @property
    def short(self) -> str:
        """The version as people read it."""
        return self.version[:SHORT]

    @property
    def fields(self) -> dict[str, Field]:
        """By fact the field of a register's answer that gives it."""
        return {
            f"{asked.name}.{field.name}": field
            for asked in self.registers
            for _, field, _ in asked.answer.asked
        }


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table by which a flow finds its way: `title` is what the drawing calls the task that asks it.

    `name`, `version` and `short` as those of a `GrantRule`; `fields` are those of the form, by name.
    """

    name: str
    title: str
    version: str
    table: Table
    trials: tuple[Trial, ...]
    fields: Mapping[str, Field]

    @property
    def short(self) -> str:
        """The version as people read it."""
        return self.version[:SHORT]


def flow_tables_of(document: Data, version: int, form: Form) -> dict[str, FlowTable]:
    """By name, the tables of the flow in the document of an item's version."""
    fields = {field.name: field for _, field, _ in form.asked}
    return {
        name: FlowTable(
            name=f"{document['slug']}@{version}:{data['digest'][:SHORT]}",
            title=data["title"],
            version=data["digest"],
            table=(table := table_of(data["table"])),
            trials=tuple(trials_from(data["tests"], table)),
            fields=fields,
        )
        for name, data in document.get("process", {}).get("tables", {}).items()
    }


def rule_of(document: Data, version: int) -> GrantRule:
    """The rule in the document of an item's version."""
    data = document["rule"]
    # Storage keeps no order of keys; registers are asked in that of their names in the rule.
    sources = sorted(data["facts"].items())
    table = table_of(data["table"])
    return GrantRule(
        name=f"{document['slug']}@{version}:{data['digest'][:SHORT]}",
        version=data["digest"],
        registers=tuple(register_asked(name, one) for name, one in sources if "register" in one),
        certificates=tuple(_certificate(name, one) for name, one in sources if "certificate" in one),
        years=tuple(_years(name, one) for name, one in sources if "years_since" in one),
        table=table,
        trials=tuple(trials_from(data["tests"], table)),
        says=data["says"],
        prints=tuple(data.get("prints", ())),
        asks_again_for=timedelta(hours=data["asks_again_for"]["value"]),
    )


def register_asked(name: str, data: Data) -> RegisterAsked:
    """The register that a source of a rule asks, or a task of a flow, by the name it has there."""
    return RegisterAsked(
        name=name,
        register=data["register"],
        register_name=data["name"],
        kept_by=data["kept_by"],
        asks=data["asks"],
        question=data["question"],
        purpose=data["purpose"],
        answer=form_of(data["answer"]),
    )


def _years(name: str, data: Data) -> YearsSince:
    return YearsSince(name, data["years_since"], data["label"])


def _certificate(name: str, data: Data) -> CertificateHeld:
    return CertificateHeld(name, data["certificate"], data["name"], data["purpose"])
