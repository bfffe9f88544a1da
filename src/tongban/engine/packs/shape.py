"""Shapes: which keys a file has and what stands behind each, told as data; every misfit with its line.

A misfit says what is wrong, at which key, and what to write instead: for that every shape can show a sample.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.tree import Path, Tree

CODE: Final = r"[a-z][a-z0-9-]{0,62}"
FIELD: Final = r"[a-z][a-z0-9_]{0,62}"
_MADE_OF: Final = {CODE: "只能用小写字母、数字和短横线，", FIELD: "只能用小写字母、数字和下划线，"}
_JOINED_BY: Final = {CODE: "-", FIELD: "_"}


def written_as(pattern: str, text: str) -> str:
    """The text in the form of a code or a field's name, if that is one: Charger_Land as charger-land."""
    joint = _JOINED_BY.get(pattern, "")
    code = re.sub(r"[^a-z0-9]+", joint, text.lower()).strip("-_") if joint else ""
    return code if text.isascii() and re.fullmatch(pattern, code) else ""


def _form(pattern: str, text: str, like: str) -> str:
    made_of, near = _MADE_OF.get(pattern, ""), written_as(pattern, text)
    return f"{made_of}请写成 {near}。" if near else f"{made_of}应当像这样：{like}。"


class Misfit(NamedTuple):
    """Where data does not fit. What is spoiled cannot be judged further and is left out of what is.

    Without a code it only says that a place is spoiled by what is wrong inside it.
    """

    path: Path
    code: str
    says: str
    spoils: bool = True


class Shape(Hashable, Protocol):
    """Something that data may fit."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        """Every fault of this data against the shape; none if it fits."""
        ...

    def sample(self) -> str:
        """Data that fits, as one would write it in a line of YAML."""
        ...


def key_of(path: Path) -> str:
    """The place as one finds it in the file: “takes”, “flow”的第 2 项; the whole file at the top."""
    if not path:
        return "这个文件"
    if isinstance(path[-1], str):
        return f"“{path[-1][:64]}”"
    return f"{key_of(path[:-1])}的第 {path[-1] + 1} 项"


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not blank; `pattern` must match all of it, and `like` shows some that does.

    `told` says whether people read it on pages, so that it is translated for those who read no Chinese.
    """

    longest: int = 500
    pattern: str = ""
    like: str = "文字"
    told: bool = True

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if data is None or (isinstance(data, str) and not data.strip()):
            yield Misfit(path, "BLANK", f"{key_of(path)}是空的。请写上内容，例如 {self.like}。")
        elif not isinstance(data, str):
            quoted = f'；就是这个数的话加上引号，写成 "{data}"' if type(data) is int else ""
            yield Misfit(path, "NOT-TEXT", f"{key_of(path)}要写文字，例如 {self.like}{quoted}。")
        elif len(data) > self.longest:
            says = f"{key_of(path)}有 {len(data)} 个字，超过 {self.longest} 个。请缩短。"
            yield Misfit(path, "TOO-LONG", says)
        elif self.pattern and not re.fullmatch(self.pattern, data):
            says = f"{key_of(path)}的写法不对，{_form(self.pattern, data, self.like)}"
            yield Misfit(path, "WRONG-FORM", says)

    def sample(self) -> str:
        return self.like


@dataclass(frozen=True, slots=True)
class Markdown(Text):
    """Text in paragraphs, each of which is translated for itself."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds."""

    least: int = 0
    most: int = 10_000
    like: int = 0

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if isinstance(data, bool) or not isinstance(data, int) or not self.least <= data <= self.most:
            says = f"{key_of(path)}要写 {self.least} 到 {self.most} 的整数，不加引号，也不带单位。"
            yield Misfit(path, "NOT-WHOLE", says)

    def sample(self) -> str:
        return str(max(self.least, self.like))


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, bool):
            yield Misfit(path, "NOT-TRUE-FALSE", f"{key_of(path)}只能写 true 或 false，不加引号。")

    def sample(self) -> str:
        return "false"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as ISO 8601 text."""

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        try:
            right = isinstance(data, str) and date.fromisoformat(data).isoformat() == data
        except ValueError:
            right = False
        if not right:
            nowhere = isinstance(data, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data)
            hint = f"日历上没有 {data} 这一天，请核对" if nowhere else f"例如 {self.sample()}"
            yield Misfit(path, "NOT-A-DAY", f"{key_of(path)}要写日期，{hint}。")

    def sample(self) -> str:
        return "2026-01-31"


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words, each with its meaning."""

    words: Mapping[str, str]

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, str) or data not in self.words:
            known = "、".join(f"{word}（{meaning}）" for word, meaning in self.words.items())
            yield Misfit(path, "NOT-A-KNOWN-WORD", f"{key_of(path)}只能写下面几个词之一：{known}。")

    def sample(self) -> str:
        return next(iter(self.words))


