"""Shapes: which keys a file has and what stands behind each, told as data; every misfit with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, Protocol

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.tree import Path, Tree


class Misfit(NamedTuple):
    """Where data does not fit. What is spoiled cannot be judged further and is left out of what is.

    Without a code it only says that a place is spoiled by what is wrong inside it.
    """

    path: Path
    code: str
    says: str
    spoils: bool = True


class Shape(Protocol):
    """Something that data may fit."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        """Every fault of this data against the shape; none if it fits."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not blank; `pattern` must match all of it, and `like` shows one that does."""

    longest: int = 500
    pattern: str = ""
    like: str = ""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, str):
            yield Misfit(path, "NOT-TEXT", "这里要写文字；如果写的是数字，请加引号。")
        elif not data.strip():
            yield Misfit(path, "BLANK", "这里是空的。请写上内容，没有内容就删掉这个键。")
        elif len(data) > self.longest:
            yield Misfit(path, "TOO-LONG", f"文字超过 {self.longest} 个字。请缩短。")
        elif self.pattern and not re.fullmatch(self.pattern, data):
            yield Misfit(path, "WRONG-FORM", f"写法不对，应当像这样：{self.like}。")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds."""

    least: int = 0
    most: int = 10_000

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if isinstance(data, bool) or not isinstance(data, int) or not self.least <= data <= self.most:
            yield Misfit(path, "NOT-WHOLE", f"这里要写 {self.least} 到 {self.most} 的整数，不加引号。")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, bool):
            yield Misfit(path, "NOT-TRUE-FALSE", "这里只能写 true 或 false，不加引号。")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as ISO 8601 text."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        try:
            right = isinstance(data, str) and date.fromisoformat(data).isoformat() == data
        except ValueError:
            right = False
        if not right:
            yield Misfit(path, "NOT-A-DAY", "这里要写日期，例如 2026-01-31。")


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words, each with its meaning."""

    words: Mapping[str, str]

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, str) or data not in self.words:
            known = "、".join(f"{word}（{meaning}）" for word, meaning in self.words.items())
            yield Misfit(path, "NOT-A-KNOWN-WORD", f"只能写下面几个词之一：{known}。")


@dataclass(frozen=True, slots=True)
class Anything:
    """Judged elsewhere."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Maybe:
    """One shape, or null where there is none and that is meant."""

    each: Shape

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        return iter(()) if data is None else self.each.misfits(data, path)


@dataclass(frozen=True, slots=True)
class Row:
    """A list of one shape."""

    each: Shape
    least: int = 0

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, list):
            yield Misfit(path, "NOT-A-LIST", "这里要写列表，每项一行，以“- ”开头。")
            return
        if len(data) < self.least:
            yield Misfit(path, "LIST-TOO-SHORT", f"这里至少要写 {self.least} 项。", spoils=False)
        for at, one in enumerate(data):
            yield from self.each.misfits(one, (*path, at))


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from codes of one form to one shape."""

    each: Shape
    key: str = r"[a-z][a-z0-9-]{0,62}"
    like: str = "id-card"

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, dict):
            yield Misfit(path, "NOT-A-MAPPING", "这里要写一组“代码: 内容”。")
            return
        for code, one in data.items():
            if not re.fullmatch(self.key, code):
                yield Misfit((*path, code), "CODE-FORM", f"代码“{code}”的写法不对，应当像这样：{self.like}。")
            yield from self.each.misfits(one, (*path, code))


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with these keys and no others."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, dict):
            yield Misfit(path, "NOT-A-MAPPING", f"这里要写一组键值：{'、'.join(self.required)}。")
            return
        known = {**self.required, **self.optional}
        for key in self.required:
            if key not in data:
                yield Misfit(path, "KEY-MISSING", f"缺少“{key}”。请补上，写法见 docs/packs.md。", bool(path))
        for key, value in data.items():
            if key in known:
                for misfit in known[key].misfits(value, (*path, key)):
                    yield misfit
                    if path and key in self.required and misfit.spoils and misfit.path == (*path, key):
                        yield Misfit(path, "", "")
            else:
                near = get_close_matches(key[:64], known, n=1)
                hint = f"是不是想写“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}。"
                yield Misfit((*path, key), "KEY-UNKNOWN", f"不认识键“{key[:64]}”。{hint}")


def fitting(tree: Tree, shape: Shape) -> tuple[dict[str, Any], list[PackFault]]:
    """The part of a file that fits its shape, and a fault for every place that does not.

    At the top keys may be missing from what is left; below it a record is whole or left out, and a spoiled
    place in a list is None, so that the other places keep their numbers.
    """
    if tree.faults and tree.data is None:
        return {}, list(tree.faults)
    misfits = list(shape.misfits(tree.data, ()))
    spoiled = {misfit.path for misfit in misfits if misfit.spoils}
    left = {} if () in spoiled else _without(tree.data, (), spoiled)
    faults = [tree.fault(misfit.path, misfit.code, misfit.says) for misfit in misfits if misfit.code]
    return left, [*tree.faults, *faults]


def _without(data: Any, path: Path, spoiled: set[Path]) -> Any:
    if isinstance(data, dict):
        return {
            key: _without(value, (*path, key), spoiled)
            for key, value in data.items()
            if (*path, key) not in spoiled
        }
    if isinstance(data, list):
        return [
            None if (*path, at) in spoiled else _without(value, (*path, at), spoiled)
            for at, value in enumerate(data)
        ]
    return data


def each(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    """The sound places of a list, with their numbers; nothing if the list is missing."""
    return ((at, one) for at, one in enumerate(data.get(key, ())) if one is not None)
