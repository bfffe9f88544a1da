"""Checking packs: folders in, documents ready to be published and every fault out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any

from tongban.engine.flow import Life
from tongban.engine.packs.announcements import announcement_document, announcements_of, names_of
from tongban.engine.packs.certificates import certificate_faults, result_faults, satisfied_by
from tongban.engine.packs.columns import (
    Columns,
    Known,
    columns_document,
    columns_of,
    known_of,
    shared_column_faults,
)
from tongban.engine.packs.example import example_faults
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.flow_tables import flow_tables
from tongban.engine.packs.folders import item_folders, missing_parts
from tongban.engine.packs.guide import guide_faults
from tongban.engine.packs.guide_lists import (
    GuideList,
    guide_list_document,
    guide_lists_of,
    shared_faults,
)
from tongban.engine.packs.items import Draft, item_faults, statutory_of
from tongban.engine.packs.joint_checks import Beside, joints_checked
from tongban.engine.packs.library import Library, library_of, read
from tongban.engine.packs.offices import Names, bodies_in, bodies_of, office_faults, office_notes, offices_in
from tongban.engine.packs.processes import process_document, process_faults, steps_in, told_elsewhere
from tongban.engine.packs.questions import fields_of, form_faults, names_in
from tongban.engine.packs.registers import register_faults
from tongban.engine.packs.rules import printed_by_rule, registers_asked, ruled
from tongban.engine.packs.shape import CODE, fitting, written_as
from tongban.engine.packs.shapes import ITEM
from tongban.engine.packs.shipped import Shipped, other_service_faults, replacing_notes, shipped_in
from tongban.engine.packs.situations import situation_faults, situations_of
from tongban.engine.packs.tree import tree_of
from tongban.engine.packs.word_lists import word_lists_of

Document = dict[str, Any]
"""One item with all it refers to, as plain JSON: what is published and what a running case keeps."""

FORMAT = 1
_LACKING = {
    "ELEMENT-UNKNOWN": "elements.yaml",
    "MATERIAL-UNKNOWN": "materials.yaml",
    "CODE-SYSTEM-UNKNOWN": "code-systems.yaml",
    "REGION-UNKNOWN": "regions.yaml",
}
"""What is said of a code that no file knows, and the file that would have to be read for that."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: every fault, by file and line; without any, the documents to publish.

    `registers` are those of whole packs folders, and those that the items' rules ask. `notes` are no faults:
    what is allowed, and may yet not be meant.
    """

    faults: tuple[PackFault, ...]
    documents: tuple[Document, ...]
    items: int
    guide_lists: tuple[Document, ...] = ()
    registers: tuple[Document, ...] = ()
    announcements: tuple[Document, ...] = ()
    word_lists: tuple[Document, ...] = ()
    notes: tuple[PackFault, ...] = ()
    joints: tuple[Document, ...] = ()
    columns: Document | None = None
    """How the city arranges all this; None where no packs folder says so."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What an item is judged beside: what it may refer to, the installation's items, every office by name."""

    library: Library
    shipped: Shipped
    offices: Names
    notes: list[PackFault]
    life: Life | None = None


@dataclass(frozen=True, slots=True)
class _Day:
    """Against which installation is checked, as of which day."""

    installed: FilePath
    on: date


def check(paths: Iterable[FilePath], *, installed: FilePath, on: date, life: Life | None = None) -> Checked:
    """Check item folders and whole packs folders, as of a day.

    What an item refers to is looked for in the nearest packs folder above it and then in `installed`. `life`:
    the legal life of a case, through which flows are followed; without it their acts are not.
    """
    faults: list[PackFault] = []
    documents: list[Document] = []
    notes: list[PackFault] = []
    folders = list(item_folders(paths, faults))
    libraries, found = _libraries(dict.fromkeys(root for root, _ in folders), installed)
    faults += found
    shipped = shipped_in(installed) if any(not _same(root, installed) for root in libraries) else {}
    own = {folder.name for _, folder in folders if folder is not None}
    offices = offices_in({file: item for file, item in shipped.items() if file.parent.name not in own})
    for root, folder in folders:
        if folder is not None:
            beside = {} if _same(root, installed) else shipped
            document, found = _item(folder, _Around(libraries[root], beside, offices, notes, life), on)
            faults += found
            documents += [document] if document else []
    faults += _across(folders, documents)
    whole = [(root, libraries[root]) for root, folder in folders if folder is None]
    lists, found = _guide_lists(whole, documents)
    faults += found
    announced, found = _announcements(whole, lists)
    faults += found
    joints, found = joints_checked(
        whole, None if faults else _beside(documents, lists, shipped, _Day(installed, on))
    )
    faults += found
    # Beside faults nothing can be said of what columns name: it may be just what is at fault.
    arranged, found = _columns(whole, None if faults else _known(installed, shipped, documents, lists))
    faults += found
    word_lists, found = word_lists_of(root for root, _ in whole)
    faults += found
    items = sum(folder is not None for _, folder in folders)
    unread = set().union(*(library.unread for library in libraries.values()))
    unique = _in_order(fault for fault in faults if _LACKING.get(fault.code) not in unread)
    registers = () if unique else tuple(_registers(folders, libraries, documents))
    published = () if unique else tuple(documents)
    lists, announced = ([], []) if unique else (lists, announced)
    words = () if unique else tuple(word_lists)
    notes = _in_order(notes)
    told = (tuple(lists), registers, tuple(announced), words, tuple(notes), tuple(joints), arranged)
    return Checked(tuple(unique), published, items, *told)


