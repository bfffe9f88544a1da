"""Announcements: what the city tells everyone, one file each."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any, NamedTuple

from tongban.engine.packs.city_shapes import ANNOUNCEMENT
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.guide_lists import named
from tongban.engine.packs.library import Library, coded_faults, read
from tongban.engine.packs.shape import CODE, each, fitting
from tongban.engine.packs.tree import Tree, tree_of


class Announced(NamedTuple):
    """One file of a folder `announcements`, as far as it fits; `slug` is the file's name."""

    slug: str
    tree: Tree
    data: Mapping[str, Any]


def names_of(root: FilePath, lists: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What the items of a packs folder, sound or not, and the entries of guide lists are called, by slug."""
    names = {one["code"]: one["name"] for listed in lists for one in listed["items"]}
    for file in sorted((root / "items").glob("*/item.yaml")):
        item = tree_of(str(file), read(file)).data
        names[file.parent.name] = str(item.get("name", "")) if isinstance(item, dict) else ""
    return names


def announcements_of(
    root: FilePath, library: Library, names: Mapping[str, str]
) -> tuple[list[Announced], list[PackFault]]:
    """The announcements of one packs folder, and every fault in them."""
    found, faults = [], []
    for file in sorted((root / "announcements").glob("*.yaml")):
        tree = tree_of(str(file), read(file))
        data, wrong = fitting(tree, ANNOUNCEMENT)
        if not fullmatch(CODE, file.stem):
            says = "文件名只能用小写字母、数字和短横线，例如 holiday-hours.yaml。"
            wrong.append(PackFault(str(file), 1, "SLUG-FORM", says))
        one = Announced(file.stem, tree, data)
        faults += [*wrong, *coded_faults(tree, data, library), *_days(one), *_unknown_items(one, names)]
        found.append(one)
    return found, faults


def _days(one: Announced) -> Iterator[PackFault]:
    day, until = one.data.get("day"), one.data.get("until")
    if day and until and until < day:
        says = f"到 {until} 为止，却从 {day} 才开始。请核对两个日期。"
        yield one.tree.fault(("until",), "UNTIL-BEFORE-DAY", says)


def _unknown_items(one: Announced, names: Mapping[str, str]) -> Iterator[PackFault]:
    for at, slug in each(one.data, "items"):
        if slug not in names:
            says = f"没有代号是“{slug}”的事项或者指南。请核对；和哪件事都无关的，写 items: []。"
            yield one.tree.fault(("items", at), "ITEM-UNKNOWN", says)


def announcement_document(one: Announced, library: Library, names: Mapping[str, str]) -> dict[str, Any]:
    """An announcement without fault as plain JSON, what its coded values are called filled in."""
    audience = [named(each, library) for each in one.data["audience"]]
    items = [{"slug": slug, "name": names[slug]} for slug in one.data["items"]]
    return {**one.data, "slug": one.slug, "audience": audience, "items": items}
