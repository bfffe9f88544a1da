"""Columns: how a city arranges what it offers: its columns, its topics, and the wishes on its first page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from tongban.engine.packs.city_shapes import COLUMNS
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import Library, coded_faults, read
from tongban.engine.packs.shape import each, fitting
from tongban.engine.packs.tree import Path, Tree, tree_of

FILE = "columns.yaml"
LISTS = ("life_events", "items", "departments", "audience")


class Columns(NamedTuple):
    """One file `columns.yaml`, as far as it fits."""

    tree: Tree
    data: Mapping[str, Any]


class Known(NamedTuple):
    """Something that a listing may name: an item or an entry of a guide list."""

    code: str
    department: str
    life_event: str
    audience: frozenset[str]


def known_of(code: str, entry: Mapping[str, Any], life_event: str = "") -> Known:
    """An item or an entry of a guide list, as its file or its document tells it."""
    audience = frozenset(each["code"] for each in entry.get("audience", ()))
    return Known(code, entry["department"], life_event, audience)


def columns_of(root: FilePath, library: Library) -> tuple[list[Columns], list[PackFault]]:
    """The columns of one packs folder, none or one, and every fault that the file alone can have."""
    file = root / FILE
    if not file.is_file():
        return [], []
    tree = tree_of(str(file), read(file))
    data, faults = fitting(tree, COLUMNS)
    faults += coded_faults(tree, data, library)
    one = Columns(tree, data)
    return [one], [*faults, *_own_faults(one)]


def _own_faults(one: Columns) -> Iterator[PackFault]:
    topics, columns = one.data.get("topics", {}), one.data.get("columns", {})
    for slug in columns.keys() & topics.keys():
        says = f"“{slug}”已经是一个专题的代号，地址会撞在一起。请换一个。"
        yield one.tree.fault(("columns", slug), "COLUMN-SLUG-TWICE", says)
    for place, entry in _entries(one.data):
        # As it was written: a key whose value is at fault is told itself.
        written = one.tree.data[place[0]][place[1]]
        lists = any(key in written for key in LISTS)
        if not lists and "page" not in written:
            says = f"“{entry['name']}”点开什么也没有。请写明列哪些事：{'、'.join(LISTS)}；栏目也可以写 page。"
            yield one.tree.fault(place, "COLUMN-EMPTY", says)
        if lists and "page" in written:
            says = f"“{entry['name']}”只能去一个地方：写了 page 就不再列事项。请删掉一样。"
            yield one.tree.fault((*place, "page"), "COLUMN-TWO-WAYS", says)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for part in ("topics", "columns"):
        for slug, entry in data.get(part, {}).items():
            yield (part, slug), entry


def shared_column_faults(found: Sequence[Columns], known: Iterable[Known]) -> Iterator[PackFault]:
    """What columns can only get wrong beside others: a second file, and what they name and nobody knows."""
    for other in found[1:]:
        says = f"栏目只能有一份，{found[0].tree.file} 已经写了。请合在一起。"
        yield other.tree.fault((), "COLUMNS-TWICE", says)
    everything = list(known)
    for one in found[:1]:
        unknown = list(_unknown(one, everything))
        yield from unknown
        # What names something unknown may list nothing for that very reason.
        for place, entry in () if unknown else _entries(one.data):
            if any(key in entry for key in LISTS) and not any(lists(entry, each) for each in everything):
                says = f"“{entry['name']}”现在一件事也列不出来，点开是空的。请核对写的条件。"
                yield one.tree.fault(place, "COLUMN-LISTS-NOTHING", says)


def lists(listing: Mapping[str, Any], one: Known) -> bool:
    """Whether a listing holds this: by life event, code or department; of its audience, if it names one."""
    of_audience = {each["code"] for each in listing.get("audience", ())}
    if of_audience and not of_audience & one.audience:
        return False
    named = [key for key in ("life_events", "items", "departments") if key in listing]
    values = {"life_events": one.life_event, "items": one.code, "departments": one.department}
    return not named or any(values[key] in listing[key] for key in named)


def _unknown(one: Columns, known: Sequence[Known]) -> Iterator[PackFault]:
    codes = {each.code for each in known}
    shelves = {
        "life_events": ("人生大事", {each.life_event for each in known}),
        "items": ("事项", codes),
        "departments": ("部门", {each.department for each in known}),
    }
    for place, entry in _entries(one.data):
        for key, (called, names) in shelves.items():
            for at, name in each(entry, key):
                if name not in names:
                    says = _lacking(called, name, names)
                    yield one.tree.fault((*place, key, at), "COLUMN-NAMES-UNKNOWN", says)
    opened = codes | one.data.get("topics", {}).keys() | one.data.get("columns", {}).keys()
    for at, wish in each(one.data, "wishes"):
        if wish["opens"] not in opened:
            says = _lacking("事项或专题", wish["opens"], opened)
            yield one.tree.fault(("wishes", at, "opens"), "COLUMN-NAMES-UNKNOWN", says)


def _lacking(called: str, name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    hint = f"是不是想写“{near[0]}”？" if near else "请改成已有的，或者删掉。"
    return f"没有{called}“{name}”，点开会是空的。{hint}"


def columns_document(one: Columns) -> dict[str, Any]:
    """Columns without fault as plain JSON, everything in the order in which it was written."""
    plain: dict[str, list[Any]] = {key: [] for key in LISTS}
    return {
        "sample": one.data["sample"],
        **{
            part: [{"slug": slug, **plain, **entry} for slug, entry in one.data[part].items()]
            for part in ("topics", "columns")
        },
        "wishes": one.data["wishes"],
    }
