"""What is asked of notices and announcements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tongban.engine.calendar import legal_day
from tongban.engine.packs import Document, markdown_in_other_words
from tongban.kernel import paging
from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.ids import PersonKey
from tongban.kernel.languages import told
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.notices.rules.announcement import Announcement as Announcement
from tongban.notices.rules.announcement import announcement_of, as_html
from tongban.notices.rules.delivery import MAIL as MAIL
from tongban.notices.rules.delivery import WAYS, shown
from tongban.notices.rules.delivery import AddressRefused as AddressRefused
from tongban.notices.rules.delivery import Channel as Channel
from tongban.notices.rules.delivery import Letter as Letter
from tongban.notices.rules.delivery import Way as Way
from tongban.notices.rules.delivery import is_fresh as is_fresh
from tongban.notices.rules.kinds import GROUPS, KINDS, words_of
from tongban.notices.rules.kinds import Group as Group
from tongban.notices.rules.news import About as About
from tongban.notices.rules.news import Happenings as Happenings
from tongban.notices.rules.news import News as News
from tongban.notices.rules.news import Readers as Readers
from tongban.notices.rules.telling import tells as tells

SHOWN: Final = 20
"""How many notices a page holds."""

COUNTED: Final = 100
"""Unread ones are counted no further: nobody needs to know whether they are 180 or 190."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as its reader is shown it, in the language of the moment.

    `to_do`: something is asked of the reader; `failed`: what became of its mail, where that failed.
    """

    id: int
    title: str
    says: str
    do: str
    item: str
    at: datetime
    read: bool
    to_do: bool
    failed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of notices, and whether the reader wants it by mail."""

    group: Group
    name: str
    holds: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader wants by mail; `address` is the one it goes to, half hidden; None where there is none."""

    groups: tuple[Choice, ...]
    address: str | None
    sends: bool


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whether mail is sent from here at all, and the address it goes to, half hidden; None without one."""

    sends: bool
    shown: str | None


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """An announcement with its text as HTML; `over`: it has had its time."""

    announcement: Announcement
    html: str
    over: bool


FAILURES: Final = {
    "refused": _("给您的邮件被您的邮箱退回了。请核对留的邮箱对不对。"),
    "given-up": _("给您的邮件试了几天都没有发出去，以后的会接着发。"),
}
"""What became of a mail that did not arrive, and what to do."""


def notices_of(viewer: Viewer, *, limit: int = SHOWN, cursor: str = "") -> paging.Page[NoticeRow]:
    """What a reader was told, the newest first. One statement."""
    behind = paging.key_behind(cursor) if cursor else paging.LARGEST_KEY
    given = (viewer.person, _affairs(viewer), behind, limit + 1)
    rows = [_row(row) for row in run(load("tongban.notices", "notices_of"), given)]
    return paging.page(rows, limit, lambda row: row.id)


def _row(row: tuple[Any, ...]) -> NoticeRow:
    id, kind, item, by, at, read, failed = row
    words = words_of(kind, item, by)
    return NoticeRow(
        id=id,
        title=words.title,
        says=words.says,
        do=words.do,
        item=item,
        at=at,
        read=read,
        to_do=KINDS[kind].group is Group.TO_DO,
        failed=gettext(FAILURES[failed]) if failed else "",
    )


def _affairs(viewer: Viewer) -> list[PersonKey]:
    """Whose affairs a reader may read of; of some only what they filed, and they were told of no more."""
    within = reach(viewer, Deed.READ_NOTICES)
    return list(within.selves | within.filed_for)


def unread(viewer: Viewer) -> int:
    """How many notices a reader has not opened, counted up to COUNTED. One statement, none for an officer."""
    if viewer.person is None:
        return 0
    given = (viewer.person, _affairs(viewer), COUNTED)
    return int(run(load("tongban.notices", "unread"), given)[0][0])


def choices_of(viewer: Viewer) -> Choices:
    """What a reader wants by mail, and where it goes. One statement, beside asking for the address."""
    rows = run(
        'select "group" from notices_muted where reader = $1::bytea and channel = $2::text',
        (viewer.person, MAIL),
    )
    muted, mailbox = {group for (group,) in rows}, mailbox_of(viewer)
    groups = [
        Choice(group, gettext(name), gettext(holds), group not in muted)
        for group, (name, holds) in GROUPS.items()
    ]
    return Choices(tuple(groups), mailbox.shown, mailbox.sends)


def mailbox_of(viewer: Viewer) -> Mailbox:
    """Where mail for a reader goes. No statement, beside asking for the address."""
    way = WAYS.get(MAIL)
    address = way.address_of(viewer.person) if way is not None and viewer.person is not None else None
    return Mailbox(way is not None, shown(address) if address else None)


def announcements(at: datetime) -> list[Announcement]:
    """What the city tells everyone now, the newest first, without what is over or to come. One statement."""
    day = legal_day(at)
    return [one for one in _announced(day) if not one.over(day)]


def unpublished(documents: Iterable[Document]) -> list[str]:
    """Which of these announcements are new or say something else than is published. One statement."""
    rows = run("select slug, document from notices_announcement")
    known = {slug: orjson.loads(document) for slug, document in rows}
    return [one["slug"] for one in documents if known.get(one["slug"]) != one]


def announcement(slug: str, at: datetime) -> AnnouncementView:
    """One announcement, also when it has had its time. One statement; refused where there is none (yet)."""
    day = legal_day(at)
    found = next((one for one in _announced(day) if one.slug == slug), None)
    if found is None:
        raise Refusal(
            "notices.announcement.unknown",
            says=gettext("没有这条公告。"),
            do=gettext("请到“公告”里看看现在有哪些。"),
            status=404,
        )
    return AnnouncementView(found, as_html(markdown_in_other_words(found.text, told)), found.over(day))


def _announced(day: date) -> list[Announcement]:
    rows = run(load("tongban.notices", "announcements"), (day,))
    return [announcement_of(orjson.loads(text)) for (text,) in rows]
