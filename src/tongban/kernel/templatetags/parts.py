"""The parts of pages that need a little thought before they are shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any, Final, Protocol

from django import template
from django.utils.translation import gettext as _

from tongban.kernel import languages
from tongban.kernel.speech import day_in_words, moment_in_words, spoken

register = template.Library()
register.filter(spoken)

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
    """10 月 15 日（周四）; in English Thu 15 Oct."""
    # Django says 星期四, which is longer and no clearer.
    return day_in_words(of)


@register.filter
def moment(of: datetime) -> str:
    """10 月 15 日 09:30, in local time."""
    return moment_in_words(of)


@register.filter
def told(text: str | Sequence[str]) -> str | list[str]:
    """What a pack says, in the reader's language: the name of an item as a case keeps it, or several."""
    return languages.told(text) if isinstance(text, str) else [languages.told(one) for one in text]


@register.filter
def cited(rule: Any) -> str:
    """The law and the article of a rule, or of an entry of a pack: 《行政许可法》第四十二条."""
    law, article = (
        itemgetter("law", "article")(rule)
        if isinstance(rule, Mapping)
        else attrgetter("law", "article")(rule)
    )
    return languages.cited(law, article)


@register.inclusion_tag("parts/field.html")
def field(asked: Question, value: Any = None, fault: Any = None) -> dict[str, Any]:
    """A question with its answer so far and, where there is one, its fault (`says`, `do`).

    Its input has the id `f-<name>`; so has the group of choices. Several answers are sent under one name,
    yes and no as `true` and `false`.
    """
    hints = [text for text in (getattr(asked, "help", ""), getattr(asked, "why", "")) if text]
    described = [f"f-{asked.name}-{part}" for part, text in (("fault", fault), ("hint", hints)) if text]
    choices = _choices(asked, value)
    return {
        "field": asked,
        "value": "" if value is None else value,
        "fault": fault,
        "hints": hints,
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


def _yes_and_no() -> tuple[tuple[str, str], ...]:
    return ("true", _("是")), ("false", _("否"))


def _choices(asked: Question, value: Any) -> list[dict[str, Any]]:
    if asked.kind == "boolean":
        agree = getattr(asked, "limits", {}).get("must_agree")
        offered: Iterable[tuple[str, str]] = (("true", _("我同意")),) if agree else _yes_and_no()
        chosen: Collection[str] = ("" if value is None else str(value).lower(),)
    else:
        offered = [(option.code, option.label) for option in getattr(asked, "options", ())]
        chosen = value if isinstance(value, list | tuple) else (value,)
    return [{"code": code, "label": label, "chosen": code in chosen} for code, label in offered]


CALM: Final = 42
"""More days than these are drawn smaller: six weeks still fit on a phone without pushing all else away."""
OUTSIDE: Final = "outside"


@register.inclusion_tag("parts/strip.html")
def strip(days: Sequence[Mark], today: date) -> dict[str, Any]:
    """The days of a clock, a square each, a week in a row, with the sentence that says the same."""
    before = days[0].day.weekday() if days else 0
    squares = [OUTSIDE] * before + [" ".join(_marks(each, today)) for each in days]
    return {
        "weeks": [squares[first : first + 7] for first in range(0, len(squares), 7)],
        "long": len(days) > CALM,
        "sentence": sentence_of(days, today),
        "legend": _legend(days, today),
    }


def _marks(each: Mark, today: date) -> list[str]:
    used = each.kind in ("counted", "due") and each.day <= today
    kind = [] if each.kind == "counted" else [each.kind]
    return [*kind, *(["used"] if used else []), *(["today"] if each.day == today else [])]


def _legend(days: Sequence[Mark], today: date) -> list[tuple[str, str]]:
    """What each kind of square means, and how many days or which day it is; only of those that are there."""
    used, left, excluded, rest = _counted(days, today)
    told = [
        ("start", [_("起算日 %(day)s") % {"day": day(each.day)} for each in days if each.kind == "start"]),
        ("used", [_("已用 %(number)s 天") % {"number": used}] if used else []),
        ("excluded", [_("不计时 %(number)s 天") % {"number": excluded}] if excluded else []),
        ("rest", [_("周末和放假 %(number)s 天") % {"number": rest}] if rest else []),
        ("today", [_("今天")] if any(each.day == today for each in days) else []),
        ("", [_("还剩 %(number)s 天") % {"number": left}] if left else []),
        ("due", [_("最后一天 %(day)s") % {"day": day(each.day)} for each in days if each.kind == "due"]),
    ]
    return [(mark, words) for mark, said in told for words in said]


def _counted(days: Sequence[Mark], today: date) -> tuple[int, int, int, int]:
    """Days used, left, not counted by law, and of rest."""
    counted = [each.day <= today for each in days if each.kind in ("counted", "due")]
    excluded, rest = (sum(each.kind == kind for each in days) for kind in ("excluded", "rest"))
    return sum(counted), len(counted) - sum(counted), excluded, rest


def sentence_of(days: Sequence[Mark], today: date) -> str:
    """What the squares say: how much is used, what does not count, what is left, and until when."""
    used, left, excluded, rest = _counted(days, today)
    said = [_("已用 %(number)s 天") % {"number": used}]
    if excluded:
        said.append(_("不计时 %(number)s 天") % {"number": excluded})
    if rest:
        said.append(_("周末和放假 %(number)s 天") % {"number": rest})
    last = days[-1] if days else None
    if last is None or last.kind != "due":
        return _("，").join([*said, _("现在不计时，最后一天待定")])
    if today > last.day:
        return _("，").join([*said, _("最后一天是 %(day)s，已经超过") % {"day": day(last.day)}])
    said += [_("还剩 %(number)s 天") % {"number": left}, _("最后一天是 %(day)s") % {"day": day(last.day)}]
    return _("，").join(said)