def _libraries(
    roots: Iterable[FilePath], installed: FilePath
) -> tuple[dict[FilePath, Library], list[PackFault]]:
    """By packs folder what is shared in it and in the installation's own; every fault in that."""
    libraries: dict[FilePath, Library] = {}
    faults: list[PackFault] = []
    for root in roots:
        both = [root] if _same(root, installed) else [root, installed]
        libraries[root], found = library_of(both)
        faults += found + certificate_faults(libraries[root], both) + register_faults(libraries[root], both)
    return libraries, faults


def _in_order(faults: Iterable[PackFault]) -> list[PackFault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.code))


def _registers(
    folders: Iterable[tuple[FilePath, FilePath | None]],
    libraries: Mapping[FilePath, Library],
    documents: Iterable[Document],
) -> Iterator[Document]:
    """The registers of whole packs folders, and those that items ask; each once."""
    asked = {register for document in documents for register in registers_asked(document)}
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


def _announcements(
    whole: Iterable[tuple[FilePath, Library]], lists: Sequence[Document]
) -> tuple[list[Document], list[PackFault]]:
    """The announcements of whole packs folders, about the items beside them."""
    documents: list[Document] = []
    faults: list[PackFault] = []
    for root, library in whole:
        names = names_of(root, lists)
        found, wrong = announcements_of(root, library, names)
        faults += wrong
        documents += [] if wrong else [announcement_document(one, library, names) for one in found]
    return documents, faults


def _beside(documents: Iterable[Document], lists: Iterable[Document], shipped: Shipped, day: _Day) -> Beside:
    """What joint services are judged beside: items and guides checked here, and the installation's items."""
    found = {document["slug"]: document for document in documents}
    names = {slug: document["item"]["name"] for slug, document in found.items()}
    names |= {one["code"]: one["name"] for each in lists for one in each["items"]}
    names |= {file.parent.name: item["name"] for file, item in shipped.items() if "name" in item}
    folders = {file.parent.name: file.parent for file in shipped}

    @cache
    def installed() -> _Around:
        libraries, _ = _libraries([day.installed], day.installed)
        return _Around(libraries[day.installed], {}, offices_in({}), [])

    def item(slug: str) -> Document | None:
        if slug in found or slug not in folders:
            return found.get(slug)
        return _item(folders[slug], installed(), day.on)[0]

    return Beside(item, names, day.on)


def _columns(
    whole: Iterable[tuple[FilePath, Library]], known: Iterable[Known] | None
) -> tuple[Document | None, list[PackFault]]:
    """The columns of whole packs folders, judged beside what they may name, where that is known."""
    columns: list[Columns] = []
    faults: list[PackFault] = []
    for root, library in whole:
        found, wrong = columns_of(root, library)
        columns += found
        faults += wrong
    if columns and known is not None and not faults:
        faults += shared_column_faults(columns, known)
    return (columns_document(columns[0]) if columns and known is not None and not faults else None), faults


