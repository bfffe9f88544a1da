"""Decision tables in an item's folder: found, judged with their tests, told of by line and cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.decisions import CellFault, Column, Grid, Table, check, read, trials_of
from tongban.engine.expressions import Sort, Type
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import read as read_file

ENDINGS: Final = (".csv", ".xlsx")
TESTS: Final = "-tests"
"""What the name of a table's tests ends with."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where a table and its tests lie; None where one is not there."""

    folder: FilePath
    name: str
    table: FilePath | None
    trials: FilePath | None

    @property
    def found(self) -> list[FilePath]:
        """Those that are there."""
        return [file for file in (self.table, self.trials) if file is not None]

    @property
    def missing(self) -> list[FilePath]:
        """Those that are not, as they would be called."""
        both = ((self.name, self.table), (self.name + TESTS, self.trials))
        return [self.folder / f"{name}{ENDINGS[0]}" for name, file in both if file is None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A table without fault in any cell, with its tests; and every fault that it has beside."""

    faults: list[PackFault]
    table: Table | None = None
    tests: tuple[tuple[str, ...], ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """What is published of it: its cells, its tests, its version."""
        assert self.table is not None
        return {
            "table": [list(row) for row in self.table.grid],
            "tests": [list(row) for row in self.tests],
            "digest": self.table.digest,
        }


def files_of(folder: FilePath, name: str) -> Files:
    """The files of the table of this name."""
    return Files(folder, name, _file(folder, name), _file(folder, name + TESTS))


def _file(folder: FilePath, name: str) -> FilePath | None:
    return next((folder / f"{name}{end}" for end in ENDINGS if (folder / f"{name}{end}").is_file()), None)


def judged(files: Files, rules: Callable[[Table], Iterable[CellFault]]) -> Judged:
    """Read table and tests, both there: their cells, gaps and overlaps, what `rules` say, and each test."""
    assert files.table is not None
    assert files.trials is not None
    table, grid, wrong = read(read_file(files.table))
    faults = _at(files.table, grid, wrong)
    if table is None:
        return Judged(faults)
    faults += _at(files.table, grid, [*rules(table), *check(table)])
    _, trials, wrong = trials_of(read_file(files.trials), table)
    faults += _at(files.trials, trials, wrong)
    return Judged(faults, table, trials.rows)


def _at(file: FilePath, grid: Grid, faults: Iterable[CellFault]) -> list[PackFault]:
    """Faults of cells as faults of the file, by line and with the cell's name."""
    places = {one: f"{one.cell}：" if one.column else "" for one in faults}
    return [PackFault(str(file), grid.line(one.row), one.code, at + one.says) for one, at in places.items()]


def asking_faults(
    columns: Iterable[Column], types: Mapping[str, Type], codes: tuple[str, str]
) -> Iterator[CellFault]:
    """Every column that asks for what there is not, or for something of another type; by these two codes."""
    unknown, other_type = codes
    for column in columns:
        wanted = types.get(column.name)
        if wanted is None:
            known = "、".join(types) or "无"
            says = f"没有“{column.name}”这个事实。来源里有的：{known}。"
            yield CellFault(1, column.place, unknown, says)
        elif not _same(column.type, wanted):
            says = f"“{column.name}”的类型应写成 {_written(wanted)}，和来源一致。"
            yield CellFault(1, column.place, other_type, says)


def _same(told: Type, wanted: Type) -> bool:
    return (told.sort, told.maybe, set(told.choices)) == (wanted.sort, wanted.maybe, set(wanted.choices))


def _written(wanted: Type) -> str:
    words = " | ".join(wanted.choices) if wanted.sort is Sort.CHOICE else wanted.sort.value
    return f"{words}?" if wanted.maybe else words
