"""What a draft holds, and how it changes. Values alone: sealing, storing and locking stand in commands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tongban.cases.rules.answers import said_as_typed
from tongban.engine.forms import Field, Form
from tongban.kernel.access import Viewer
from tongban.kernel.refusal import Refusal

KEPT_FOR: Final = timedelta(days=30)
"""After the last change, for somebody who is signed in."""

KEPT_UNCLAIMED: Final = timedelta(days=1)
"""Before sign-in: only this browser can open it, and others may use the same browser."""

ENDS_SOON: Final = timedelta(days=5)
"""So long before its end the owner of a draft is told, once, unless it is changed meanwhile."""

MOST_DRAFTS: Final = 20
"""Open at once, of one person or one browser."""

MOST_PAGES: Final = 20
"""Photos and files of one material."""

LONGEST_ANSWER: Final = 20_000
"""Characters of one answer that are kept as typed; no question of a form takes nearly as many."""


class Source(StrEnum):
    """Where a value came from that the applicant did not type."""

    PROFILE = "profile"
    ENTERPRISE = "enterprise"
    PRINCIPAL = "principal"
    HOUSEHOLD = "household"
    WHOM = "whom"
    GUIDE = "guide"


SOURCE_WORDS: Final[Mapping[str, str]] = {
    Source.PROFILE: noop("来自您的实名信息"),
    Source.ENTERPRISE: noop("来自企业登记信息"),
    Source.PRINCIPAL: noop("来自您代办的这个人的实名信息"),
    Source.HOUSEHOLD: noop("来自户口登记信息"),
    Source.WHOM: noop("来自您选的“为谁办”"),
    Source.GUIDE: noop("来自您在办事指南里的回答"),
}


OF_THE_AGENT: Final = frozenset({"agent-name", "agent-resident-id"})
"""Data elements that are asked under a condition, and are surely about whoever acts for another."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value that need not be typed, and where it is from."""

    value: Any
    source: Source


@dataclass(frozen=True, slots=True)
class Filled:
    """What a draft holds. `answers` are as typed, faulty ones too; `files` handles by kind of material.

    `sources`: where an answer is from that was not typed. `saved`: the pages sent at least once. `changed`:
    the draft's version by which each answer was last changed. `news`: what a new version of the item
    changed: a question that is `new`, or one that is `gone` and what it `was` answered with.
    `office` is a region; `acting_for` an enterprise's code, or the mandate by which a person is acted for, or
    empty.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    office: str = ""
    acting_for: str = ""
    saved: Sequence[str] = ()
    changed: Mapping[str, int] = field(default_factory=dict)
    news: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """One page as it was sent: the answers to its questions, and the draft's version that the page showed."""

    page: str
    fields: Sequence[Field]
    answers: Mapping[str, Any]
    seen: int


def written(filled: Filled, typed: Typed, *, version: int) -> Filled:
    """The draft with a page written into it, faulty answers too; `version` is the one that this makes.

    Refused where an answer was changed elsewhere since the page was shown, and differently: neither is lost,
    for one is in the draft and the other on the page.
    """
    answers, sources, changed = dict(filled.answers), dict(filled.sources), dict(filled.changed)
    differs = []
    for name in (each.name for each in typed.fields):
        here, there = _given(typed.answers.get(name)), answers.get(name)
        if here == there:
            continue
        if changed.get(name, 0) > typed.seen:
            differs.append(name)
        sources.pop(name, None)
        changed[name] = version
        if here is None:
            del answers[name]
        else:
            answers[name] = here
    if differs:
        raise changed_elsewhere(differs)
    saved = (*filled.saved, *({typed.page} - set(filled.saved)))
    return replace(filled, answers=answers, sources=sources, changed=changed, saved=saved)


def _given(typed: Any) -> Any:
    """An answer, or None where nothing was answered: a page sends empty text for what was left empty."""
    return None if typed in ("", []) else typed


