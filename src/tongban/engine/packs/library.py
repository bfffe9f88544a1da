"""What packs share: data elements, kinds of material, code systems, regimes.

A folder of one's own may add entries to the installation's, or put its own in their place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any

from tongban.engine.forms.model import kind_problems
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.flows import Process, processes_of
from tongban.engine.packs.shape import Table, each, fitting
from tongban.engine.packs.shapes import CODE_SYSTEMS, ELEMENTS, MATERIALS, REGIME, REGIONS
from tongban.engine.packs.tree import Path, Tree, tree_of

Entries = dict[str, dict[str, Any]]

VAGUE = (
    "其他材料",
    "其它材料",
    "有关材料",
    "相关材料",
    "等材料",
    "其他相关",
    "其他证明",
    "有关证明",
    "相关证明",
)
"""Words that let an office ask for anything (a list of materials is closed: 行政许可法 art. 30)."""


@dataclass(frozen=True, slots=True)
class Library:
    """Everything shared, by code. An entry at fault stands there empty: known, and told only once."""

    roots: tuple[FilePath, ...] = ()
    """The packs folders it was read from, nearest first."""
    elements: Entries = field(default_factory=dict)
    materials: Entries = field(default_factory=dict)
    systems: Entries = field(default_factory=dict)
    regimes: Entries = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    certificates: Entries = field(default_factory=dict)
    """Types of certificates; one that is at fault stands there empty, so that it is still known."""
    registers: Entries = field(default_factory=dict)
    """Sample registers, the answers to each question as a form; one that is at fault stands there empty."""
    processes: dict[str, Process | None] = field(default_factory=dict)
    """Flows that items may follow; None where one is at fault, and was told."""
    unread: set[str] = field(default_factory=set)
    """The names of shared files that could not be read: of what they lack nothing can be said."""

    def lacks(self, what: str, code: str, name: str, shape: Table) -> str:
        """That no file of this name knows the code: where was looked, what comes near, how to add it."""
        read = [str(root / name) for root in self.roots if (root / name).is_file()]
        near = [] if code.isdigit() else get_close_matches(code[:64], self.codes(name), n=1)
        hint = f"是不是想写“{near[0]}”？" if near else "请改成里面已有的。"
        return (
            f"没有{what}“{code[:64]}”{'，找过 ' if read else ''}{'、'.join(read)}。{hint}"
            f"要新加，就在 {self.roots[0] / name} 里写一行 {shape.entry(code[:64])}"
        )

    def codes(self, name: str) -> Iterable[str]:
        shelves: dict[str, Mapping[str, Any]] = {
            "elements.yaml": self.elements,
            "materials.yaml": self.materials,
            "code-systems.yaml": self.systems,
            "regions.yaml": self.regions,
        }
        return shelves[name]


def library_of(roots: Sequence[FilePath]) -> tuple[Library, list[PackFault]]:
    """The library of these packs folders, nearest first: a nearer entry stands before a farther one."""
    processes, faults = processes_of(roots)
    library = Library(tuple(roots), processes=processes)
    nearer: dict[str, Tree] = {}
    regimes: list[tuple[Tree, dict[str, Any]]] = []
    for root in roots:
        shelves: tuple[tuple[dict[str, Any], str, Table], ...] = (
            (library.regions, "regions.yaml", REGIONS),
            (library.systems, "code-systems.yaml", CODE_SYSTEMS),
            (library.elements, "elements.yaml", ELEMENTS),
            (library.materials, "materials.yaml", MATERIALS),
        )
        for shelf, name, shape in shelves:
            if (root / name).is_file():
                tree, entries, found = _entries(root / name, shape)
                faults += found
                library.unread.update([name] if tree.unread else ())
                if shape is ELEMENTS:
                    faults += _kind_faults(shelf, entries, nearer)
                    nearer |= dict.fromkeys(entries.keys() - shelf.keys(), tree)
                _add(shelf, entries)
        for file in sorted((root / "regimes").glob("*.yaml")):
            tree, regime, found = _regime(file, library)
            faults += found
            regimes.append((tree, regime))
            _add(library.regimes, {file.stem: regime})
    for tree, regime in regimes:
        faults += _home_faults(tree, regime, library)
    return library, faults


def _kind_faults(nearer: Entries, farther: Entries, files: Mapping[str, Tree]) -> Iterator[PackFault]:
    """Every element that a nearer folder redefines with another kind than the farther one's items rely on."""
    for code, element in farther.items():
        own = nearer.get(code)
        if own and element and own["kind"] != element["kind"]:
            says = (
                f"安装里的数据元“{code}”（{element['name']}）是 {element['kind']} 类型，别的事项照它问，"
                f"不能改成 {own['kind']}。是另一件事就换一个代码。"
            )
            yield files[code].fault((code, "kind"), "ELEMENT-OTHER-KIND", says)


def _add(shelf: dict[str, Any], entries: dict[str, Any]) -> None:
    for code, entry in entries.items():
        shelf.setdefault(code, entry)


