"""What a table leaves open: inputs that no row covers, rows that overlap, rows that never can be the answer.

Exact: every column is cut into the pieces within which no cell of it tells two values apart (each choice,
each number or day that is named and the stretches between them, each text that is named and any other), and
one value stands for each piece. Ways through the columns that leave the same rows are gone once. How
much there is to look at is counted before it is looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, pairwise
from typing import Final

from tongban.engine.decisions.cells import Between, OneOf, Plain
from tongban.engine.decisions.columns import Column, Policy
from tongban.engine.decisions.faults import CellFault
from tongban.engine.decisions.table import Table
from tongban.engine.expressions import Sort

MOST_LOOKS: Final = 2_000_000
"""So often may a piece be held against the rows that are left, or a cell against a value: a second or two."""

_SHOWN: Final = 5
"""So many gaps and overlaps are named; more would be repetition."""

Example = tuple[Plain | None, ...]


def check(table: Table) -> list[CellFault]:
    """Every gap, every overlap of a unique table, every row that never is the answer; with an example."""
    ways = _Ways(table)
    ways.go()
    if ways.too_many:
        says = "这张表的组合太多，查不全有没有漏。请拆成几张，或者少几列。"
        return [CellFault(1, 0, "TABLE-TOO-LARGE", says)]
    return [*_gaps(table, ways), *_overlaps(table, ways), *_unreachable(table, ways)]


@dataclass(slots=True)
class _Ways:
    """Goes through every combination of pieces once: column by column, by the rows still possible there."""

    table: Table
    ends: dict[int, Example] = field(default_factory=dict)
    """By the rows that hit, as bits: an example of what they all hit."""
    gaps: list[Example] = field(default_factory=list)
    looks: int = 0
    too_many: bool = False

    def go(self) -> None:
        """Through all columns; no further than to the one that would be too much, which is told before."""
        pieces = self._all_pieces()
        if self.too_many:
            return
        left: dict[int, Example] = {(1 << len(self.table.rows)) - 1: ()}
        for place, column in enumerate(pieces):
            if not self._may_look(len(left) * len(column)):
                return
            behind: dict[int, Example] = {}
            for rows, before in left.items():
                for value, hit in column:
                    if (still := rows & hit) not in behind:
                        behind[still] = (*before, value)
            if (gap := behind.pop(0, None)) is not None:
                self.gaps.append((*gap, *(others[0][0] for others in pieces[place + 1 :])))
            left = behind
        self.ends = left

    def _may_look(self, times: int) -> bool:
        """Whether there may be so many looks more, which are counted then."""
        self.too_many = self.looks + times > MOST_LOOKS
        self.looks += 0 if self.too_many else times
        return not self.too_many

    def _all_pieces(self) -> list[list[tuple[Plain | None, int]]]:
        """The pieces of every column; none where cutting them would be too much already."""
        rows, columns = self.table.rows, self.table.inputs
        values = [_values(column, [row.cells[place] for row in rows]) for place, column in enumerate(columns)]
        if not self._may_look(len(rows) * sum(map(len, values))):
            return []
        return [list(_pieces(self.table, place, values[place])) for place in range(len(columns))]


def _pieces(table: Table, place: int, values: Sequence[Plain | None]) -> Iterator[tuple[Plain | None, int]]:
    """One value of every piece of a column, with the rows whose cell holds for it; alike ones once."""
    seen: set[int] = set()
    cells = [row.cells[place] for row in table.rows]
    for value in values:
        hit = sum(1 << at for at, cell in enumerate(cells) if cell.holds(value))
        if hit not in seen:
            seen.add(hit)
            yield value, hit


def _values(column: Column, cells: Sequence[object]) -> list[Plain | None]:
    """One value of every piece that the cells tell apart, in their order; None where there may be none."""
    named: set[Plain] = set()
    for cell in cells:
        if isinstance(cell, OneOf):
            named.update(cell.values)
        elif isinstance(cell, Between):
            named.update(bound for bound in (cell.low, cell.high) if bound is not None)
    values: list[Plain | None]
    match column.type.sort:
        case Sort.CHOICE:
            values = list(column.type.choices)
        case Sort.BOOLEAN:
            values = [True, False]
        case Sort.DAY:
            values = list(_days(one for one in named if isinstance(one, date)))
        case Sort.NUMBER:
            values = list(_numbers(sorted(one for one in named if isinstance(one, Decimal)), column.whole))
        case _:
            texts = sorted(str(one) for one in named)
            values = [*texts, next(text for text in _others() if text not in texts)]
    return values + [None] * column.type.maybe


def _others() -> Iterator[str]:
    yield "别的文字"
    yield from (f"别的文字{number}" for number in count(2))


def _days(named: Iterator[date]) -> list[date]:
    """Every day that is named, and its neighbours: no cell tells the other days between apart."""
    days: set[date] = set()
    for day in named:
        days.add(day)
        days.update([day - timedelta(days=1)] if day > date.min else ())
        days.update([day + timedelta(days=1)] if day < date.max else ())
    return sorted(days) or [date(2026, 1, 1)]


def _numbers(named: Sequence[Decimal], whole: bool) -> list[Decimal]:
    """Every number that is named, one below and above, and one of each stretch between where there is any."""
    if not named:
        return [Decimal(0)]
    if whole:
        return sorted({one + step for one in named for step in (-1, 0, 1)})
    between = [(low + high) / 2 for low, high in pairwise(named)]
    return sorted({named[0] - 1, *named, *between, named[-1] + 1})


def _gaps(table: Table, ways: _Ways) -> Iterator[CellFault]:
    for example in ways.gaps[:_SHOWN]:
        says = f"没有一条规则管到这种情况：{in_words(table, example)}。请补一条，或在最后加一条全是 - 的。"
        yield CellFault(len(table.rows) + 1, 0, "TABLE-GAP", says)


def _overlaps(table: Table, ways: _Ways) -> Iterator[CellFault]:
    if table.policy is not Policy.UNIQUE:
        return
    pairs: dict[tuple[int, int], Example] = {}
    for rows, example in ways.ends.items():
        numbers = _numbers_of(rows)
        for first, second in pairwise(numbers):
            pairs.setdefault((first, second), example)
    for (first, second), example in sorted(pairs.items(), key=lambda one: one[0])[:_SHOWN]:
        says = f"第 {first} 条和第 {second} 条都管到这种情况：{in_words(table, example)}。请改得不重叠。"
        yield CellFault(second + 1, 0, "TABLE-OVERLAP", says)


def _unreachable(table: Table, ways: _Ways) -> Iterator[CellFault]:
    answers: set[int] = set()
    for rows in ways.ends:
        numbers = _numbers_of(rows)
        answers.update(numbers[:1] if table.policy is Policy.FIRST else numbers)
    for row in table.rows:
        if row.number not in answers:
            says = f"第 {row.number} 条永远轮不到：它管的情况前面都管到了。请删掉，或移到前面。"
            yield CellFault(row.number + 1, 0, "ROW-UNREACHABLE", says)


def _numbers_of(rows: int) -> list[int]:
    return [at + 1 for at in range(rows.bit_length()) if rows >> at & 1]


def in_words(table: Table, example: Example) -> str:
    """An input as one reads it: fund.state 是 paying，paid 是 5.5."""
    told = zip(table.inputs, example, strict=True)
    return "，".join(f"{column.name} 是 {_said(value)}" for column, value in told)


def _said(value: Plain | None) -> str:
    if value is None:
        return "null（没有）"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
