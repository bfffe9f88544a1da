"""How a city arranges what it offers: columns, topics and wishes, and what each of them lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from tongban.catalogue.rules.item import Coded, GuideOnly, Item
from tongban.kernel.ids import ItemCode

Family = Literal["life", "person", "enterprise"]


class Entry(Protocol):
    """What may be listed: an item, or what can only be read about."""

    @property
    def department(self) -> str: ...
    @property
    def audience(self) -> tuple[Coded, ...]: ...


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown: by life event, code or department; `audience` narrows it, or stands alone."""

    life_events: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    audience: frozenset[str] = frozenset()

    def holds(self, one: Entry, code: str, life_event: str = "") -> bool:
        """Whether this is listed."""
        if self.audience and self.audience.isdisjoint(each.code for each in one.audience):
            return False
        named = self.life_events or self.items or self.departments
        return (
            not named
            or life_event in self.life_events
            or code in self.items
            or one.department in self.departments
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """What life brings, or a stage of it: a person's or an enterprise's."""

    slug: str
    name: str
    glyph: str
    of: Family
    care: bool
    """Whether 关怀版 shows it first."""
    listing: Listing


@dataclass(frozen=True, slots=True)
class Column:
    """One of the city's columns; `page` names a page of ours, else it lists."""

    slug: str
    name: str
    glyph: str
    says: str
    page: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Wish:
    """What people say, and the item, guide, topic or column that it means."""

    says: str
    opens: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A city's columns, topics and wishes, each in its order; `sample` where no real city is meant."""

    columns: tuple[Column, ...] = ()
    topics: tuple[Topic, ...] = ()
    wishes: tuple[Wish, ...] = ()
    sample: bool = False

    @property
    def everything(self) -> tuple[Topic | Column, ...]:
        """All that stands on the first page, topics first."""
        return (*self.topics, *self.columns)

    def named(self, slug: str) -> Topic | Column | None:
        """The topic or the listing column of that slug; None if there is none."""
        listing: list[Topic | Column] = [*self.topics, *(one for one in self.columns if not one.page)]
        return next((one for one in listing if one.slug == slug), None)


def columns_in(document: Mapping[str, Any]) -> Columns:
    """The columns of a document made by engine.packs."""
    return Columns(
        columns=tuple(
            Column(one["slug"], one["name"], one["glyph"], one["says"], one.get("page", ""), _listing(one))
            for one in document["columns"]
        ),
        topics=tuple(
            Topic(one["slug"], one["name"], one["glyph"], one["of"], one.get("care", False), _listing(one))
            for one in document["topics"]
        ),
        wishes=tuple(Wish(**one) for one in document["wishes"]),
        sample=document["sample"],
    )


def _listing(data: Mapping[str, Any]) -> Listing:
    return Listing(
        life_events=tuple(data["life_events"]),
        items=tuple(data["items"]),
        departments=tuple(data["departments"]),
        audience=frozenset(one["code"] for one in data["audience"]),
    )


def listed(
    listing: Listing, items: Iterable[Item], guides: Iterable[GuideOnly]
) -> tuple[list[Item], list[GuideOnly]]:
    """What can be applied for and what can only be read about of a listing, first what it names itself."""
    place = {code: at for at, code in enumerate(listing.items)}

    def named_first(code: ItemCode) -> int:
        return place.get(code, len(place))

    of_items = [one for one in items if listing.holds(one, one.slug)]
    of_guides = [one for one in guides if listing.holds(one, one.code, one.life_event)]
    return (
        sorted(of_items, key=lambda one: named_first(one.slug)),
        sorted(of_guides, key=lambda one: named_first(one.code)),
    )
