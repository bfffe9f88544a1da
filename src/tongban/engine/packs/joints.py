"""Joint services: several items as one. What is right for one, beside the items that it is made of.

Sources: 行政许可法 arts. 26, 42 para. 2; 国务院令第722号 art. 36.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path as FilePath
from re import fullmatch
from typing import Any, NamedTuple

from tongban.engine.forms.model import condition_problems, problems_of
from tongban.engine.joint import Circle, in_order
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.guide_lists import named
from tongban.engine.packs.joint_shapes import JOINT
from tongban.engine.packs.library import Library, coded_faults, law_faults, read, twice_faults
from tongban.engine.packs.questions import bound
from tongban.engine.packs.shape import CODE, each, fitting
from tongban.engine.packs.shapes import ELEMENTS
from tongban.engine.packs.situations import ASKABLE
from tongban.engine.packs.tree import Path, Tree, tree_of

Document = dict[str, Any]


class Joint(NamedTuple):
    """One file `joint.yaml`, as far as it fits; `slug` is the folder's name."""

    slug: str
    tree: Tree
    data: Mapping[str, Any]
    library: Library

    @property
    def questions(self) -> list[Document]:
        """The first questions that are sound, with what their elements say filled in."""
        elements = self.library.elements
        asked = (one for _, one in each(self.data, "questions"))
        return [
            {**bound(one, elements[one["element"]]), "tells": one.get("tells", [])}
            for one in asked
            if elements.get(one["element"])
        ]

    @property
    def fields(self) -> dict[str, Document]:
        """What the members' conditions may speak of, by name."""
        return {one["name"]: one for one in self.questions}


def joints_of(root: FilePath, library: Library) -> tuple[list[Joint], list[PackFault]]:
    """The joint services of one packs folder, and every fault that a file alone can have."""
    found: list[Joint] = []
    faults: list[PackFault] = []
    for file in sorted((root / "joint").glob("*/joint.yaml")):
        tree = tree_of(str(file), read(file))
        data, wrong = fitting(tree, JOINT)
        one = Joint(file.parent.name, tree, data, library)
        faults += [*wrong, *_own_faults(one)]
        found.append(one)
    return found, faults


def _own_faults(one: Joint) -> Iterator[PackFault]:
    tree, data = one.tree, one.data
    if not fullmatch(CODE, one.slug):
        says = "文件夹名就是联办的代号，只能用小写字母、数字和短横线，例如 newborn。"
        yield tree.fault((), "SLUG-FORM", says)
    yield from coded_faults(tree, data, one.library)
    yield from law_faults(tree, data)
    yield from twice_faults(tree, data, "members", "item")
    yield from twice_faults(tree, data, "questions", "element")
    yield from _question_faults(one)
    yield from _result_faults(one)
    for at, member in each(data, "members"):
        if "when" in member:
            path: Path = ("members", at, "when")
            for problem in condition_problems(member["when"], path, one.fields, (), "questions 里有"):
                yield tree.fault(*problem)


def _question_faults(one: Joint) -> Iterator[PackFault]:
    for at, question in each(one.data, "questions"):
        path: Path = ("questions", at)
        element = one.library.elements.get(question["element"])
        if element is None:
            says = one.library.lacks("数据元", question["element"], "elements.yaml", ELEMENTS)
            yield one.tree.fault((*path, "element"), "ELEMENT-UNKNOWN", says)
        elif element and element["kind"] not in ASKABLE:
            says = f"“{element['name']}”不是选一个，也不是“是或否”，不能决定要办哪些事。请换一个数据元。"
            yield one.tree.fault((*path, "element"), "JOINT-QUESTION-NOT-A-CHOICE", says)
        elif element:
            if element["personal"] and "why" not in question:
                says = f"“{element['name']}”是个人信息，请告诉群众为什么要问，例如 why: 决定要办哪几件"
                yield one.tree.fault(path, "PERSONAL-WITHOUT-WHY", says)
            yield from _telling_faults(one, at, question)
            yield from _purpose_faults(one, at, question)
    if len(one.questions) == len(one.data.get("questions", ())):
        data = {"steps": [{"code": "first", "title": "first", "fields": one.questions}]}
        for problem in problems_of(data):
            place: Path = ("questions", *problem.path[3:])
            yield one.tree.fault(place, problem.code, problem.says)


