"""Items, their versions and guide lists.

Items are read from a snapshot in the process, so that no question on the hot way costs a statement. It is
renewed at most once every two seconds by one cheap statement, and by a second only when something was
published: a new version holds everywhere within two seconds. An item not known here is looked for at once.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar, cast

import orjson
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tongban.catalogue.models import CalendarYear, ItemVersion
from tongban.catalogue.rules.changes import Change, changes_between
from tongban.catalogue.rules.columns import Columns, Listing, columns_in
from tongban.catalogue.rules.columns import listed as _listed
from tongban.catalogue.rules.item import GuideOnly, Item, Service
from tongban.catalogue.rules.joint import Joint, joint_of
from tongban.catalogue.rules.reading import guides_of, in_words_of, item_of, means_of
from tongban.catalogue.rules.situations import narrow
from tongban.engine.forms import Value
from tongban.engine.search import WordBook, core
from tongban.kernel.calendars import take_years
from tongban.kernel.ids import BodyCode, ItemCode, QueueId
from tongban.kernel.languages import reading_in, told
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

RENEWED_EVERY = 2.0
"""Seconds after which a publication holds in every running process."""

VERSIONS_HELD = 2048
"""How many versions a process keeps in memory; one takes about a hundred kilobytes."""

EDITIONS_LISTED = 50
"""How many versions of an item are told of, the newest; older ones keep their addresses."""


class _Snapshot:
    """All current versions and guide lists, each read into a value once.

    `read`: what was read before, by the id of its row, under which no version is ever another.
    """

    def __init__(self, read: dict[int, Service]) -> None:
        self._renewing = threading.Lock()
        self.read = read
        self._items: dict[ItemCode, Item] = {}
        self._joints: dict[ItemCode, Joint] = {}
        self._guides: dict[ItemCode, GuideOnly] = {}
        self._columns = Columns()
        self._lists: list[dict[str, Any]] = []
        self._book: WordBook | None = None
        self._mark: tuple[Any, ...] = (0, 0, None, None, None, None)
        self._renew_at = 0.0

    def items(self, *, anew: bool = False) -> dict[ItemCode, Item]:
        """Every current item by its slug, in the order of slugs."""
        self._hold(anew=anew)
        return self._items

    def joints(self, *, anew: bool = False) -> dict[ItemCode, Joint]:
        """Every current joint service by its slug, in the order of slugs."""
        self._hold(anew=anew)
        return self._joints

    def guides(self) -> dict[ItemCode, GuideOnly]:
        """Every entry of the guide lists by its code, less those that can be applied for by now."""
        self._hold(anew=False)
        taken = self._items.keys() | self._joints.keys()
        return {code: one for code, one in self._guides.items() if code not in taken}

    def columns(self) -> Columns:
        """How the city arranges all this; without anything in it where no pack said so."""
        self._hold(anew=False)
        return self._columns

    def mark(self) -> object:
        """Another one whenever something was published."""
        self._hold(anew=False)
        return self._mark

    def book(self) -> WordBook:
        """The published word lists as one book, and in it what every item and guide is called by people."""
        self._hold(anew=False)
        with self._renewing:
            if self._book is None:
                every = (self._items, self._joints, self._guides)
                named: Iterable[Service | GuideOnly] = chain.from_iterable(one.values() for one in every)
                said = ((core(one.name), one.words) for one in named)
                self._book = WordBook.of([*self._lists, *means_of(said)])
            return self._book

    def _hold(self, *, anew: bool) -> None:
        if anew or time.monotonic() >= self._renew_at:
            # One at a time: a renewal that was overtaken would leave the older items behind.
            with self._renewing:
                self._renew()

    def _renew(self) -> None:
        mark: tuple[Any, ...] = run(load("tongban.catalogue", "mark"))[0]
        if mark[5] != self._mark[5]:
            take_years(_years())
        if mark[4] != self._mark[4]:
            self._lists = [orjson.loads(text) for (text,) in run(load("tongban.catalogue", "word_lists"))]
        if mark[2] != self._mark[2]:
            lists = [orjson.loads(text) for (text,) in run(load("tongban.catalogue", "guide_lists"))]
            lists.sort(key=itemgetter("place"))
            self._guides = {one.code: one for each in lists for one in guides_of(each)}
        if mark[3] != self._mark[3]:
            found = run(load("tongban.catalogue", "columns"))
            self._columns = columns_in(orjson.loads(found[0][0])) if found else Columns()
        if mark[:2] != self._mark[:2]:
            known, read = _Known({}), {}
            # Items first: joint services are made of them.
            for slug, version, digest, row, text in run(
                load("tongban.catalogue", "current"), [list(self.read)]
            ):
                one = self.read[row] if text is None else _read(text, version, digest, known.version)
                known.read[slug] = read[row] = one
            self.read = read
            self._items = {slug: one for slug, one in known.read.items() if isinstance(one, Item)}
            self._joints = {slug: one for slug, one in known.read.items() if isinstance(one, Joint)}
        if mark != self._mark:
            self._book = None
        self._mark = mark
        self._renew_at = time.monotonic() + RENEWED_EVERY


_snapshot = _Snapshot({})


def _years() -> dict[int, str]:
    """The years of the calendar that were put in force here. One statement."""
    return dict(CalendarYear.objects.order_by("year").values_list("year", "text"))


@dataclass(frozen=True, slots=True)
class _Known:
    """The versions that are being read, by slug: a joint service seldom needs another of an item."""

    read: dict[ItemCode, Service]

    def version(self, slug: ItemCode, version: int) -> Service:
        """That version, at hand or from the table."""
        found = self.read.get(slug)
        return found if found is not None and found.version == version else _version(slug, version)


def _read(
    text: str, version: int, digest: str, member: Callable[[ItemCode, int], Service] | None = None
) -> Service:
    # Whoever asks first: what is held for all is in the packs' own language.
    with translation.override(settings.LANGUAGE_CODE):
        return _service_of(orjson.loads(text), version, digest, member or service_version)


def _service_of(
    document: Mapping[str, Any], version: int, digest: str, member: Callable[[ItemCode, int], Service]
) -> Service:
    """The item or the joint service of a document; `member` finds a version of one of its items."""
    if "joint" not in document:
        return item_of(document, version=version, digest=digest)
    slugs = [ItemCode(one["item"]) for one in document["joint"]["members"]]
    found = [member(slug, document["items"][slug]) for slug in slugs]
    items = [one for one in found if isinstance(one, Item)]
    return joint_of(document, items, version=version, digest=digest)


def forget() -> None:
    """Ask what is current anew at the next question."""
    global _snapshot
    _snapshot = _Snapshot(_snapshot.read)
    take_years({})
    _version.cache_clear()
    _history.cache_clear()
    _in_words.cache_clear()


def items(search: str = "") -> tuple[Item, ...]:
    """The current items whose name or everyday words hold the search, in the order of slugs.

    No statement, but for one every two seconds in a process, however many items there are.
    """
    found = _snapshot.items().values()
    return tuple(one for one in found if _holds(search, one.name, *one.words))


def joints(search: str = "") -> tuple[Joint, ...]:
    """The current joint services whose name or everyday words hold the search. Costs what `items` costs."""
    found = _snapshot.joints().values()
    return tuple(one for one in found if _holds(search, one.name, *one.words))


def guides(search: str = "") -> tuple[GuideOnly, ...]:
    """What can only be read about, where its name, everyday words or life event hold the search.

    In the order of the lists' places. Costs what `items` costs.
    """
    found = _snapshot.guides().values()
    return tuple(one for one in found if _holds(search, one.name, one.life_event, *one.words))


def columns() -> Columns:
    """The city's columns, topics and wishes. Costs what `items` costs."""
    return _snapshot.columns()


