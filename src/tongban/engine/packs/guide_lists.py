"""Guide lists: what people can be told of before it can be applied for here; one list for each life event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any, NamedTuple

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import Library, coded_faults, read
from tongban.engine.packs.shape import CODE, fitting
from tongban.engine.packs.shapes import GUIDE_LIST
from tongban.engine.packs.tree import Tree, tree_of


class GuideList(NamedTuple):
    """One file of a folder `guides`, as far as it fits; `slug` is the file's name."""

    slug: str
    tree: Tree
    data: Mapping[str, Any]

    @property
    def items(self) -> Mapping[str, Mapping[str, Any]]:
        """The sound entries, by code."""
        items: Mapping[str, Mapping[str, Any]] = self.data.get("items", {})
        return items


def guide_lists_of(root: FilePath, library: Library) -> tuple[list[GuideList], list[PackFault]]:
    """The guide lists of one packs folder, and every fault that one list alone can have."""
    lists, faults = [], []
    for file in sorted((root / "guides").glob("*.yaml")):
        tree = tree_of(str(file), read(file))
        data, found = fitting(tree, GUIDE_LIST)
        if not fullmatch(CODE, file.stem):
            says = "文件名只能用小写字母、数字和短横线，例如 school.yaml。"
            found.append(PackFault(str(file), 1, "SLUG-FORM", says))
        one = GuideList(file.stem, tree, data)
        faults += [*found, *coded_faults(tree, data, library), *_words_twice(one)]
        lists.append(one)
    return lists, faults


def _words_twice(one: GuideList) -> Iterator[PackFault]:
    for code, entry in one.items.items():
        words = [word for word in entry["words"] if word is not None]
        for at, word in enumerate(words):
            if word in words[:at]:
                says = f"“{word}”在这里重复了。请删掉一个。"
                yield one.tree.fault(("items", code, "words", at), "TWICE", says)


def shared_faults(lists: Sequence[GuideList], items: Iterable[Mapping[str, Any]]) -> Iterator[PackFault]:
    """What lists can only get wrong together, or with the documents of items: a code or a name used twice.

    People find an entry by its name and open it by its code, which it shares with no item.
    """
    names = {one["item"]["name"]: one["slug"] for one in items}
    codes = {slug: slug for slug in names.values()}
    slugs: set[str] = set()
    for one in lists:
        if one.slug in slugs:
            yield one.tree.fault((), "SLUG-TWICE", f"名为“{one.slug}”的清单不止一份。请换一个文件名。")
            continue
        slugs.add(one.slug)
        for code, entry in one.items.items():
            if code in codes:
                says = f"代号“{code}”已经有事项在用。请换一个。"
                yield one.tree.fault(("items", code), "GUIDE-CODE-TWICE", says)
            if (first := names.setdefault(entry["name"], code)) != code:
                says = f"“{entry['name']}”已经有了，代号是“{first}”。同一件事只写一条。"
                yield one.tree.fault(("items", code, "name"), "GUIDE-NAME-TWICE", says)
            codes[code] = code


def guide_list_document(one: GuideList, library: Library) -> dict[str, Any]:
    """A list without fault as plain JSON, what its coded values are called filled in."""
    return {
        "slug": one.slug,
        "life_event": one.data["life_event"],
        "place": one.data["place"],
        "sample": one.data["sample"],
        "items": [
            {
                "code": code,
                "name": entry["name"],
                "department": entry["department"],
                "words": entry["words"],
                "audience": [named(each, library) for each in entry.get("audience", one.data["audience"])],
            }
            for code, entry in one.items.items()
        ],
    }


def named(coded: Mapping[str, str], library: Library) -> dict[str, str]:
    """A coded value with what it is called."""
    codes = library.systems[coded["system"]].get("codes", {})
    return {**coded, "name": codes.get(coded["code"], "")}