@dataclass(frozen=True, slots=True)
class Anything:
    """Judged elsewhere."""

    like: str = "内容"

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        return iter(())

    def sample(self) -> str:
        return self.like


@dataclass(frozen=True, slots=True)
class Maybe:
    """One shape, or null where there is none and that is meant."""

    each: Shape

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        return iter(()) if data is None else self.each.misfits(data, path)

    def sample(self) -> str:
        return "null"


@dataclass(frozen=True, slots=True)
class Row:
    """A list of one shape."""

    each: Shape
    least: int = 0

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, list):
            says = f"{key_of(path)}要写列表：每项一行，以“- ”开头，例如 - {self.each.sample()}"
            yield Misfit(path, "NOT-A-LIST", says)
            return
        if len(data) < self.least:
            says = f"{key_of(path)}至少要写 {self.least} 项，例如 - {self.each.sample()}"
            yield Misfit(path, "LIST-TOO-SHORT", says, spoils=False)
        for at, one in enumerate(data):
            yield from self.each.misfits(one, (*path, at))

    def sample(self) -> str:
        return f"[{', '.join([self.each.sample()] * self.least)}]"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A mapping from codes of one form to one shape."""

    each: Shape
    key: str = CODE
    like: str = "id-card"

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, dict):
            says = f"{key_of(path)}要写一组“代码: 内容”，例如 {self.sample()}"
            yield Misfit(path, "NOT-A-MAPPING", says)
            return
        for code, one in data.items():
            if not re.fullmatch(self.key, code):
                says = f"代码“{code[:64]}”的写法不对，{_form(self.key, code, self.like)}"
                yield Misfit((*path, code), "CODE-FORM", says)
            yield from self.each.misfits(one, (*path, code))

    def sample(self) -> str:
        return f"{{{self.like}: {self.each.sample()}}}"

    def entry(self, code: str) -> str:
        """A line of YAML that adds an entry under this code."""
        key = code if code[:1].isalpha() else f'"{code}"'
        return f"{key}: {self.each.sample()}"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A mapping with these keys and no others."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def misfits(self, data: Any, path: Path) -> Iterator[Misfit]:
        if not isinstance(data, dict):
            yield Misfit(path, "NOT-A-MAPPING", f"{key_of(path)}要写一组键值，例如 {self.sample()}")
            return
        known = {**self.required, **self.optional}
        for key, shape in self.required.items():
            if key not in data:
                says = f"{key_of(path)}缺少“{key}”。请补上，例如 {key}: {shape.sample()}"
                yield Misfit(path, "KEY-MISSING", says, bool(path))
        for key, value in data.items():
            if key in known:
                for misfit in known[key].misfits(value, (*path, key)):
                    yield misfit
                    if path and key in self.required and misfit.spoils and misfit.path == (*path, key):
                        yield Misfit(path, "", "")
            else:
                yield Misfit((*path, key), "KEY-UNKNOWN", f"不认识键“{key[:64]}”。{_key_hint(key, known)}")

    def sample(self) -> str:
        return f"{{{', '.join(f'{key}: {shape.sample()}' for key, shape in self.required.items())}}}"


def _key_hint(key: str, known: Mapping[str, Shape]) -> str:
    before, colon, after = key[:64].partition(":")
    if colon and before in known:
        return f"冒号后面少一个空格，请写成 {before}: {after}。"
    near = get_close_matches(key[:64], known, n=1)
    return f"是不是想写“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}。"


def fitting(tree: Tree, shape: Shape) -> tuple[dict[str, Any], list[PackFault]]:
    """The part of a file that fits its shape, and a fault for every place that does not.

    At the top keys may be missing from what is left; below it a record is whole or left out, and a spoiled
    place in a list is None, so that the other places keep their numbers. What lies deeper than the top is
    kept and given out again, as the tree is; nobody may change it.
    """
    left, misfits = _fitted(tree.first, shape)
    return dict(left), [*tree.faults, *(_fault(tree, misfit) for misfit in misfits if misfit.code)]


@lru_cache(maxsize=512)
def _fitted(tree: Tree, shape: Shape) -> tuple[dict[str, Any], list[Misfit]]:
    if tree.unread:
        return {}, []
    misfits = list(shape.misfits(tree.data, ()))
    spoiled = {misfit.path for misfit in misfits if misfit.spoils}
    return {} if () in spoiled else _without(tree.data, (), spoiled), misfits


def _fault(tree: Tree, misfit: Misfit) -> PackFault:
    fault = tree.fault(misfit.path, misfit.code, misfit.says)
    # YAML knows other ends of lines too, so a line's number may lie behind those counted here.
    [line] = tree.text.split("\n")[fault.line - 1 : fault.line] or [""]
    if misfit.code == "BLANK" and "#" in line:
        return fault._replace(says=f'{fault.says}# 和它后面的算注释；内容里要有 # 就加引号，例如 "3#楼"。')
    return fault


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