def listed(listing: Listing) -> tuple[list[Item], list[GuideOnly]]:
    """What can be applied for and what can only be read about of a listing. Costs what `items` costs."""
    return _listed(listing, items(), guides())


def name_of(code: ItemCode) -> str:
    """What an item or an entry of a guide list is called; empty if unknown. Costs what `items` costs."""
    found = _snapshot.items().get(code) or _snapshot.joints().get(code) or _snapshot.guides().get(code)
    return found.name if found else ""


def guide_only(code: ItemCode) -> GuideOnly | None:
    """What can only be read about under this code; None if there is nothing or it can be applied for."""
    return _snapshot.guides().get(code)


def word_book() -> WordBook:
    """What people's words mean, by the published word lists and by every item's and guide's own words.

    Costs what `items` costs.
    """
    return _snapshot.book()


def mark() -> object:
    """What tells one state of all that is published from another. Costs what `items` costs."""
    return _snapshot.mark()


def _holds(search: str, *texts: str) -> bool:
    wanted = search.strip().casefold()
    return any(wanted in text.casefold() for text in texts)


def item(slug: ItemCode) -> Item:
    """The current version of an item; refused if there is none.

    No statement, but for one every two seconds in a process; one for a slug not known here, two if it is new.
    """
    found = _snapshot.items().get(slug) or _snapshot.items(anew=True).get(slug)
    if found is None:
        raise unknown()
    return found


