"""What a cell says: any value, none, some values, or those between two bounds."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from tongban.engine.decisions.columns import Column
from tongban.engine.expressions import Sort

Plain: TypeAlias = str | Decimal | bool | date
"""A value as it is compared."""

Output: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`: whatever it is, and also if there is none."""

    def holds(self, value: Plain | None) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Nothing:
    """`null`: there is no value."""

    def holds(self, value: Plain | None) -> bool:
        return value is None


@dataclass(frozen=True, slots=True)
class OneOf:
    """`paying | closed`: it is one of these."""

    values: tuple[Plain, ...]

    def holds(self, value: Plain | None) -> bool:
        return value is not None and value in self.values


@dataclass(frozen=True, slots=True)
class Between:
    """`>= 6`, `[1..3)`: above `low` and below `high`, where there are such; with or without the bounds."""

    low: Decimal | date | None
    high: Decimal | date | None
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: Plain | None) -> bool:
        return value is not None and self._above(value) and self._below(value)

    # The bounds of a column and its values are of one type: cells are read by the type of their column.
    def _above(self, value: Plain) -> bool:
        low = self.low
        return low is None or value > low or (self.with_low and value == low)  # type: ignore[operator]

    def _below(self, value: Plain) -> bool:
        high = self.high
        return high is None or value < high or (self.with_high and value == high)  # type: ignore[operator]


Cell: TypeAlias = Anything | Nothing | OneOf | Between


class CellError(ValueError):
    """The cell says nothing that its column could mean; `says` tells what to write."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(code)
        self.code, self.says = code, says


_COMPARED: Final = re.compile(r"(<=|>=|<|>)\s*(\S+)")
_RANGE: Final = re.compile(r"([\[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DIGITS: Final = 15


def cell_of(text: str, column: Column) -> Cell:
    """The cell of this text in a column of this type; CellError."""
    if text == "-":
        return Anything()
    if not text:
        raise CellError("CELL-EMPTY", "这一格是空的。不管是什么都行，就写 -；没有值，写 null。")
    if text == "null":
        if not column.type.maybe:
            says = f"“{column.name}”一定有值。可能没有的，请在列名的类型后面加 ?。"
            raise CellError("CELL-NEVER-NOTHING", says)
        return Nothing()
    ordered = column.type.sort in (Sort.NUMBER, Sort.DAY)
    compared, ranged = _COMPARED.fullmatch(text), _RANGE.fullmatch(text)
    if (compared or ranged) and not ordered:
        raise CellError("CELL-NOT-ORDERED", "这一列比不出大小。请写值，几个值用 | 隔开。")
    if compared:
        return _one_sided(compared[1], _bound(compared[2], column))
    if ranged:
        return _two_sided(ranged[1] + ranged[4], _bound(ranged[2], column), _bound(ranged[3], column))
    values = tuple(value_of(one.strip(), column) for one in _several(text, column))
    if len(set(values)) < len(values):
        raise CellError("CELL-TWICE", "同一个值写了两次。请删掉一个。")
    return OneOf(values)


def _several(text: str, column: Column) -> list[str]:
    # What people write in their own words may hold a bar; it stands for itself.
    return [text] if column.type.sort is Sort.TEXT else text.split("|")


def _one_sided(sign: str, bound: Decimal | date) -> Between:
    with_bound = sign.endswith("=")
    if sign.startswith(">"):
        return Between(bound, None, with_low=with_bound)
    return Between(None, bound, with_high=with_bound)


def _two_sided(ends: str, low: Decimal | date, high: Decimal | date) -> Between:
    between = Between(low, high, ends[0] == "[", ends[1] == "]")
    if low > high or (low == high and ends != "[]"):  # type: ignore[operator]
        raise CellError("CELL-RANGE-EMPTY", "这一段里什么也没有。请核对两头。")
    return between


def _bound(text: str, column: Column) -> Decimal | date:
    value = value_of(text, column)
    assert isinstance(value, Decimal | date)
    return value


def value_of(text: str, column: Column) -> Plain:
    """The value that is written, of the type of its column; CellError."""
    match column.type.sort:
        case Sort.NUMBER:
            return _number(text, column)
        case Sort.DAY:
            return _day(text)
        case Sort.BOOLEAN if text in ("true", "false"):
            return text == "true"
        case Sort.BOOLEAN:
            raise CellError("CELL-TYPE", "这里只能写 true（是）或 false（否）。")
        case Sort.CHOICE if text not in column.type.choices:
            says = f"“{text[:40]}”不在选项里。可选：{'、'.join(column.type.choices)}。"
            raise CellError("CELL-NO-SUCH-CHOICE", says)
        case Sort.TEXT if "\\" in text or ("'" in text and '"' in text):
            raise CellError("CELL-TYPE", "文字里不能有反斜杠，也不能单引号和双引号都有。")
        case _:
            return text


def _number(text: str, column: Column) -> Decimal:
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > _DIGITS:
        says = f"“{text[:40]}”不是数。写成 6、3.5、>= 6 或 [1..3]，不带单位和逗号，最多 {_DIGITS} 位。"
        raise CellError("CELL-TYPE", says)
    number = Decimal(text)
    if column.whole and number != int(number):
        raise CellError("CELL-TYPE", "这一列是整数，不能有小数。")
    return number


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        says = f"“{text[:40]}”不是日期。写成 2026-01-31、>= 2026-01-31 或 [2026-01-01..2026-12-31]。"
        raise CellError("CELL-TYPE", says)
    return day


def condition_of(cell: Cell, column: Column) -> str:
    """What the cell asks of its column, as an expression; nothing where it asks nothing."""
    name = f"date({column.name})" if column.type.sort is Sort.DAY else column.name
    match cell:
        case Anything():
            return ""
        case Nothing():
            return f"{column.name} == null"
        case OneOf(values) if column.type.sort in (Sort.BOOLEAN, Sort.CHOICE, Sort.TEXT):
            asked = _equal(column.name, values)
        case OneOf(values):
            asked = _with_value(_equal(name, values), column)
        case Between():
            asked = _with_value(_between(name, cell), column)
    return asked


def _equal(name: str, values: tuple[Plain, ...]) -> str:
    if len(values) == 1:
        return f"{name} == {written(values[0])}"
    return f"{name} in [{', '.join(map(written, values))}]"


def _between(name: str, cell: Between) -> str:
    if cell.low is not None and cell.high is not None:
        opens, closes = "[" if cell.with_low else "(", "]" if cell.with_high else ")"
        return f"{name} in {opens}{written(cell.low)}..{written(cell.high)}{closes}"
    if cell.low is not None:
        return f"{name} {'>=' if cell.with_low else '>'} {written(cell.low)}"
    assert cell.high is not None
    return f"{name} {'<=' if cell.with_high else '<'} {written(cell.high)}"


def _with_value(asked: str, column: Column) -> str:
    """Asked only where there is a value: days and numbers cannot be compared with nothing."""
    return f"{column.name} != null and {asked}" if column.type.maybe else asked


def written(value: Plain) -> str:
    """The value as a literal of an expression."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, Decimal):
        return str(value)
    return f'"{value}"' if "'" in value else f"'{value}'"


def output_of(value: Plain) -> Output:
    """The value as it is handed out: plain JSON, a day as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value
