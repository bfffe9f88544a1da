"""Checking packs: folders in, documents ready to be published and every fault out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any

from tongban.engine.packs.certificates import certificate_faults, result_faults, satisfied_by
from tongban.engine.packs.example import example_faults
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.guide import guide_faults
from tongban.engine.packs.guide_lists import (
    GuideList,
    guide_list_document,
    guide_lists_of,
    shared_faults,
)
from tongban.engine.packs.items import Draft, item_faults, statutory_of
from tongban.engine.packs.library import Library, library_of, read
from tongban.engine.packs.questions import fields_of, form_faults, names_in
from tongban.engine.packs.registers import printed_by_rule, register_faults, rule_faults, rule_of
from tongban.engine.packs.shape import CODE, fitting
from tongban.engine.packs.shapes import ITEM
from tongban.engine.packs.tree import tree_of

Document = dict[str, Any]
"""One item with all it refers to, as plain JSON: what is published and what a running case keeps."""

FORMAT = 1
_SHARED = (
    "elements.yaml",
    "materials.yaml",
    "code-systems.yaml",
    "regions.yaml",
    "regimes",
    "certificates",
    "registers",
    "guides",
    "items",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: every fault, by file and line; without any, the documents to publish.

    `registers` are those of whole packs folders, and those that the items' rules ask.
    """

    faults: tuple[PackFault, ...]
    documents: tuple[Document, ...]
    items: int
    guide_lists: tuple[Document, ...] = ()
    registers: tuple[Document, ...] = ()


def check(paths: Iterable[FilePath], *, installed: FilePath, on: date) -> Checked:
    """Check item folders and whole packs folders, as of a day.

    What an item refers to is looked for in the nearest packs folder above it and then in `installed`.
    """
    faults: list[PackFault] = []
    documents: list[Document] = []
    folders = list(_item_folders(paths, faults))
    libraries: dict[FilePath, Library] = {}
    for root in dict.fromkeys(root for root, _ in folders):
        roots = [root] if _same(root, installed) else [root, installed]
        libraries[root], found = library_of(roots)
        faults += found + certificate_faults(libraries[root], roots) + register_faults(libraries[root], roots)
    for root, folder in folders:
        if folder is not None:
            document, found = _item(folder, libraries[root], on)
            faults += found
            documents += [document] if document else []
    faults += _across(folders, documents)
    whole = [(root, libraries[root]) for root, folder in folders if folder is None]
    lists, found = _guide_lists(whole, documents)
    faults += found
    items = sum(folder is not None for _, folder in folders)
    unique = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.code))
    registers = () if unique else tuple(_registers(folders, libraries, documents))
    published = () if unique else tuple(documents)
    return Checked(tuple(unique), published, items, () if unique else tuple(lists), registers)


def _registers(
    folders: Iterable[tuple[FilePath, FilePath | None]],
    libraries: Mapping[FilePath, Library],
    documents: Iterable[Document],
) -> Iterator[Document]:
    """The registers of whole packs folders, and those that the rules of items ask; each once."""
    asked = {document["rule"]["register"] for document in documents if "rule" in document}
    whole = {root for root, folder in folders if folder is None}
    found: dict[str, Document] = {}
    for root, library in libraries.items():
        for slug, register in library.registers.items():
            if root in whole or slug in asked:
                found.setdefault(slug, {"slug": slug, **register})
    yield from found.values()


def _guide_lists(
    whole: Iterable[tuple[FilePath, Library]], items: Iterable[Document]
) -> tuple[list[Document], list[PackFault]]:
    """The guide lists of whole packs folders, beside the items checked with them."""
    lists: list[tuple[GuideList, Library]] = []
    faults: list[PackFault] = []
    for root, library in whole:
        found, wrong = guide_lists_of(root, library)
        lists += [(one, library) for one in found]
        faults += wrong
    faults += shared_faults([one for one, _ in lists], items)
    return [] if faults else [guide_list_document(*one) for one in lists], faults


def _same(one: FilePath, other: FilePath) -> bool:
    return one.resolve() == other.resolve()


def _item_folders(
    paths: Iterable[FilePath], faults: list[PackFault]
) -> Iterator[tuple[FilePath, FilePath | None]]:
    """Each item folder with its packs folder; a packs folder also stands alone, to be checked itself."""
    for path in paths:
        folder = path.parent if path.is_file() else path
        if not folder.is_dir():
            faults.append(PackFault(str(path), 1, "PATH-MISSING", "没有这个文件夹。请核对路径。"))
        elif any((folder / name).exists() for name in _SHARED):
            inner = folder / "items"
            yield folder, None
            yield from ((folder, each) for each in sorted(inner.glob("*")) if each.is_dir())
        elif (folder / "item.yaml").exists() or folder.parent.name == "items":
            yield _root_of(folder), folder
        else:
            says = "这里没有 item.yaml，也没有 items 文件夹，不是事项包。请核对路径。"
            faults.append(PackFault(str(path), 1, "PATH-NO-PACK", says))


def _root_of(folder: FilePath) -> FilePath:
    for above in folder.resolve().parents:
        if any((above / name).exists() for name in _SHARED[:-2]):
            return above
    return folder.parent


