"""What changed from one version of an item to the next, in the words of those who read its guide."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.engine.packs import differences
from tongban.kernel.figures import Limit, in_words
from tongban.kernel.speech import spoken

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what it is, and what became of it, line by line. All in plain words."""

    what: str
    lines: tuple[str, ...]


def changes_between(before: Data, after: Data) -> tuple[Change, ...]:
    """What changed between two documents of an item, what people ask first first; empty if nothing did.

    In the language of the moment, as far as it is said here; both documents bring their own words.
    """
    found = [Change(_(what), tuple(lines(before, after))) for what, lines in _TOPICS]
    told = tuple(change for change in found if change.lines)
    if told or before == after:
        return told
    return (Change(_("说明文字"), (_(_CHANGED),)),)


_NEW: Final = noop("新增：%(what)s")
_GONE: Final = noop("去掉：%(what)s")
_CHANGED: Final = noop("有改动")
_OTHERWISE: Final = noop("有改动：%(what)s")

Lines = Callable[[Data, Data], Iterator[str]]


def _value(key: str, said: Callable[[Any], str]) -> Lines:
    """A single fact: what it was, what it is."""

    def lines(before: Data, after: Data) -> Iterator[str]:
        was, now = before["item"].get(key), after["item"].get(key)
        if was != now:
            yield f"{said(was)} → {said(now)}"

    return lines


def _entries(of: Callable[[Data], Any], called: str) -> Lines:
    """A list of things: which are new, which are gone, which say something else; by what they are called."""

    def lines(before: Data, after: Data) -> Iterator[str]:
        was, now = of(before), of(after)
        names = {**_names(was, called), **_names(now, called)}
        fates: dict[str, str] = {}
        for one in differences(was, now):
            key, _end, rest = one.place.removeprefix("[").partition("]")
            gone = _GONE if one.after is None else _OTHERWISE
            fates.setdefault(key, _OTHERWISE if rest else _NEW if one.before is None else gone)
        for key, fate in fates.items():
            yield _(fate) % {"what": names.get(key, key)} if key else _("顺序有改动")

    return lines


def _names(rows: Any, called: str) -> dict[str, str]:
    keys = ("kind", "code", "body", "name", "question", "element")
    return {str(one[key]): str(one[called]) for one in rows for key in keys if key in one and called in one}


def _texts(key: str) -> Lines:
    """A list of sentences."""

    def lines(before: Data, after: Data) -> Iterator[str]:
        was, now = before["item"].get(key, ()), after["item"].get(key, ())
        yield from (_(_NEW) % {"what": text} for text in now if text not in was)
        yield from (_(_GONE) % {"what": text} for text in was if text not in now)

    return lines


def _whole(*keys: str) -> Lines:
    """Something that is told of as one."""

    def lines(before: Data, after: Data) -> Iterator[str]:
        if any(before["item"].get(key) != after["item"].get(key) for key in keys):
            yield _(_CHANGED)

    return lines


def _document(*keys: str) -> Lines:
    def lines(before: Data, after: Data) -> Iterator[str]:
        if any(before.get(key) != after.get(key) for key in keys):
            yield _(_CHANGED)

    return lines


def _period(data: Data) -> str:
    return spoken(in_words(Limit(data["value"], data["unit"]))) if data["value"] else _("当天")


def _fees(data: Data) -> str:
    rows = data.get("rows", ())
    return _("、").join(f"{one['name']} {one['standard']}" for one in rows) if rows else _("不收钱")


def _fields(document: Data) -> list[dict[str, Any]]:
    return [{**one, "kind": one["name"]} for step in document["form"]["steps"] for one in step["fields"]]


_TOPICS: Final[tuple[tuple[str, Lines], ...]] = (
    (noop("名称"), _value("name", str)),
    (noop("办理条件"), _texts("conditions")),
    (noop("材料"), _entries(lambda document: document["item"]["materials"], "name")),
    (noop("多久"), _value("promise", _period)),
    (noop("后补的材料多久补齐"), _value("later_within", _period)),
    (noop("多少钱"), _value("fee", _fees)),
    (noop("要跑几趟"), _value("visits", lambda visits: _("%(number)s 趟") % {"number": visits})),
    (noop("怎么去"), _whole("channels", "visit_reason")),
    (noop("网上能办到哪一步"), _whole("online_depth", "online_target")),
    (noop("去哪办"), _entries(lambda document: document["item"]["offices"], "name")),
    (noop("怎么办"), _entries(lambda document: document["item"]["flow"], "name")),
    (noop("几个人决定"), _whole("by_two")),
    (noop("办好了给您什么"), _document("certificate")),
    (noop("要填的表"), _entries(_fields, "label")),
    (noop("分情形的提问"), _entries(lambda document: document["situations"], "label")),
    (noop("法律依据"), _whole("law", "statutory")),
    (noop("办理规则"), _document("regime")),
    (noop("大家常问"), _entries(lambda document: document["item"].get("faq", []), "question")),
    (noop("说明文字"), _document("guide")),
)
"""In the order in which people ask."""
