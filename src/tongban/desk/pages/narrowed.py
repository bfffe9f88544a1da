"""What a list is narrowed to: in the address, and in words that can be taken away one by one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.kernel.ids import OfficerId
from tongban.kernel.refusal import Refusal

ANY_REASON: Final = "any"
_CODE: Final = re.compile(r"[\w-]{1,80}")
_YEARS: Final = range(2000, 2100)

_WHERE: Final = {
    cases.Where.QUEUE: "在队列里等着",
    cases.Where.OFFICER: "有人在办",
    cases.Where.NEITHER: "不在队列，也没有人在办",
}
_OUTCOME: Final = {
    cases.Outcome.GRANTED: "准予",
    cases.Outcome.REFUSED: "不予批准",
    cases.Outcome.OTHERWISE: "其他结束",
}
SAID: Final = {"ordered": "已督办，等答复", "unexplained": "超期，没有说明", **cases.CAUSES}
"""What was said of a case that is late: of an order, of nothing, or why."""

_ON_A_DAY: Final = {
    "arrived": "{day}收到",
    "accepted": "{day}受理",
    "decided": "{day}作出决定",
    "ended": "{day}结束",
    "left": "{day}收工时还没办完",
    "due_by": "{day}前到期、还没超期",
    "since": "{day}以来",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter in words, and the address of the list without it."""

    words: str
    without: str


def _yes(text: str) -> bool:
    if text != "yes":
        raise ValueError(text)
    return True


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError(text)
    return day


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError(text)
    return text


def _said(text: str) -> str:
    if text not in SAID:
        raise ValueError(text)
    return text


def _reason(text: str) -> str:
    if text != ANY_REASON and text not in cases.OVERTAKING_REASONS:
        raise ValueError(text)
    return text


_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "open": _yes,
    "stage": cases.Stage,
    "where": cases.Where,
    "light": cases.Light,
    "outcome": cases.Outcome,
    "item": _code,
    "body": _code,
    "officer": lambda text: OfficerId(UUID(text)),
    "overtook": _reason,
    "said": _said,
    **dict.fromkeys(_ON_A_DAY, _day),
}


def narrowing_in(address: Mapping[str, str]) -> cases.Narrowing:
    """What an address asks for; refused where it asks for something that is not there."""
    found = {}
    for name, text in address.items():
        if name in _READ and text:
            try:
                found[name] = _READ[name](text)
            except ValueError:
                raise _not_understood() from None
    return cases.Narrowing(**found)


def sorting_in(address: Mapping[str, str], narrowing: cases.Narrowing) -> cases.Sorting:
    """How an address wants the list sorted: the first way that makes sense, unless it names another."""
    named = address.get("sort")
    return next((one for one in narrowing.sortings if one == named), narrowing.sortings[0])


def address_of(narrowing: cases.Narrowing) -> str:
    """The narrowing as a query string; nothing in it is about a person who applied."""
    given = {one.name: getattr(narrowing, one.name) for one in fields(narrowing)}
    return urlencode({name: _written(value) for name, value in given.items() if value})


def filters_of(narrowing: cases.Narrowing, names: Mapping[str, str]) -> list[Filter]:
    """Every filter in words, with the address without it; `names` as `names_known` has them."""
    return [
        Filter(words, address_of(_without(narrowing, name))) for name, words in _in_words(narrowing, names)
    ]


def _without(narrowing: cases.Narrowing, name: str) -> cases.Narrowing:
    gone: dict[str, Any] = {name: False if name == "open" else None}
    return replace(narrowing, **gone)


def _written(value: Any) -> str:
    return "yes" if value is True else str(value)


def _in_words(narrowing: cases.Narrowing, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if narrowing.open:
        yield "open", "在办"
    if narrowing.light:
        yield "light", cases.LIGHT_NAMES[narrowing.light]
    if narrowing.stage:
        yield "stage", cases.STAGE_NAMES[narrowing.stage]
    if narrowing.where:
        yield "where", _WHERE[narrowing.where]
    if narrowing.outcome:
        yield "outcome", _OUTCOME[narrowing.outcome]
    if narrowing.said:
        yield "said", SAID[narrowing.said]
    if narrowing.overtook:
        yield "overtook", f"优先取件：{reason_in_words(narrowing.overtook)}"
    for name, words in _ON_A_DAY.items():
        if day := getattr(narrowing, name):
            yield name, words.format(day=f"{day.month} 月 {day.day} 日")
    yield from _whose(narrowing, names)


def _whose(narrowing: cases.Narrowing, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if narrowing.item:
        yield "item", names.get(narrowing.item, narrowing.item)
    if narrowing.body:
        yield "body", names.get(narrowing.body, narrowing.body)
    if narrowing.officer:
        yield "officer", f"在{directory.name_of(narrowing.officer) or '已离岗人员'}手上"


def reason_in_words(reason: str) -> str:
    """The reason of an overtaking, as the public log gives it, in words."""
    return "任何理由" if reason == ANY_REASON else str(cases.OVERTAKING_REASONS.get(reason, reason))


def where_in_words(where: cases.Where) -> str:
    """On which side of the turn a case is, in words."""
    return _WHERE[where]


def names_known() -> dict[str, str]:
    """The names of today's items by their slugs, and of all bodies by their codes. One statement."""
    items = {str(one.slug): one.name for one in catalogue.items()}
    return items | {one.code: one.name for one in directory.bodies()}


def _not_understood() -> Refusal:
    return Refusal(
        "desk.narrowing.unknown",
        says="地址里有一个筛选条件看不懂。",
        do="请回到工作台，重新进来。",
        status=422,
    )