def read(file: FilePath) -> bytes:
    """The bytes of a file; a file that cannot be read reads as empty and is then told as lacking its keys."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _entries(file: FilePath, shape: Table) -> tuple[Tree, dict[str, Any], list[PackFault]]:
    tree = tree_of(str(file), read(file))
    entries, faults = fitting(tree, shape)
    for code, entry in entries.items():
        if shape is ELEMENTS and entry.keys() != tree.data[code].keys():
            entries[code] = {}
        elif shape is ELEMENTS and (problems := list(kind_problems(entry, (code,)))):
            faults += [tree.fault(*problem) for problem in problems]
            entries[code] = {}
        if shape is MATERIALS:
            faults += vague_faults(tree, entry["name"], (code, "name"))
    spoiled = dict.fromkeys(tree.data if isinstance(tree.data, dict) else (), "" if shape is REGIONS else {})
    return tree, {**spoiled, **entries}, faults


def _regime(file: FilePath, library: Library) -> tuple[Tree, dict[str, Any], list[PackFault]]:
    tree = tree_of(str(file), read(file))
    regime, faults = fitting(tree, REGIME)
    faults += law_faults(tree, regime)
    faults += coded_faults(tree, regime, library)
    for name in regime.get("figures", {}):
        days = [entry["from"] for _, entry in each(regime["figures"], name)]
        if days != sorted(set(days)):
            faults.append(
                tree.fault(
                    ("figures", name), "FIGURE-ORDER", "各条的 from 要从早到晚，不能重复。请调整顺序。"
                )
            )
    faults += twice_faults(tree, regime, "special_procedures", "code")
    # A row at fault leaves a gap: no item is judged by a regime that is not whole.
    return tree, ({} if faults else regime), faults


def _home_faults(tree: Tree, regime: Mapping[str, Any], library: Library) -> Iterator[PackFault]:
    home = regime.get("instead_of", {}).get("regime")
    other = library.regimes.get(home)
    # One that is at fault itself stands there empty and is told with its own file.
    if home is not None and (other is None or (other and "binds" not in other)):
        says = f"没有限定事项类型的办理规则“{home}”可以代替。请核对 regimes 文件夹。"
        yield tree.fault(("instead_of", "regime"), "REGIME-UNKNOWN", says)


def law_faults(tree: Tree, data: Any, path: Path = ()) -> Iterator[PackFault]:
    """Every law entry under this place that claims to be checked and does not say against which text."""
    if isinstance(data, dict):
        if data.get("checked") is True and "law" in data and "source" not in data:
            yield tree.fault(
                (*path, "checked"),
                "LAW-CHECKED-WITHOUT-SOURCE",
                "写了已核对，却没写核对的是哪个文本。请补上，例如 source: 2019年4月23日修正文本；"
                "没核对就写 checked: false。",
            )
        for key, value in data.items():
            yield from law_faults(tree, value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from law_faults(tree, value, (*path, at))


def coded_faults(tree: Tree, data: Any, library: Library, path: Path = ()) -> Iterator[PackFault]:
    """Every coded value under this place whose system nobody knows, or whose system lacks the code."""
    if isinstance(data, dict) and data.keys() == {"system", "code"}:
        system = library.systems.get(data["system"])
        if system is None:
            yield tree.fault(
                (*path, "system"),
                "CODE-SYSTEM-UNKNOWN",
                library.lacks("代码表", data["system"], "code-systems.yaml", CODE_SYSTEMS),
            )
        elif "codes" in system and data["code"] not in system["codes"]:
            yield tree.fault(
                (*path, "code"),
                "CODE-UNKNOWN",
                f"代码表“{data['system']}”里没有“{data['code']}”。可用：{_listed(system['codes'])}。",
            )
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from coded_faults(tree, value, library, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from coded_faults(tree, value, library, (*path, at))


def _listed(codes: Mapping[str, str]) -> str:
    return "、".join(f'"{code}"（{name}）' for code, name in codes.items())


def vague_faults(tree: Tree, data: Any, path: Path = ()) -> Iterator[PackFault]:
    """Every text under this place that leaves open what may be asked for; what a law says is the law's."""
    if isinstance(data, str):
        for word in VAGUE:
            if word in data:
                says = f"“{word}”这种兜底说法不能用。请把要的材料一样一样写明白。"
                yield tree.fault(path, "MATERIAL-VAGUE", says)
    elif isinstance(data, dict) and "article" not in data:
        for key, value in data.items():
            yield from vague_faults(tree, value, (*path, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from vague_faults(tree, value, (*path, at))


def twice_faults(tree: Tree, data: Mapping[str, Any], key: str, *inner: str) -> Iterator[PackFault]:
    """Every entry of the list `key` whose `inner` value stood there before."""
    seen = set()
    for at, one in each(data, key):
        value = one
        for name in inner:
            value = value[name]
        mark = repr(value)
        if mark in seen:
            yield tree.fault((key, at), "TWICE", f"这一项在“{key}”里重复了。请删掉一个。")
        seen.add(mark)
