"""Expressions: what flows and decision tables ask of data, in the part of ZEN that can be checked beforehand.

    types = {"state": choice_of("paying", "closed"), "paid": NUMBER, "since": DAY.or_nothing}
    rule = checked("state == 'paying' and paid >= 6", types)  # or ExpressionError: every fault, by column
    rule.of({"state": "paying", "paid": 7, "since": None})  # True

Owns: which text is an expression, which types its names may have, what it yields.
Says: `compiled(text)`, `checked(text, types, wanted)`, `faults_of(text, types, wanted)`, `types_of(form)`.
Asks: ZEN (`zen-engine`) to work them out; engine.forms for the kinds of answers.

Allowed: text in quotes, numbers, `true false null`, names (`state`, `fund.state`), `and or not`,
`== != < <= > >=`, `+ - *`, `in` and `not in` with a list, a range or a name of a list, `test ? yes : no`,
`len(list)`, and days as `date(born) >= date('2026-01-31')`. Refused: division, further functions, closures,
templates, assignments, indexing, objects, comparisons in a row. A name that may have no value must be asked
for first: `since != null and date(since) < date('2026-01-31')`.
"""

from tongban.engine.expressions.expression import Expression, Value, checked, compiled, faults_of, given_for
from tongban.engine.expressions.faults import ExpressionError, ExpressionFailed, ExpressionFault
from tongban.engine.expressions.types import (
    BOOLEAN,
    DAY,
    IN_WORDS,
    NUMBER,
    TEXT,
    Sort,
    Type,
    choice_of,
    list_of,
    type_of,
    types_of,
)

__all__ = [
    "BOOLEAN",
    "DAY",
    "IN_WORDS",
    "NUMBER",
    "TEXT",
    "Expression",
    "ExpressionError",
    "ExpressionFailed",
    "ExpressionFault",
    "Sort",
    "Type",
    "Value",
    "checked",
    "choice_of",
    "compiled",
    "faults_of",
    "given_for",
    "list_of",
    "type_of",
    "types_of",
]