def service(slug: ItemCode) -> Service:
    """The current version of an item or a joint service; refused if there is none. Costs as `item`."""
    joint = _snapshot.joints().get(slug)
    if joint is None and slug not in _snapshot.items():
        joint = _snapshot.joints(anew=True).get(slug)
    return joint if joint is not None else item(slug)


def joint(slug: ItemCode) -> Joint:
    """The current version of a joint service; refused if there is none. Costs what `item` costs."""
    found = service(slug)
    if not isinstance(found, Joint):
        raise unknown()
    return found


def item_version(slug: ItemCode, version: int) -> Item:
    """A version of an item, current or past; refused if it was never published.

    No statement if it is current or was asked for before in this process, else one.
    """
    found = service_version(slug, version)
    if not isinstance(found, Item):
        raise unknown()
    return found


def service_version(slug: ItemCode, version: int) -> Service:
    """A version of an item or of a joint service; refused if it was never published.

    Costs what `item_version` costs; a joint service that of its items, too.
    """
    current: Service | None = _snapshot.items().get(slug) or _snapshot.joints().get(slug)
    if current is not None and current.version == version:
        return current
    return _version(slug, version)


@lru_cache(maxsize=VERSIONS_HELD)
def _version(slug: ItemCode, version: int) -> Service:
    row = ItemVersion.objects.filter(slug=slug, version=version).values_list("document", "digest").first()
    if row is None:
        raise unknown()
    return _read(row[0], version, row[1])


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an item as it was published, and what it changed; nothing for the first."""

    version: int
    published_at: datetime
    changes: tuple[Change, ...]


def history(item: Service) -> tuple[Edition, ...]:
    """The versions of an item up to this one, the newest first, each with what it changed.

    In the reader's language. One statement where this version's history was not asked for in it before in
    this process, else none.
    """
    return _history(item.slug, item.version, reading_in())


@lru_cache(maxsize=VERSIONS_HELD)
def _history(slug: ItemCode, upto: int, language: str) -> tuple[Edition, ...]:
    found = ItemVersion.objects.filter(slug=slug, version__lte=upto).order_by("-version")
    rows = list(found.values_list("version", "published_at", "document")[: EDITIONS_LISTED + 1])
    documents = [_document(text, language) for _, _, text in rows]
    editions = [
        Edition(version, at, changes_between(before, after))
        for (version, at, _), after, before in zip(rows, documents, documents[1:], strict=False)
    ]
    if len(rows) <= EDITIONS_LISTED:
        editions += [Edition(version, at, ()) for version, at, _ in rows[-1:]]
    return tuple(editions)


S = TypeVar("S", bound=Service)


def in_readers_words(item: S) -> S:
    """The item or joint service as its reader's language tells it: to be shown, never decided by nor stored.

    The item itself where Chinese is read; else one statement where this version was not asked for before in
    that language in this process.
    """
    language = reading_in()
    return cast(S, _in_words(item.slug, item.version, item.digest, language)) if language else item


@lru_cache(maxsize=VERSIONS_HELD)
def _in_words(slug: ItemCode, version: int, digest: str, language: str) -> Service:
    # Of this very digest: tests begin anew at the first version.
    [text] = ItemVersion.objects.filter(slug=slug, version=version).values_list("document", flat=True)
    return _service_of(
        _document(text, language),
        version,
        digest,
        lambda slug, version: in_readers_words(item_version(slug, version)),
    )


def _document(text: str, language: str) -> Mapping[str, Any]:
    document = orjson.loads(text)
    return in_words_of(document, told) if language else document


def situation_answers(item: Item, given: Mapping[str, str]) -> dict[str, Value]:
    """The answers to the item's questions in these parameters (`s-<element>`), by the form's fields."""
    return narrow(item.situations, given).values


def queue_of(item: Item, body: BodyCode) -> QueueId:
    """The queue of an item at a body that runs it: basic code, dot, body. Refused for another body."""
    if body not in item.bodies:
        raise Refusal(
            "catalogue.office.not-here",
            says=_("这个单位不办理“%(name)s”。") % {"name": item.name},
            do=_("请在办事指南里查看办理这件事的单位。"),
            status=404,
        )
    return QueueId(f"{item.basic_code}.{body}")


def unknown() -> Refusal:
    """The refusal of what was never published."""
    return Refusal(
        "catalogue.item.unknown",
        says=_("没有这个事项，或者它还没有发布。"),
        do=_("请在事项目录里重新查找。"),
        status=404,
    )
