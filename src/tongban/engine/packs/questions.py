"""Questions: forms, and the answers of registers, bound to the data elements they ask for."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongban.engine.forms.model import problems_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import Library, vague_faults
from tongban.engine.packs.shape import each, fitting
from tongban.engine.packs.shapes import ELEMENTS, FORM
from tongban.engine.packs.tree import Path, Tree

Document = dict[str, Any]


def form_faults(tree: Tree, library: Library) -> tuple[Document, list[PackFault]]:
    """The form with what its elements say filled in, and its faults at their places in the file."""
    data, faults = fitting(tree, FORM)
    faults += vague_faults(tree, data)
    origin: dict[Path, Path] = {}
    steps: list[Document] = []
    elements: set[str] = set()
    for at, step in each(data, "steps"):
        origin["steps", len(steps)] = ("steps", at)
        fields: list[Document] = []
        for place, field in each(step, "fields"):
            path: Path = ("steps", at, "fields", place)
            faults += _binding_faults(tree, path, field, library, elements)
            if library.elements.get(field["element"]):
                origin["steps", len(steps), "fields", len(fields)] = path
                fields.append(bound(field, library.elements[field["element"]]))
        steps.append({**step, "fields": fields})
    resolved = {"steps": steps}
    for problem in problems_of(resolved, names_in(tree.data) - fields_of(resolved).keys()):
        faults.append(tree.fault(_original(problem.path, origin), problem.code, problem.says))
    return resolved, faults


def _original(path: Path, origin: Mapping[Path, Path]) -> Path:
    for length in (4, 2):
        if path[:length] in origin:
            return origin[path[:length]] + path[length:]
    return path


def _binding_faults(
    tree: Tree, path: Path, field: Mapping[str, Any], library: Library, before: set[str]
) -> Iterator[PackFault]:
    code = field["element"]
    element = library.elements.get(code)
    if element is None:
        yield tree.fault(
            (*path, "element"),
            "ELEMENT-UNKNOWN",
            library.lacks("数据元", code, "elements.yaml", ELEMENTS),
        )
        return
    if not element:  # It is at fault itself and told where it stands.
        return
    if code in before:
        says = (
            f"数据元“{code}”前面已经问过，同一件事只问一次。是同一件事就删掉这一个；"
            f"是另一件事，就在 {library.roots[0] / 'elements.yaml'} 里另定义一个数据元，代码不同。"
        )
        yield tree.fault((*path, "element"), "ELEMENT-TWICE", says)
    before.add(code)
    if element["personal"] and "why" not in field:
        yield tree.fault(
            path,
            "PERSONAL-WITHOUT-WHY",
            f"“{element['name']}”是个人信息，请告诉群众为什么要填（个人信息保护法第十七条），"
            "例如 why: 办好后打电话通知您",
        )
    for option in field.get("options", {}):
        if "options" in element and option not in element["options"]:
            says = f"数据元“{code}”没有选项“{option}”。请只从它的选项里挑：{'、'.join(element['options'])}。"
            yield tree.fault((*path, "options", option), "OPTION-UNKNOWN", says)


def bound(field: Mapping[str, Any], element: Mapping[str, Any]) -> Document:
    """A field with what it takes from its element; its own limits and options stand before the element's."""
    limits = {**element.get("limits", {}), **field.get("limits", {})}
    options = field.get("options", element.get("options", {}))
    bound = {"label": element["name"], **field, "kind": element["kind"], "personal": element["personal"]}
    # A list, for the order of the options is what people see and storage may not keep the order of keys.
    listed = [{"code": code, "label": label} for code, label in options.items()]
    return {**bound, "limits": limits, "options": listed}


def fields_of(form: Document) -> dict[str, Document]:
    """The fields of a resolved form by name."""
    return {field["name"]: field for step in form["steps"] for field in step["fields"]}


def names_in(form: Any) -> frozenset[str]:
    """The name of every field in a form as it was written, sound or not."""
    steps = form.get("steps") if isinstance(form, dict) else None
    rows = [one["fields"] for one in steps or () if isinstance(one, dict) and "fields" in one]
    fields = [one for row in rows if isinstance(row, list) for one in row if isinstance(one, dict)]
    return frozenset(one["name"] for one in fields if isinstance(one.get("name"), str))