def _item(folder: FilePath, library: Library, on: date) -> tuple[Document | None, list[PackFault]]:
    item, form, guide = (folder / name for name in ("item.yaml", "form.yaml", "guide.md"))
    faults = [
        PackFault(
            str(file), 1, "FILE-MISSING", f"缺少 {file.name}。一个事项要有 item.yaml、form.yaml、guide.md。"
        )
        for file in (item, form, guide)
        if not file.is_file()
    ]
    if faults:
        return None, faults
    if not fullmatch(CODE, folder.name):
        says = "文件夹名就是事项代号，只能用小写字母、数字和短横线，例如 residence-permit。"
        faults.append(PackFault(str(item), 1, "SLUG-FORM", says))
    form_tree, item_tree = tree_of(str(form), read(form)), tree_of(str(item), read(item))
    resolved, found = form_faults(form_tree, library)
    faults += found or example_faults(folder, resolved)
    data, found = fitting(item_tree, ITEM)
    faults += found
    fields = fields_of(resolved)
    draft = Draft(item_tree, data, fields, names_in(form_tree.data) - fields.keys(), library, on)
    faults += item_faults(draft)
    faults += rule_faults(draft)
    faults += result_faults(draft, printed_by_rule(draft))
    faults += guide_faults(str(guide), read(guide))
    # A regime that is at fault itself is told with its own file.
    if faults or not draft.regime:
        return None, faults
    return _document(folder.name, draft, resolved, read(guide).decode("utf-8-sig")), []


def _document(slug: str, draft: Draft, form: Document, guide: str) -> Document:
    library, data = draft.library, draft.data
    procedures = {one["code"]: one for one in draft.regime["special_procedures"]}
    return {
        "format": FORMAT,
        "slug": slug,
        "item": {
            **data,
            "materials": [
                {
                    **library.materials[one["kind"]],
                    **one,
                    "satisfied_by": satisfied_by(one["kind"], library.certificates),
                }
                for one in data["materials"]
            ],
            "special_procedures": [
                {"name": one["code"], **procedures.get(one["code"], {}), **one.get("law", {}), **one}
                for one in data["special_procedures"]
            ],
        },
        "certificate": _certificate(data["result"].get("certificate"), library),
        **({"rule": rule_of(data["rule"], library)} if "rule" in data else {}),
        "statutory": statutory_of(data, draft.regime, draft.on),
        "names": _names(data, library),
        "regions": _regions(data, library),
        "regime": {"code": data["regime"], **draft.regime},
        "form": form,
        "guide": guide,
    }


def _certificate(slug: str | None, library: Library) -> Document | None:
    return None if slug is None else {"slug": slug, **library.certificates[slug]}


def _names(data: Any, library: Library) -> dict[str, dict[str, str]]:
    """What the coded values of the item are called, by system and code."""
    names: dict[str, dict[str, str]] = {}
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and one.keys() == {"system", "code"}:
            codes = library.systems[one["system"]].get("codes", {})
            if one["code"] in codes:
                names.setdefault(one["system"], {})[one["code"]] = codes[one["code"]]
        elif isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
    return names


def _regions(data: Mapping[str, Any], library: Library) -> list[dict[str, str | None]]:
    """The regions of the offices and everything above them, the highest first: {code, name, parent}."""
    wanted: set[str] = set()
    for office in data["offices"]:
        code: str | None = office["region"]
        while code is not None:
            wanted.add(code)
            code = _above(code, library)
    return [
        {"code": code, "name": library.regions[code], "parent": _above(code, library)}
        for code in sorted(wanted, key=lambda code: (len(code), len(code.rstrip("0")), code))
    ]


def _above(code: str, library: Library) -> str | None:
    """The nearest region above that is known: 510104022 lies in 510104, in 510100, in 510000."""
    above = [code[:length].ljust(6, "0") for length in (12, 9, 6, 4, 2) if length < len(code)]
    return next((one for one in above if one != code and one in library.regions), None)


def _across(
    folders: Sequence[tuple[FilePath, FilePath | None]], documents: Sequence[Document]
) -> Iterator[PackFault]:
    """What only several items together can get wrong: one name or one queue used twice."""
    files: dict[str, FilePath] = {}
    for folder in (folder.resolve() for _, folder in folders if folder is not None):
        if files.setdefault(folder.name, folder) != folder:
            says = f"事项代号“{folder.name}”已经被 {files[folder.name]} 用了。请换一个文件夹名。"
            yield PackFault(str(folder / "item.yaml"), 1, "SLUG-TWICE", says)
    queues: dict[tuple[str, str], str] = {}
    for document in documents:
        for office in document["item"]["offices"]:
            queue = (document["item"]["basic_code"]["code"], office["body"])
            if (first := queues.setdefault(queue, document["slug"])) != document["slug"]:
                says = f"同一单位、同一基本编码已经有事项“{first}”。排队会混在一起，请核对编码。"
                file = next(
                    str(one / "item.yaml") for _, one in folders if one and one.name == document["slug"]
                )
                yield PackFault(file, 1, "QUEUE-TWICE", says)
