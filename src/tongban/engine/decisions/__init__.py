"""Decision tables: rules as rows that anybody can read, checked whole before one of them decides.

Owns: what a table's file may say, which rows hit, whether every input is covered.
Says: `read(content)`, `check(table)`, `decide(table, facts)`, `trials_of(content, table)` for its own tests.
Asks: engine.expressions for what each row asks; engine.sheets for workbooks.

The first row: the hit policy (`first`, `unique`, `collect`), then `if fund.state: paying | closed`,
`if paid: number?`, `then decision: grant | pass`, `reason`, `law`. Below, row by row: its number, and in each
column a value, several (`paying | closed`), a bound (`>= 6`), a range (`[1..3)`), `null` for none, `-` for
any.
"""

from tongban.engine.decisions.cells import Anything, Between, Cell, Nothing, OneOf, Output, Plain
from tongban.engine.decisions.columns import Column, Policy
from tongban.engine.decisions.coverage import check
from tongban.engine.decisions.faults import CellFault
from tongban.engine.decisions.grid import Grid, grid_of
from tongban.engine.decisions.table import SHEET as TABLE_SHEET
from tongban.engine.decisions.table import Decided, Row, Table, decide, read, table_of
from tongban.engine.decisions.trials import SHEET as TRIALS_SHEET
from tongban.engine.decisions.trials import Trial, trials_from, trials_of
from tongban.engine.decisions.years import full_years

__all__ = [
    "TABLE_SHEET",
    "TRIALS_SHEET",
    "Anything",
    "Between",
    "Cell",
    "CellFault",
    "Column",
    "Decided",
    "Grid",
    "Nothing",
    "OneOf",
    "Output",
    "Plain",
    "Policy",
    "Row",
    "Table",
    "Trial",
    "check",
    "decide",
    "full_years",
    "grid_of",
    "read",
    "table_of",
    "trials_from",
    "trials_of",
]