def _known(
    installed: FilePath, shipped: Shipped, documents: Iterable[Document], lists: Iterable[Document]
) -> Iterator[Known]:
    """Every item and every entry of a guide list that is checked here, and those of the installation."""
    items = [*shipped.values(), *(document["item"] for document in documents)]
    slugs = [*(file.parent.name for file in shipped), *(document["slug"] for document in documents)]
    for slug, item in zip(slugs, items, strict=True):
        if {"department", "audience"} <= item.keys():
            yield known_of(slug, item)
    others = guide_lists_of(installed, library_of([installed])[0])[0] if shipped else []
    for each in lists:
        for entry in each["items"]:
            yield known_of(entry["code"], entry, each["life_event"])
    for one in others:
        for code, entry in one.items.items():
            yield known_of(code, {**one.data, **entry}, one.data.get("life_event", ""))


def _same(one: FilePath, other: FilePath) -> bool:
    return one.resolve() == other.resolve()


def _item(folder: FilePath, around: _Around, on: date) -> tuple[Document | None, list[PackFault]]:
    item, form, guide = (folder / name for name in ("item.yaml", "form.yaml", "guide.md"))
    if faults := missing_parts(folder):
        return None, faults
    library = around.library
    if not fullmatch(CODE, folder.name):
        like = written_as(CODE, folder.name) or "residence-permit"
        says = f"文件夹名就是事项代号，只能用小写字母、数字和短横线，例如 {like}。"
        faults.append(PackFault(str(item), 1, "SLUG-FORM", says))
    form_tree, item_tree = tree_of(str(form), read(form)), tree_of(str(item), read(item))
    resolved, unsound = form_faults(form_tree, library)
    faults += unsound or example_faults(folder, resolved)
    data, found = fitting(item_tree, ITEM)
    faults += found
    fields = fields_of(resolved)
    asked = names_in(form_tree.data)
    draft = Draft(item_tree, data, fields, asked - fields.keys(), library, on, bool(asked))
    faults += item_faults(draft)
    # Of a form at fault nothing is said that the guide's questions would have to agree with.
    faults += () if unsound else situation_faults(draft, resolved)
    faults += office_faults(draft, around.offices)
    faults += other_service_faults(folder.name, draft, around.shipped)
    rule = ruled(draft, folder)
    faults += rule.faults
    tables = flow_tables(draft, folder, {} if unsound else resolved)
    faults += process_faults(draft, {} if unsound else resolved, around.life, tables)
    faults += result_faults(draft, printed_by_rule(draft))
    limited = statutory_of(data, draft.regime, on) is not None
    faults += guide_faults(str(guide), read(guide), statutory=limited)
    around.notes.extend([*office_notes(draft), *replacing_notes(folder.name, draft, around.shipped)])
    # A regime, a drawing or a register that is at fault itself is told with its own file.
    if faults or not draft.regime or told_elsewhere(data, library):
        return None, faults
    document = _document(folder.name, draft, resolved, read(guide).decode("utf-8-sig"))
    document |= process_document(data, library, tables)
    return document | ({"rule": rule.document} if rule.document else {}), []


def _document(slug: str, draft: Draft, form: Document, guide: str) -> Document:
    library, data = draft.library, draft.data
    procedures = {one["code"]: one for one in draft.regime["special_procedures"]}
    return {
        "format": FORMAT,
        "slug": slug,
        "item": {
            **data,
            "flow": steps_in(data, library),
            "materials": [
                {
                    **library.materials[one["kind"]],
                    **one,
                    "satisfied_by": satisfied_by(one["kind"], library.certificates),
                }
                for one in data["materials"]
            ],
            "special_procedures": [
                {"name": one["code"], **procedures.get(one["code"], {}), **one, **one.get("law", {})}
                for one in data["special_procedures"]
            ],
        },
        "certificate": _certificate(data["result"].get("certificate"), library),
        "statutory": statutory_of(data, draft.regime, draft.on),
        "names": _names(data, library),
        "regions": _regions(data, library),
        "regime": {"code": data["regime"], **draft.regime},
        "form": form,
        "situations": situations_of(data, form, library.elements),
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
    for body in bodies_in(data):
        code: str | None = body["region"]
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
        offices = document["item"]["offices"]
        for office in {body["body"]: body for one in offices for body in bodies_of(one)}.values():
            queue = (document["item"]["basic_code"]["code"], office["body"])
            if (first := queues.setdefault(queue, document["slug"])) != document["slug"]:
                says = f"同一单位、同一基本编码已经有事项“{first}”。排队会混在一起，请核对编码。"
                file = next(
                    str(one / "item.yaml") for _, one in folders if one and one.name == document["slug"]
                )
                yield PackFault(file, 1, "QUEUE-TWICE", says)
