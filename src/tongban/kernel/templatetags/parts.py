"""The parts of pages that need a little thought before they are shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol

from django import template

register = template.Library()

WEEKDAYS: Final = "一二三四五六日"
MOST_RADIOS: Final = 7
"""More choices than this are a list to pull down."""

UPLOAD: Final = {"accept": "image/jpeg,image/png,application/pdf"}
_INPUTS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "text": ("text", {}),
    "number": ("text", {"inputmode": "decimal", "class": "short"}),
    "amount": ("text", {"inputmode": "decimal", "class": "short"}),
    "date": ("date", {"class": "short"}),
    "phone": ("tel", {"autocomplete": "tel", "class": "short"}),
    "address": ("text", {"autocomplete": "street-address"}),
    "resident-id": ("text", {"autocomplete": "off", "spellcheck": "false", "maxlength": "18"}),
    "uscc": ("text", {"autocomplete": "off", "spellcheck": "false", "maxlength": "18"}),
    "file": ("file", UPLOAD),
}
YES_AND_NO: Final = (("true", "是"), ("false", "否"))


class Mark(Protocol):
    """A day of a clock, as `engine.calendar.days_of` gives it."""

    @property
    def day(self) -> date: ...
    @property
    def kind(self) -> str: ...


class Question(Protocol):
    """A field of a form, as `engine.forms` gives it; for an upload, anything of kind `file`."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def required(self) -> bool: ...


@register.filter
def day(of: date) -> str:
    """10 月 15 日（周四）."""
    return f"{of.month} 月 {of.day} 日（周{WEEKDAYS[of.weekday()]}）"


@register.inclusion_tag("parts/field.html")
def field(asked: Question, value: Any = None, fault: Any = None) -> dict[str, Any]:
    """A question with its answer so far and, where there is one, its fault (`says`, `do`).

    Its input has the id `f-<name>`; so has the group of choices. Several answers are sent under one name,
    yes and no as `true` and `false`.
    """
    hint = " ".join(text for text in (getattr(asked, "help", ""), getattr(asked, "why", "")) if text)
    described = [f"f-{asked.name}-{part}" for part, text in (("fault", fault), ("hint", hint)) if text]
    choices = _choices(asked, value)
    return {
        "field": asked,
        "value": "" if value is None else value,
        "fault": fault,
        "hint": hint,
        "about": " ".join(described),
        "choices": choices,
        **_input(asked, len(choices)),
    }


def _input(asked: Question, choices: int) -> dict[str, Any]:
    limits: Mapping[str, Any] = getattr(asked, "limits", {})
    if choices:
        if asked.kind == "choices" or limits.get("must_agree"):
            return {"input": "checkbox", "grouped": True}
        return {"input": "radio", "grouped": True} if choices <= MOST_RADIOS else {"input": "select"}
    if limits.get("multiline"):
        return {"input": "textarea"}
    kind, attributes = _INPUTS[asked.kind]
    return {"input": kind, "attributes": attributes}


def _choices(asked: Question, value: Any) -> list[dict[str, Any]]:
    if asked.kind == "boolean":
        agree = getattr(asked, "limits", {}).get("must_agree")
        offered: Iterable[tuple[str, str]] = (("true", "我同意"),) if agree else YES_AND_NO
        chosen: Collection[str] = ("" if value is None else str(value).lower(),)
    else:
        offered = [(option.code, option.label) for option in getattr(asked, "options", ())]
        chosen = value if isinstance(value, list | tuple) else (value,)
    return [{"code": code, "label": label, "chosen": code in chosen} for code, label in offered]


@register.inclusion_tag("parts/strip.html")
def strip(days: Sequence[Mark], today: date) -> dict[str, Any]:
    """The days of a clock, one square each, with the sentence that says the same."""
    shown = [_marks(each, today) for each in days]
    seen = {mark for marks in shown for mark in marks}
    return {
        "squares": [" ".join(marks) for marks in shown],
        "sentence": sentence_of(days, today),
        "legend": [(mark, word) for mark, word in LEGEND.items() if mark in seen],
    }


LEGEND: Final = {
    "start": "起算日",
    "used": "已用",
    "excluded": "不计时",
    "rest": "周末和放假",
    "today": "今天",
    "due": "最后一天",
}


def _marks(each: Mark, today: date) -> list[str]:
    used = each.kind in ("counted", "due") and each.day <= today
    kind = [] if each.kind == "counted" else [each.kind]
    return [*kind, *(["used"] if used else []), *(["today"] if each.day == today else [])]


def sentence_of(days: Sequence[Mark], today: date) -> str:
    """What the squares say: how much is used, what does not count, what is left, and until when."""
    counted = [each for each in days if each.kind in ("counted", "due")]
    used = sum(each.day <= today for each in counted)
    said = [f"已用 {used} 天"]
    for kind, words in (("excluded", "不计时 {} 天"), ("rest", "周末和放假 {} 天")):
        if number := sum(each.kind == kind for each in days):
            said.append(words.format(number))
    last = days[-1] if days else None
    if last is None or last.kind != "due":
        return "，".join([*said, "现在不计时，最后一天待定"])
    if today > last.day:
        return "，".join([*said, f"最后一天是 {day(last.day)}，已经超过"])
    return "，".join([*said, f"还剩 {len(counted) - used} 天", f"最后一天是 {day(last.day)}"])
