"""The rules of an item for programs: tables, tests and their results. Open to everyone."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from tongban.catalogue import queries
from tongban.catalogue.endpoints.items import Slug
from tongban.engine.decisions import Table
from tongban.kernel.ids import ItemCode

router = Router(tags=["items"], auth=None)


class TableRow(BaseModel):
    """One row of a table: what it asks of each fact, in words, and what it comes to.

    A rule's `grant` or `pass`, or the word with which a step ends.
    """

    number: int
    asks: dict[str, str]
    decision: str
    reason: str
    law: str


class TableTest(BaseModel):
    """One test of a table: the facts it takes, in words, the row that must hit, and whether it does."""

    test: str
    facts: dict[str, str]
    row: str
    passes: bool


class TableOut(BaseModel):
    """A published table; `version` is its digest, `table` its cells as they are written."""

    name: str
    version: str
    table: list[list[str]]
    rows: list[TableRow]
    tests: list[TableTest]


class RuleOut(TableOut):
    """A published rule: its table, what it says in a few words, and whom it asks."""

    says: str
    sources: list[str]


class WayOut(TableOut):
    """A table by which cases find their way; `step` is what the drawing calls the step that it ends."""

    step: str


class RulePage(BaseModel):
    """The rule by which an item is granted at once, null where officers decide; and those of its flow.

    `looks`: which registers steps of the flow ask, what and why.
    """

    code: str
    rule: RuleOut | None
    ways: list[WayOut]
    looks: list[str]


@router.get("/{code}/rule", response=RulePage, operation_id="item_rule")
def item_rule(request: HttpRequest, code: Slug) -> RulePage:
    """The rules that decide, and those that say how a case goes on, with their tests and the results."""
    item = queries.item(ItemCode(code))
    ways = [
        WayOut(step=one.title, **_table(queries.way_in_words(one), one.table)) for one in item.flow_tables
    ]
    looks = [queries.asked_in_words(one) for one in item.registers_on_the_way]
    return RulePage(code=code, rule=_rule(item.rule) if item.rule else None, ways=ways, looks=looks)


def _rule(rule: queries.GrantRule) -> RuleOut:
    shown = queries.rule_in_words(rule)
    return RuleOut(says=shown.says, sources=list(shown.sources), **_table(shown.table, rule.table))


def _table(shown: queries.TableShown, table: Table) -> dict[str, Any]:
    """What rules and tables of flows have in common."""
    return {
        "name": shown.name,
        "version": shown.version,
        "table": [list(row) for row in table.grid],
        "rows": [
            TableRow(
                number=row.number,
                asks=dict(row.asks),
                decision=row.outcome,
                reason=row.reason,
                law=row.law,
            )
            for row in shown.rows
        ],
        "tests": [
            TableTest(test=one.name, facts=dict(one.given), row=one.row, passes=one.passes)
            for one in shown.trials
        ],
    }
