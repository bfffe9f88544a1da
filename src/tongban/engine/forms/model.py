"""What a form is, and how it is read from the plain data of a pack."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from tongban.engine.forms.condition import (
    AllOf,
    Condition,
    ConditionError,
    condition_of,
    fields_of,
    literals_of,
)
from tongban.engine.forms.kinds import LIMITS, Cleaner, Kind, cleaner

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing wrong in a form's data: where, a stable code, and what is wrong with what to do."""

    path: Path
    code: str
    says: str


class FormError(ValueError):
    """The data is no form; every problem is named."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.code} {problem.path}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen: its code is stored, its label is read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question, bound to one data element. `why` tells people why it is asked."""

    name: str
    element: str
    label: str
    kind: Kind
    required: bool = True
    personal: bool = False
    limits: Mapping[str, Any] = dataclass_field(default_factory=dict)
    options: tuple[Option, ...] = ()
    help: str = ""
    why: str = ""
    when: Condition | None = None
    clean: Cleaner = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = tuple(option.code for option in self.options)
        object.__setattr__(self, "clean", cleaner(self.kind, self.limits, codes))


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. A field asks under its own condition and its step's together."""

    code: str
    title: str
    fields: tuple[Field, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Steps in the order they are asked. Names are unique; a condition speaks only of fields before it."""

    steps: tuple[Step, ...]
    asked: tuple[tuple[Step, Field, Condition | None], ...] = dataclass_field(
        init=False, repr=False, compare=False
    )
    names: frozenset[str] = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        asked = tuple(
            (step, each, _both(step.when, each.when)) for step in self.steps for each in step.fields
        )
        object.__setattr__(self, "asked", asked)
        object.__setattr__(self, "names", frozenset(each.name for _, each, _ in asked))

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for _, one, _ in self.asked:
            if one.name == name:
                return one
        raise KeyError(name)


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is not None and other is not None:
        return AllOf((one, other))
    return one if other is None else other


def form_of(data: Mapping[str, Any]) -> Form:
    """The form that this data describes; FormError with every problem if it describes none.

    `data` is `{steps: [{code, title, when?, fields: [{name, element, label, kind, required?, personal?,
    limits?, options?: [{code, label}], help?, why?, when?}]}]}`, already of the right types.
    """
    if problems := problems_of(data):
        raise FormError(problems)
    return Form(tuple(_step(step) for step in data["steps"]))


def _step(data: Mapping[str, Any]) -> Step:
    return Step(data["code"], data["title"], tuple(map(_field, data["fields"])), _when(data))


def _when(data: Mapping[str, Any]) -> Condition | None:
    return condition_of(data["when"]) if "when" in data else None


def _field(data: Mapping[str, Any]) -> Field:
    return Field(
        name=data["name"],
        element=data["element"],
        label=data["label"],
        kind=Kind(data["kind"]),
        required=data.get("required", True),
        personal=data.get("personal", False),
        limits=MappingProxyType(dict(data.get("limits", {}))),
        options=tuple(Option(one["code"], one["label"]) for one in data.get("options", ())),
        help=data.get("help", ""),
        why=data.get("why", ""),
        when=_when(data),
    )


def problems_of(data: Mapping[str, Any], spared: Collection[str] = ()) -> list[Problem]:
    """Everything wrong in a form whose keys and types are right: names, limits, options, conditions.

    `spared` are the names of fields that are at fault themselves: conditions may speak of them unjudged.
    """
    problems: list[Problem] = []
    before: dict[str, Mapping[str, Any]] = {}
    steps: set[str] = set()
    for at, step in enumerate(data["steps"]):
        if step["code"] in steps:
            problems.append(
                Problem(
                    ("steps", at, "code"), "STEP-TWICE", f"步骤代码“{step['code']}”前面已经用过，请换一个。"
                )
            )
        steps.add(step["code"])
        problems += _condition_problems(step, ("steps", at), before, spared)
        for place, each in enumerate(step["fields"]):
            path: Path = ("steps", at, "fields", place)
            problems += _condition_problems(each, path, before, spared)
            problems += kind_problems(each, path)
            if each["name"] in before:
                problems.append(
                    Problem((*path, "name"), "FIELD-TWICE", f"字段名“{each['name']}”前面已经用过，请换一个。")
                )
            before[each["name"]] = each
    return problems


def _condition_problems(
    data: Mapping[str, Any], path: Path, before: Mapping[str, Mapping[str, Any]], spared: Collection[str]
) -> Iterator[Problem]:
    if "when" in data:
        yield from condition_problems(data["when"], (*path, "when"), before, spared, "前面问过的有")


def condition_problems(
    data: object,
    path: Path,
    known: Mapping[str, Mapping[str, Any]],
    spared: Collection[str] = (),
    listed_as: str = "表单里的字段有",
) -> Iterator[Problem]:
    """What is wrong with a condition over these fields: shape, an unknown name, a value nobody can give.

    Of a name in `spared` nothing is said. `listed_as` are the words before the list of the known ones.
    """
    try:
        condition = condition_of(data)
    except ConditionError as error:
        yield Problem((*path, *error.path), "CONDITION-UNREADABLE", error.says)
        return
    for name in sorted(fields_of(condition) - known.keys() - set(spared)):
        says = f"这里不能用字段“{name}”。条件写字段的 name；{listed_as}：{'、'.join(known) or '无'}。"
        yield Problem(path, "CONDITION-UNKNOWN-FIELD", says)
    for name, value in sorted(literals_of(condition), key=repr):
        if name in known and known[name]["kind"] in (Kind.TEXT, Kind.ADDRESS):
            says = (
                f"字段“{name}”是群众自己写的话，不会正好是“{value}”。"
                "请把数据元的 kind 改为 choice（从选项里选一个），或者只看填没填：present: true。"
            )
            yield Problem(path, "CONDITION-ON-FREE-TEXT", says)
        elif name in known and not _can_be(known[name], value):
            yield Problem(
                path,
                "CONDITION-NEVER-TRUE",
                f"字段“{name}”不可能等于“{value}”。{_answers_of(known[name])}",
            )


def _can_be(data: Mapping[str, Any], value: str | int | bool) -> bool:
    kind = data["kind"]
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return any(value == one["code"] for one in data.get("options", ()))
    if kind == Kind.BOOLEAN:
        return isinstance(value, bool)
    if kind == Kind.NUMBER:
        whole = not data.get("limits", {}).get("decimals")
        return isinstance(value, int) and not isinstance(value, bool) and whole
    return isinstance(value, str)


def _answers_of(data: Mapping[str, Any]) -> str:
    if options := data.get("options"):
        listed = "、".join(f"{one['code']}（{one['label']}）" for one in options)
        return f"要写选项的代码：{listed}。"
    if data["kind"] == Kind.BOOLEAN:
        return "要写 true 或 false，不加引号。"
    if data["kind"] == Kind.NUMBER and not data.get("limits", {}).get("decimals"):
        return "要写整数，不加引号。"
    return "要写文字，数字请加引号；带小数的数不能这样比，请改用 present: true。"


def kind_problems(data: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """What is wrong with the kind, limits and options of one field or data element."""
    if data["kind"] not in LIMITS:
        yield Problem(
            (*path, "kind"), "KIND-UNKNOWN", f"没有“{data['kind']}”这种类型。可用：{'、'.join(Kind)}。"
        )
        return
    kind = Kind(data["kind"])
    yield from _limit_problems(kind, data.get("limits", {}), (*path, "limits"))
    chooses = kind in (Kind.CHOICE, Kind.CHOICES)
    if chooses and not data.get("options"):
        name = data.get("label", data["name"])
        says = f"选择题“{name}”没有选项。请写上，例如 options: {{catering: 做餐饮, retail: 卖食品}}"
        yield Problem(path, "OPTIONS-MISSING", says)
    yield from _alike(data.get("options", ()), (*path, "options"))
    if not chooses and data.get("options"):
        yield Problem(
            (*path, "options"),
            "OPTIONS-NOT-NEEDED",
            f"{kind} 类型没有选项。请删掉 options，或把 kind 改为 choice（选一个）或 choices（选几个）。",
        )


def _alike(options: Any, path: Path) -> Iterator[Problem]:
    """Options that people cannot tell apart: a field's, in a list, or an element's, by code."""
    listed = (
        options.items() if isinstance(options, Mapping) else ((one["code"], one["label"]) for one in options)
    )
    first: dict[str, str] = {}
    for code, label in listed:
        if first.setdefault(label, code) != code:
            says = f"选项 {first[label]} 和 {code} 都叫“{label}”，群众分不出来。请改成不同的话，或删掉一个。"
            yield Problem(path, "OPTIONS-ALIKE", says)


def _limit_problems(kind: Kind, limits: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    wrong = False
    for name, value in limits.items():
        wanted = LIMITS[kind].get(name)
        if wanted is None:
            known = "、".join(LIMITS[kind]) or "没有任何限制"
            yield Problem((*path, name), "LIMIT-UNKNOWN", f"{kind} 类型不认识限制“{name}”。可用：{known}。")
        elif not _fits(value, wanted) or (name == "decimals" and value > MOST_DECIMALS):
            wrong = True
            yield Problem((*path, name), "LIMIT-TYPE", f"限制“{name}”的写法不对，应是{_NAMES[wanted]}。")
    for low, high in () if wrong else _PAIRS:
        if low in limits and high in limits and limits[low] > limits[high]:
            yield Problem((*path, low), "LIMIT-EMPTY", f"{low} 大于 {high}，没有答案能通过。请核对。")


MOST_DECIMALS = 6
_NAMES = {
    int: "不为负的整数，小数位数 decimals 不超过 6",
    bool: "true 或 false",
    date: "日期，例如 2026-01-31",
}
_PAIRS = (
    ("min_length", "max_length"),
    ("minimum", "maximum"),
    ("earliest", "latest"),
    ("least", "most"),
)


def _fits(value: object, wanted: type) -> bool:
    if wanted is date:
        return isinstance(value, str) and _is_day(value)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15
    return isinstance(value, wanted)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
