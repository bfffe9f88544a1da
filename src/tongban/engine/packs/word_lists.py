"""Word lists: what people say and what offices call it; chatter that search passes over."""

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any

from tongban.engine.packs.city_shapes import WORDS
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import read, twice_faults
from tongban.engine.packs.shape import CODE, each, fitting
from tongban.engine.packs.tree import Tree, tree_of

_LISTS = ("fillers", "particles", "asides")


def word_lists_of(roots: Iterable[FilePath]) -> tuple[list[dict[str, Any]], list[PackFault]]:
    """The word lists of packs folders as documents, and every fault; two may tell of the same word."""
    lists, faults = [], []
    for file in (file for root in roots for file in sorted((root / "words").glob("*.yaml"))):
        tree = tree_of(str(file), read(file))
        data, found = fitting(tree, WORDS)
        if not fullmatch(CODE, file.stem):
            says = "文件名只能用小写字母、数字和短横线，例如 school.yaml。"
            found.append(PackFault(str(file), 1, "SLUG-FORM", says))
        faults += [*found, *_meaning_faults(tree, data), *_twice(tree, data)]
        lists.append({"slug": file.stem, **data})
    return lists, faults


def _meaning_faults(tree: Tree, data: dict[str, Any]) -> Iterator[PackFault]:
    for said, meant in data.get("means", {}).items():
        for at, word in each({"meant": meant}, "meant"):
            if word == said:
                says = f"“{said}”的意思又写了它自己，查找时没有用。请删掉，或者写办事时的叫法。"
                yield tree.fault(("means", said, at), "WORD-MEANS-ITSELF", says)
            elif word in meant[:at]:
                yield tree.fault(("means", said, at), "TWICE", f"“{word}”在这里重复了。请删掉一个。")


def _twice(tree: Tree, data: dict[str, Any]) -> Iterator[PackFault]:
    for key in _LISTS:
        yield from twice_faults(tree, data, key)