def _telling_faults(one: Joint, at: int, question: Mapping[str, Any]) -> Iterator[PackFault]:
    possible = answers_to(one.fields[question["name"]])
    for place, telling in each(question, "tells"):
        answer = telling["answer"]
        if not any(type(answer) is type(known) and answer == known for known in possible):
            listed = "、".join(
                str(known).lower() if known in (True, False) else str(known) for known in possible
            )
            says = f"这一问没有“{answer}”这个回答。可以写：{listed}。"
            yield one.tree.fault(("questions", at, "tells", place, "answer"), "JOINT-ANSWER-UNKNOWN", says)


def answers_to(question: Mapping[str, Any]) -> Sequence[str | bool]:
    """Every answer to a resolved question of choice or yes-or-no."""
    if question["kind"] == "boolean":
        return (True, False)
    return [option["code"] for option in question["options"]]


def _purpose_faults(one: Joint, at: int, question: Mapping[str, Any]) -> Iterator[PackFault]:
    """A question is asked only if an answer changes who takes part, another question, or what is told."""
    whens = [member.get("when") for _, member in each(one.data, "members")]
    whens += [other.get("when") for _, other in each(one.data, "questions")]
    if not question.get("tells") and f"'{question['name']}'" not in repr(whens):
        says = (
            f"问了“{question['name']}”，却什么也不改变：没有事项看它，也没有写 tells。"
            "请去掉这一问，或者写明它决定什么。"
        )
        yield one.tree.fault(("questions", at), "JOINT-QUESTION-LEADS-NOWHERE", says)


def _result_faults(one: Joint) -> Iterator[PackFault]:
    members = [member for _, member in each(one.data, "members")]
    items = [member["item"] for member in members]
    groups = {member["exactly_one"] for member in members if "exactly_one" in member}
    waits: dict[str, list[str]] = {item: [] for item in items}
    for at, member in each(one.data, "members"):
        if member.get("exactly_one") in items:
            says = f"“{member['exactly_one']}”已经是一个事项的代号，一组事项要另起名字。"
            yield one.tree.fault(("members", at, "exactly_one"), "JOINT-GROUP-NAMED-AS-ITEM", says)
        for place, after in each(member, "after"):
            wanted = after["result_of"]
            meant = [
                other["item"] for other in members if wanted in (other["item"], other.get("exactly_one"))
            ]
            waits[member["item"]] += meant
            if not meant:
                near = get_close_matches(wanted, [*items, *sorted(groups)], n=1)
                hint = (
                    f"是不是想写“{near[0]}”？"
                    if near
                    else f"可以写：{'、'.join([*items, *sorted(groups)])}。"
                )
                says = f"这里没有“{wanted}”这件事，等不到它的结果。{hint}"
                path: Path = ("members", at, "after", place, "result_of")
                yield one.tree.fault(path, "JOINT-RESULT-UNKNOWN", says)
    try:
        in_order(waits)
    except Circle as circle:
        says = f"这几件事互相等结果，谁也开始不了：{' → '.join(circle.members)}。请去掉其中一个 after。"
        yield one.tree.fault(("members", items.index(circle.members[0])), "JOINT-CIRCLE", says)


def joint_document(one: Joint) -> Document:
    """A joint service without fault as plain JSON, its questions resolved and its audience named."""
    return {
        "format": 1,
        "slug": one.slug,
        "joint": {
            **one.data,
            "audience": [named(each, one.library) for each in one.data["audience"]],
            "questions": one.questions,
        },
    }