def completed(filled: Filled, form: Form, known: Mapping[str, Known], *, version: int = 0) -> Filled:
    """The draft with every empty answer filled in that is known by its data element.

    Only questions that are always asked, and those about the agent: any other answer under a condition is
    about somebody else as often as not.
    """
    answers, sources, changed = dict(filled.answers), dict(filled.sources), dict(filled.changed)
    for _, each, when in form.asked:
        found = known.get(each.element)
        if found is None or each.name in answers or not found.value:
            continue
        if when is not None and each.element not in OF_THE_AGENT:
            continue
        answers[each.name], sources[each.name], changed[each.name] = found.value, found.source, version
    return replace(filled, answers=answers, sources=sources, changed=changed)


def of_nobody(filled: Filled) -> Filled:
    """The draft without what was filled in of its applicant, for another is to be the applicant."""
    gone = {name for name, one in filled.sources.items() if one != Source.GUIDE}
    return replace(
        filled,
        answers={name: value for name, value in filled.answers.items() if name not in gone},
        sources={name: one for name, one in filled.sources.items() if name not in gone},
    )


def in_force(filled: Filled, then: int, now: int, form_of: Callable[[int], Form]) -> Filled:
    """The draft under the item's version `now`, begun under `then`; `form_of` gives the form of a version."""
    return filled if then == now else carried_over(filled, form_of(then), form_of(now))


def carried_over(filled: Filled, before: Form, after: Form) -> Filled:
    """The draft under a newer form: answers to the same questions stay, and what changed is told."""
    was = {each.name: each for _, each, _ in before.asked}
    now = {each.name: each for _, each, _ in after.asked}
    stays = {name for name in filled.answers if name in now and _same(was.get(name), now[name])}
    gone = [
        {"gone": was[name].label, "was": said_as_typed(was[name], value)}
        for name, value in filled.answers.items()
        if name not in stays and name in was
    ]
    new = [{"new": each.label} for name, each in now.items() if not _same(was.get(name), each)]
    return replace(
        filled,
        answers={name: value for name, value in filled.answers.items() if name in stays},
        sources={name: one for name, one in filled.sources.items() if name in stays},
        news=(*filled.news, *new, *gone),
    )


def _same(one: Field | None, other: Field) -> bool:
    return one is not None and (one.element, one.kind) == (other.element, other.kind)


def with_files(filled: Filled, kind: str, handles: Iterable[str]) -> Filled:
    """The draft with these files of a material, and no others of it."""
    files = {**filled.files, kind: tuple(handles)}
    return replace(filled, files={kind: handles for kind, handles in files.items() if handles})


def kept_until(at: datetime, *, claimed: bool) -> datetime:
    """How long a draft stays that was changed at that moment."""
    return at + (KEPT_FOR if claimed else KEPT_UNCLAIMED)


def refuse_too_long(answers: Mapping[str, Any]) -> None:
    """Refuse what no question takes; the browser still has it when one goes back."""
    texts = (text for value in answers.values() for text in (value if isinstance(value, list) else [value]))
    if any(isinstance(text, str) and len(text) > LONGEST_ANSWER for text in texts):
        raise Refusal(
            "cases.draft.too-long",
            says=gettext("有一项填了超过 %(most)s 个字，没有存下来。") % {"most": LONGEST_ANSWER},
            do=gettext("请退回上一页，缩短以后再存；已经存过的内容都还在。"),
            status=413,
        )


def changed_elsewhere(names: Sequence[str]) -> Refusal:
    """The refusal of a page that another device overtook; its faults name the questions alone."""
    return Refusal(
        "cases.draft.changed-elsewhere",
        says=gettext("这一页刚才在另一台设备上改过，两边填的不一样。"),
        do=gettext("下面两边的内容都在，请看清楚，再按一次“保存并继续”，就以这里的为准。"),
        faults=[{"place": name, "code": "cases.draft.differs"} for name in names],
    )


def unknown_draft(viewer: Viewer) -> Refusal:
    """The refusal of a draft that is gone, or another's: who may not open one learns not which."""
    if viewer.account is None:
        return Refusal(
            "access.sign-in",
            says=gettext("请先登录。"),
            do=gettext("登录后会回到这一页，接着填。"),
            status=401,
        )
    return Refusal(
        "cases.draft.unknown",
        says=gettext("没有这份草稿。"),
        do=gettext("它可能已经提交、删掉，或者过了保存时间。请在“我的办件”里看看，或从办事指南重新开始。"),
        status=404,
    )
