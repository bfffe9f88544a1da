"""The rule of an item for programs: its table, its tests and their results. Open to everyone."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from tongban.catalogue import queries
from tongban.catalogue.endpoints.items import Slug
from tongban.kernel.ids import ItemCode

router = Router(tags=["items"], auth=None)


class RuleRow(BaseModel):
    """One row of a rule: what it asks of each fact, in words; whether it grants or passes to a person."""

    number: int
    asks: dict[str, str]
    decision: Literal["grant", "pass"]
    reason: str
    law: str


class RuleTest(BaseModel):
    """One test of a rule: the facts it takes, in words, the row that must hit, and whether it does."""

    test: str
    facts: dict[str, str]
    row: str
    passes: bool


class RuleOut(BaseModel):
    """A published rule; `version` is the digest of its table, `table` its cells as they are written."""

    name: str
    version: str
    says: str
    sources: list[str]
    table: list[list[str]]
    rows: list[RuleRow]
    tests: list[RuleTest]


class RulePage(BaseModel):
    """The rule by which an item is granted at once; null where officers decide."""

    code: str
    rule: RuleOut | None


@router.get("/{code}/rule", response=RulePage, operation_id="item_rule")
def item_rule(request: HttpRequest, code: Slug) -> RulePage:
    """The rule by which an item is granted at once, with its version, its tests and their results."""
    rule = queries.item(ItemCode(code)).rule
    return RulePage(code=code, rule=_rule(rule) if rule else None)


def _rule(rule: queries.GrantRule) -> RuleOut:
    shown = queries.rule_in_words(rule)
    return RuleOut(
        name=shown.name,
        version=shown.version,
        says=shown.says,
        sources=list(shown.sources),
        table=[list(row) for row in rule.table.grid],
        rows=[
            RuleRow(
                number=row.number,
                asks=dict(row.asks),
                decision="grant" if row.grants else "pass",
                reason=row.reason,
                law=row.law,
            )
            for row in shown.rows
        ],
        tests=[
            RuleTest(test=one.name, facts=dict(one.given), row=one.row, passes=one.passes)
            for one in shown.trials
        ],
    )
