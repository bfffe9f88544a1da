"""Situations (情形引导): the few questions by which a guide is cut down to what one person needs.

A question asks by a data element. Where the form asks by it too, the guide's question is the form's own: its
options, and the condition under which it is asked; so guide and form cannot contradict each other.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tongban.engine.forms import ConditionError, Kind, condition_of, fields_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.items import Draft
from tongban.engine.packs.shape import each
from tongban.engine.packs.shapes import ELEMENTS

Document = dict[str, Any]

ASKABLE: Final = (Kind.CHOICE, Kind.BOOLEAN)
"""Answers that are one of a few words: they may stand in an address, for they name nobody."""


def situations_of(item: Mapping[str, Any], form: Document, elements: Mapping[str, Any]) -> list[Document]:
    """The questions of a sound item, each whole: `{element, field, label, help, kind, options, when, tells}`.

    Where the item writes none, they are those fields on which its materials depend.
    """
    asked = _asked(form)
    if "situations" not in item:
        return [_whole({"element": field["element"]}, asked, elements) for field in _deciding(item, asked)]
    return [_whole(one, asked, elements) for one in item["situations"]]


def situation_faults(draft: Draft, form: Document) -> Iterator[PackFault]:
    """Every question that nobody can be asked, that changes nothing, or that says other than the form."""
    asked = _asked(form)
    before: set[str] = set()
    for at, one in each(draft.data, "situations"):
        element = draft.library.elements.get(one["element"])
        if element is None:
            says = draft.library.lacks("数据元", one["element"], "elements.yaml", ELEMENTS)
            yield draft.tree.fault(("situations", at, "element"), "ELEMENT-UNKNOWN", says)
        elif element and element["kind"] not in ASKABLE:
            says = (
                f"“{element['name']}”不是从几个选项里选一个，也不是“是或否”，不能拿来分情形。请换一个数据元。"
            )
            yield draft.tree.fault(("situations", at, "element"), "SITUATION-NOT-A-CHOICE", says)
        elif element:
            question = _whole(one, asked, draft.library.elements)
            yield from _order_faults(draft, at, question, before)
            yield from _telling_faults(draft, at, one, question)
            yield from _purpose_faults(draft, at, question, asked)
            before.add(question["field"])


def _asked(form: Document) -> dict[str, Document]:
    """The form's fields by name, each with all the conditions under which it is asked in `whens`."""
    return {
        field["name"]: {**field, "whens": [one["when"] for one in (step, field) if "when" in one]}
        for step in form["steps"]
        for field in step["fields"]
    }


def _whole(one: Mapping[str, Any], asked: Mapping[str, Document], elements: Mapping[str, Any]) -> Document:
    code = one["element"]
    field = next((field for field in asked.values() if field["element"] == code), None)
    options = [{"code": key, "label": label} for key, label in elements[code].get("options", {}).items()]
    return {
        "element": code,
        "field": field["name"] if field else None,
        "label": one.get("question") or (field["label"] if field else elements[code]["name"]),
        "help": one.get("help", field.get("help", "") if field else ""),
        "kind": elements[code]["kind"],
        "must_agree": bool(field and field["limits"].get("must_agree")),
        "options": field["options"] if field else options,
        "when": _all_of(field["whens"]) if field else None,
        "tells": [dict(telling) for telling in one.get("tells", ()) if telling is not None],
    }


def _all_of(whens: list[Document]) -> Document | None:
    if len(whens) < 2:
        return whens[0] if whens else None
    return {"all": whens}


def _answers(question: Document) -> list[str | bool]:
    if question["kind"] == Kind.BOOLEAN:
        return [True, False]
    return [option["code"] for option in question["options"]]


def _order_faults(draft: Draft, at: int, question: Document, before: set[str]) -> Iterator[PackFault]:
    missing = sorted(_spoken_of(question["when"]) - before)
    if missing:
        says = (
            f"表单只在知道了“{'、'.join(missing)}”以后才问“{question['label']}”，指南里前面却没有问。"
            "请把那个问题也写进 situations，放在这一问前面。"
        )
        yield draft.tree.fault(("situations", at), "SITUATION-NEVER-ASKED", says)


def _telling_faults(draft: Draft, at: int, one: Mapping[str, Any], question: Document) -> Iterator[PackFault]:
    possible = _answers(question)
    seen: list[Any] = []
    for place, telling in each(one, "tells"):
        path, answer = ("situations", at, "tells", place), telling["answer"]
        # 1 and True are one value in Python and two in a pack.
        if not any(type(answer) is type(one) and answer == one for one in possible) or answer in seen:
            listed = "、".join(str(one).lower() if isinstance(one, bool) else one for one in possible)
            says = (
                f"“{question['label']}”没有“{answer}”这个回答，或者前面已经说过。每个回答说一次：{listed}。"
            )
            yield draft.tree.fault((*path, "answer"), "SITUATION-ANSWER-UNKNOWN", says)
        elif telling.get("ends") and question["field"] and not (question["must_agree"] and answer is False):
            says = (
                f"表单收“{answer}”这个回答，指南却说办不了。两边要一致：去掉 ends，或者从表单里去掉这个选项。"
            )
            yield draft.tree.fault((*path, "ends"), "SITUATION-CONTRADICTS-FORM", says)
        seen.append(answer)
    if all(answer in _ending(question) for answer in possible):
        says = f"“{question['label']}”怎么答都办不了，那就没有人能办。请核对 ends。"
        yield draft.tree.fault(("situations", at, "tells"), "SITUATION-BARS-EVERYONE", says)


def _ending(question: Document) -> list[Any]:
    return [telling["answer"] for telling in question["tells"] if telling.get("ends")]


def _purpose_faults(
    draft: Draft, at: int, question: Document, asked: Mapping[str, Document]
) -> Iterator[PackFault]:
    """A question is asked only if an answer changes a material, another question, or what is told."""
    others = [one for _, one in each(draft.data, "situations") if one["element"] != question["element"]]
    whens = [one.get("when") for _, one in each(draft.data, "materials")]
    for other in others:
        whens += [
            when
            for field in asked.values()
            if field["element"] == other["element"]
            for when in field["whens"]
        ]
    if not question["tells"] and not any(question["field"] in _spoken_of(when) for when in whens):
        says = (
            f"问了“{question['label']}”，却什么也不改变：没有材料看它，后面的问题不看它，也没有写 tells。"
            "请去掉这一问，或者用 tells 写明每个回答意味着什么。"
        )
        yield draft.tree.fault(("situations", at), "SITUATION-LEADS-NOWHERE", says)


def _spoken_of(when: Any) -> frozenset[str]:
    """The fields a condition speaks of; none where it cannot be read, which is told where it stands."""
    try:
        return fields_of(condition_of(when)) if when is not None else frozenset()
    except ConditionError:
        return frozenset()


def _deciding(item: Mapping[str, Any], asked: Mapping[str, Document]) -> list[Document]:
    """The fields that decide on a material, and those that these hang on, in the form's order.

    A field that is no choice, or that hangs on one that is none, cannot be asked by a guide.
    """
    wanted = frozenset[str]().union(*(_spoken_of(one.get("when")) for one in item["materials"]))
    while (
        more := wanted.union(*(_spoken_of(when) for name in wanted for when in asked[name]["whens"]))
    ) != wanted:
        wanted = more
    known: set[str] = set()
    for name, field in asked.items():
        hangs_on = frozenset[str]().union(*map(_spoken_of, field["whens"]))
        if name in wanted and field["kind"] in ASKABLE and hangs_on <= known:
            known.add(name)
    return [field for name, field in asked.items() if name in known]
