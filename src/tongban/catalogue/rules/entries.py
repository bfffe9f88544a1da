"""What search knows of an item and its guide: one entry for the thing itself, one for each passage."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tongban.catalogue.rules.item import Coded, GuideOnly, Item
from tongban.catalogue.rules.joint import Joint

PERSON: Final = "1"
"""The code of natural persons in the code system of audiences; all others are organisations."""

LONGEST_PASSAGE: Final = 1200
_HEADING: Final = re.compile(r"^## +(.+)$", re.MULTILINE)
_MARKDOWN: Final = re.compile(r"^\s*(?:[-*]|\d+\.)\s+|[*_`#]|\[|\]\([^)]*\)", re.MULTILINE)


class EntryKind(StrEnum):
    """What an entry is of: an item, a joint service, a guide alone, a passage of a guide, an announcement."""

    ITEM = "item"
    GUIDE = "guide"
    PASSAGE = "passage"
    ANNOUNCEMENT = "announcement"
    JOINT = "joint"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `key` names it among its kind, as its page's address does.

    `words` are people's words for it, `about` says in a line where it belongs, as people read it; `body` is
    running text, without marks. Nothing in it may tell of a person. It is found from `since` until `until`,
    where it has such days.
    """

    kind: EntryKind
    key: str
    title: str
    words: tuple[str, ...] = ()
    about: str = ""
    body: str = ""
    for_people: bool = True
    for_enterprises: bool = True
    since: date | None = None
    until: date | None = None


def entries_of_item(item: Item) -> Iterator[Entry]:
    """The item, and every passage of its guide: sections, then questions people ask."""
    people, enterprises = _audience(item.audience)
    yield Entry(
        EntryKind.ITEM, item.slug, item.name, item.words, item.department,
        for_people=people, for_enterprises=enterprises,
    )  # fmt: skip
    for at, (heading, text) in enumerate(_passages(item), 1):
        yield Entry(
            EntryKind.PASSAGE, f"{item.slug}/{at}", heading, (), item.name, text,
            for_people=people, for_enterprises=enterprises,
        )  # fmt: skip


def entry_of_joint(joint: Joint) -> Entry:
    """Several items as one thing to be found."""
    people, enterprises = _audience(joint.audience)
    return Entry(
        EntryKind.JOINT, joint.slug, joint.name, joint.words, joint.department,
        for_people=people, for_enterprises=enterprises,
    )  # fmt: skip


def entry_of_guide(guide: GuideOnly) -> Entry:
    """What can only be read about."""
    people, enterprises = _audience(guide.audience)
    about = f"{guide.department} · {guide.life_event}"
    return Entry(
        EntryKind.GUIDE, guide.code, guide.name, guide.words, about,
        for_people=people, for_enterprises=enterprises,
    )  # fmt: skip


def entry_of_announcement(document: Mapping[str, Any]) -> Entry:
    """What the city tells everyone, of its document as packs publish it."""
    people, enterprises = _told_to({one["code"] for one in document["audience"]})
    until = document["until"]
    return Entry(
        EntryKind.ANNOUNCEMENT,
        document["slug"],
        document["title"],
        body=_bare(document["text"]),
        for_people=people,
        for_enterprises=enterprises,
        since=date.fromisoformat(document["day"]),
        until=date.fromisoformat(until) if until else None,
    )


def _audience(audience: tuple[Coded, ...]) -> tuple[bool, bool]:
    return _told_to({one.code for one in audience})


def _told_to(codes: set[str]) -> tuple[bool, bool]:
    """Whether people and whether organisations are told by these codes; none tell both."""
    return PERSON in codes or not codes, bool(codes - {PERSON}) or not codes


def _passages(item: Item) -> Iterator[tuple[str, str]]:
    _, *sections = _HEADING.split(item.guide)
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        yield heading, _bare(text)
    for one in item.faq:
        yield one.question, _bare(one.answer)


def _bare(markdown: str) -> str:
    return " ".join(_MARKDOWN.sub("", markdown).split())[:LONGEST_PASSAGE]
