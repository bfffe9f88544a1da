"""Types of certificates: what is printed on one, how long it holds and by which law, what it stands for."""

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path as FilePath
from typing import Any

from tongban.engine.codes import CodeError, check_certificate_type
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.items import Draft
from tongban.engine.packs.library import Entries, Library, law_faults, read, twice_faults
from tongban.engine.packs.shape import each, fitting
from tongban.engine.packs.shapes import CERTIFICATE, ELEMENTS, MATERIALS
from tongban.engine.packs.tree import Tree, tree_of


def certificate_faults(library: Library, roots: Sequence[FilePath]) -> list[PackFault]:
    """Put the types of these packs folders, nearest first, into the library; every fault in them."""
    faults: list[PackFault] = []
    codes: dict[str, str] = {}
    for file in [file for root in roots for file in sorted((root / "certificates").glob("*.yaml"))]:
        tree = tree_of(str(file), read(file))
        data, found = fitting(tree, CERTIFICATE)
        found += [*_faults(tree, data, library)]
        code = data.get("type_code", "")
        if code and (first := codes.setdefault(code, file.stem)) != file.stem:
            says = f"证照类型代码已经被“{first}”用了。请核对编号。"
            found.append(tree.fault(("type_code",), "CERTIFICATE-CODE-TWICE", says))
        library.certificates.setdefault(file.stem, {} if found else dict(data))
        faults += found
    return faults


def _faults(tree: Tree, data: Mapping[str, Any], library: Library) -> Iterator[PackFault]:
    yield from law_faults(tree, data)
    yield from twice_faults(tree, data, "elements", "label")
    yield from twice_faults(tree, data, "satisfies")
    if "type_code" in data:
        try:
            check_certificate_type(data["type_code"])
        except CodeError as error:
            yield tree.fault(("type_code",), "CERTIFICATE-CODE-WRONG", f"{error.says}{error.do}")
    for at, kind in each(data, "satisfies"):
        if kind not in library.materials:
            says = library.lacks("材料", kind, "materials.yaml", MATERIALS)
            yield tree.fault(("satisfies", at), "MATERIAL-UNKNOWN", says)
    for place, code in _asked(data):
        if code not in library.elements:
            says = library.lacks("数据元", code, "elements.yaml", ELEMENTS)
            yield tree.fault(place, "ELEMENT-UNKNOWN", says)
    yield from _printed(tree, data)
    yield from _holder(tree, data)


def _asked(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every data element that the type takes from the answers, with its place in the file."""
    for key in ("name", "code"):
        for at, code in each(data.get("holder", {}), key):
            yield ("holder", key, at), code
    for at, one in each(data, "elements"):
        if "element" in one:
            yield ("elements", at, "element"), one["element"]


def _printed(tree: Tree, data: Mapping[str, Any]) -> Iterator[PackFault]:
    if "elements" not in data or "validity" not in data:
        return
    facts = {one.get("fact") for _, one in each(data, "elements")}
    for at, one in each(data, "elements"):
        if ("element" in one) == ("fact" in one):
            says = "每一项要么写 element（来自填报内容），要么写 fact（来自证照本身），只写一样。"
            yield tree.fault(("elements", at), "CERTIFICATE-ELEMENT-FROM-NOWHERE", says)
    if "holder-name" not in facts:
        says = "证照上要写明持证主体。请加一项 fact: holder-name。"
        yield tree.fault(("elements",), "CERTIFICATE-WITHOUT-HOLDER", says)
    for key, fact in (("validity", "valid-until"), ("endorsement", "endorsed-until")):
        if (data.get(key) is not None) != (fact in facts):
            says = f"有 {key} 的证照要印出 {fact}；没有的不能印。请改成一致。"
            yield tree.fault((key,), "CERTIFICATE-VALIDITY-NOT-SHOWN", says)


def _holder(tree: Tree, data: Mapping[str, Any]) -> Iterator[PackFault]:
    holder = data.get("holder")
    if holder and holder.get("founded") and holder["class"] != "enterprise":
        says = "只有发给企业的证照才能写 founded: true（颁发即设立）。"
        yield tree.fault(("holder", "founded"), "CERTIFICATE-FOUNDS-NO-ENTERPRISE", says)


def result_faults(draft: Draft, found: Set[str]) -> Iterator[PackFault]:
    """What is wrong with the certificate that an item's grant issues; nothing where it issues none.

    `found` are the data elements that are not asked for because a register gives them.
    """
    slug, place = draft.data.get("result", {}).get("certificate"), ("result", "certificate")
    if slug is None:
        return
    kind = draft.library.certificates.get(slug)
    if kind is None:
        known = "、".join(sorted(draft.library.certificates))
        says = f"没有证照类型“{slug}”。已有的：{known}；也可以在 certificates 文件夹里写一种。"
        yield draft.tree.fault(place, "CERTIFICATE-UNKNOWN", says)
    # A type that is at fault itself is told with its own file, a question likewise.
    if not kind or draft.spared or not draft.form_read:
        return
    asked = {field["element"] for field in draft.fields.values()}
    wanted = [one["element"] for one in kind["elements"] if "element" in one]
    if not asked.intersection(kind["holder"]["name"]):
        wanted.append(kind["holder"]["name"][0])
    for code in sorted(set(wanted) - asked - found):
        says = f"证照“{slug}”要印数据元“{code}”，表单里却没有问。请在 form.yaml 里加上。"
        yield draft.tree.fault(place, "CERTIFICATE-ELEMENT-NOT-ASKED", says)


def satisfied_by(material: str, types: Entries) -> list[dict[str, str]]:
    """The certificates that stand for a kind of material: `{certificate, name, holder}` each, by slug."""
    return [
        {"certificate": slug, "name": kind["name"], "holder": kind["holder"]["class"]}
        for slug, kind in sorted(types.items())
        if material in kind.get("satisfies", ())
    ]
