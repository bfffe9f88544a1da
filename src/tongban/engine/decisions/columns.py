"""What the first row says: the hit policy, what goes in with its type, what comes out, and the reasons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tongban.engine.decisions.faults import CellFault
from tongban.engine.expressions import BOOLEAN, DAY, NUMBER, TEXT, Type, choice_of


class Policy(StrEnum):
    """Which of the rows that hit is the answer."""

    FIRST = "first"
    """The first of them, from above."""
    UNIQUE = "unique"
    """Never can two hit."""
    COLLECT = "collect"
    """All of them, from above."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values: its name, type and place from 1. `whole`: a number without decimals."""

    name: str
    type: Type
    whole: bool
    place: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The first row, understood. `reason` and `law` are places, 0 where there is no such column."""

    policy: Policy
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    reason: int
    law: int


_HEADING: Final = re.compile(r"(if|then)\s+([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*:\s*(.+)")
_CHOICE: Final = re.compile(r"[a-z0-9\u4e00-\u9fff][a-z0-9\u4e00-\u9fff_-]{0,62}")
"""A code, or a word as people say it."""

_TYPES: Final = {"number": NUMBER, "whole": NUMBER, "boolean": BOOLEAN, "day": DAY, "text": TEXT}
_TYPED: Final = (
    "写 number（数）、whole（整数）、boolean（是或否）、day（日期）、text（文字），"
    "或把两个以上的选项用 | 隔开，例如 paying | closed；可能没有的，后面加 ?。"
)
_SHOWN: Final = "例如 if fund.state: paying | closed，或 if paid: number；结果写 then decision: grant | pass"


def heading_of(cells: Sequence[str]) -> tuple[Heading | None, list[CellFault]]:
    """The heading; None where a column cannot be understood, with every fault."""
    faults: list[CellFault] = []
    ins: list[Column] = []
    outs: list[Column] = []
    notes: dict[str, int] = {}
    if cells[0] not in list(Policy):
        says = "左上角一格写怎么取：first（从上往下第一条）、unique（只会有一条）或 collect（全部）。"
        faults.append(CellFault(1, 1, "POLICY-UNKNOWN", says))
    for place, cell in enumerate(cells[1:], start=2):
        found = _HEADING.fullmatch(cell)
        if cell in ("reason", "law") and cell not in notes:
            notes[cell] = place
        elif found is None:
            says = f"看不懂列名“{cell[:40]}”。{_SHOWN}；说明理由的列叫 reason，写依据的列叫 law。"
            faults.append(CellFault(1, place, "COLUMN-UNKNOWN", says))
        elif (column := _column(found[2], found[3].strip(), place)) is None:
            faults.append(CellFault(1, place, "TYPE-UNKNOWN", f"看不懂类型“{found[3][:40]}”。{_TYPED}"))
        else:
            (ins if found[1] == "if" else outs).append(column)
    faults += _whole_faults(ins, outs, notes)
    if faults:
        return None, faults
    policy = Policy(cells[0])
    return Heading(policy, tuple(ins), tuple(outs), notes["reason"], notes.get("law", 0)), []


def _whole_faults(ins: list[Column], outs: list[Column], notes: dict[str, int]) -> Iterator[CellFault]:
    """What is wrong with the columns together."""
    if not ins or not outs:
        yield CellFault(1, 0, "COLUMN-MISSING", f"至少要有一列 if 和一列 then。{_SHOWN}。")
    if "reason" not in notes:
        says = "缺少 reason 一列：每一条都要用一句白话说明理由，群众会看到。"
        yield CellFault(1, 0, "COLUMN-MISSING", says)
    seen: set[str] = set()
    for column in [*ins, *outs]:
        above = any(one.startswith(f"{column.name}.") or column.name.startswith(f"{one}.") for one in seen)
        if column.name in seen or above:
            yield CellFault(1, column.place, "COLUMN-TWICE", f"“{column.name}”写了两列。请并成一列。")
        seen.add(column.name)


def _column(name: str, told: str, place: int) -> Column | None:
    """The column of a name and its type as told: a word or choices, `?` where there may be no value."""
    word = told.removesuffix("?").strip()
    values = [one.strip() for one in word.split("|")]
    if word in _TYPES:
        type_ = _TYPES[word]
    elif len(values) > 1 and len(set(values)) == len(values) and all(map(_CHOICE.fullmatch, values)):
        type_ = choice_of(*values)
    else:
        return None
    return Column(name, type_.or_nothing if told.endswith("?") else type_, word == "whole", place)
