"""An act as a page offers it: what it does, what must be said with it, what was seen before pressing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tongban.kernel.ids import Version
from tongban.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing an act asks for, in the shape of a form's field, named `<act>-<parameter>`."""

    name: str
    label: str
    kind: str
    help: str = ""
    required: bool = True
    options: tuple[Choice, ...] = ()
    limits: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""
    """What stands there before anything is typed."""


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that is open now: its code, its name, what it will do, what must be said with it.

    `main`: what is usually needed next. `approval`: another officer must agree before anything happens.
    `apart`: it is asked for on a page of its own.
    """

    code: str
    name: str
    effect: str
    asks: tuple[Ask, ...] = ()
    main: bool = False
    approval: bool = False
    apart: bool = False


def choice(name: str, label: str, offered: Mapping[str, str], value: str = "") -> Ask:
    """One of several, by code and label; `value` is chosen to begin with."""
    return Ask(name, label, "choice", options=tuple(Choice(*one) for one in offered.items()), value=value)


def choices(name: str, label: str, offered: Iterable[str], help: str = "") -> Ask:
    """Any of several sentences, none among them; each is its own code."""
    return Ask(
        name, label, "choices", help, required=False, options=tuple(Choice(one, one) for one in offered)
    )


def words(name: str, label: str, help: str = "", value: str = "") -> Ask:
    """Words in several lines; `value` stands there to begin with."""
    return Ask(name, label, "text", help, limits={"multiline": True}, value=value)


class Asks(dict[str, Any]):
    """What an act was told, by the name of its parameter, with the faults found in reading it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[dict[str, Any]] = []

    def missing(self, ask: Ask, do: str = "请补上这一项。") -> None:
        """What had to be said and was not."""
        self.faults.append({"name": ask.name, "says": f"{ask.label}：还没有填。", "do": do})


def read_asks(asks: Sequence[Ask], posted: QueryDict) -> Asks:
    """Read what an act asks for; every fault at once."""
    told = Asks()
    for ask in asks:
        if ask.kind == "choices":
            told[ask.name.rpartition("-")[2]] = [
                one.code for one in ask.options if one.code in posted.getlist(ask.name)
            ]
            continue
        value = str(posted.get(ask.name, "")).strip()
        if not value and ask.required:
            told.missing(ask)
        name = ask.name.rpartition("-")[2]
        told[name] = _day(ask, value, told.faults) if ask.kind == "date" and value else value
    return told


def _day(ask: Ask, value: str, faults: list[dict[str, Any]]) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        do = "请按“年-月-日”填写，例如 2026-03-05。"
        faults.append({"name": ask.name, "says": f"{ask.label}：日期不对。", "do": do})
        return None


def fields_of(
    asks: Sequence[Ask], posted: QueryDict, told: Asks
) -> list[tuple[Ask, Any, dict[str, Any] | None]]:
    """Each thing asked with what was typed so far and its fault, as a page shows them."""
    faults = {fault["name"]: fault for fault in reversed(told.faults)}
    return [(ask, _typed(ask, posted), faults.get(ask.name)) for ask in asks]


def _typed(ask: Ask, posted: QueryDict) -> str | list[str]:
    if ask.kind == "choices":
        return posted.getlist(ask.name)
    return posted.get(ask.name, ask.value)


def seen_in(posted: Mapping[str, Any]) -> Version:
    """The version that the page showed when its button was pressed."""
    text = str(posted.get("seen", ""))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refusal(
            "request.seen-missing",
            says=_("这一页的内容不完整。"),
            do=_("请退回上一页，刷新后再按一次。"),
            status=400,
        )
    return Version(int(text))
