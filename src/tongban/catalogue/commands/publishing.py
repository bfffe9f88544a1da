"""Publishing packs: whole versions, all or none, and found by search in the same transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from tongban.catalogue.commands.indexing import Source, index_all
from tongban.catalogue.models import CalendarYear, Columns, CurrentItem, GuideList, ItemVersion, WordList
from tongban.catalogue.rules.entries import (
    Entry,
    entries_of_item,
    entry_of_announcement,
    entry_of_guide,
    entry_of_joint,
)
from tongban.catalogue.rules.joint import Joint, joint_of
from tongban.catalogue.rules.reading import guides_of, item_of
from tongban.catalogue.rules.sealing import sealed
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.flow import Life
from tongban.engine.joint import NotUnited
from tongban.engine.packs import Document, bodies_in, check
from tongban.kernel.calendars import calendar_with
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

_LOCK: Final = 0x63617461
"""Number of the advisory lock of this context ("cata")."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An item as it now stands; `fresh` is False where this very content was current already."""

    slug: ItemCode
    name: str
    version: int
    digest: str
    fresh: bool


class _Supplied:
    life: Life | None = None


def supply_life(life: Life) -> None:
    """Say through which legal life of a case the flows of items lead."""
    _Supplied.life = life


def life_of_cases() -> Life | None:
    """The legal life of a case, against which flows are checked; None where nobody said."""
    return _Supplied.life


def publish(paths: Iterable[Path], *, at: datetime) -> list[Publication]:
    """Check item folders or whole packs folders and make what they hold current, all or none:
    items, joint services, guide lists and columns.

    An item whose content is the current one already stays as it is. Running cases keep their version. A new
    item is found at once, a new version of a known one holds everywhere within two seconds. The bodies that
    run the items, and their regions, are registered in the directory. A joint service has its next version
    with those of its items. Refused with every fault.
    """
    checked = check(paths, installed=Path(settings.PACKS), on=legal_day(at), life=life_of_cases())
    if checked.faults:
        raise Refusal(
            "catalogue.publish.faulty-pack",
            says=f"事项包里有 {len(checked.faults)} 处错误，没有发布。",
            do="请用 tongban packs check 查看每一处，改好后再发布。",
            status=422,
            faults=[fault._asdict() for fault in checked.faults],
        )
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        offices = _Offices()
        published = [
            _put(one, one["item"]["name"], at, partial(offices.register, one)) for one in checked.documents
        ]
        for guide_list in checked.guide_lists:
            _keep(GuideList, guide_list)
        for word_list in checked.word_lists:
            _keep(WordList, word_list)
        if checked.columns is not None:
            text, digest = sealed(checked.columns)
            Columns.objects.update_or_create(id=1, defaults={"digest": digest, "document": text})
        joints = _publish_joints(checked.joints, at)
        told = map(_announcement_source, checked.announcements)
        items = map(_item_source, checked.documents, published)
        found = [_joint_source(*each) for each in joints]
        index_all([*items, *found, *_guide_sources(), *_word_sources(), *told])
        return [*published, *(one for _, one in joints)]


def publish_year(year: int, text: str, *, at: datetime) -> None:
    """Put a year of the calendar in force, before that of the packs folder; everywhere within two seconds.

    CalendarFileError where no calendar can be made with it.
    """
    calendar_with(year, text)
    digest = sha256(text.encode()).hexdigest()
    CalendarYear.objects.update_or_create(year=year, defaults={"text": text, "digest": digest, "put_at": at})


def _keep(model: type[GuideList] | type[WordList], document: Document) -> None:
    """Keep a list whole, in the place of what it was."""
    text, digest = sealed(document)
    model.objects.update_or_create(slug=document["slug"], defaults={"digest": digest, "document": text})


def _item_source(document: Document, published: Publication) -> Source:
    def entries() -> Iterator[Entry]:
        yield from entries_of_item(item_of(document, version=published.version, digest=published.digest))

    return Source(f"item:{published.slug}", published.digest, entries())


def _publish_joints(
    documents: Iterable[Document], at: datetime
) -> list[tuple[Callable[[], Joint], Publication]]:
    """The joint services that are named, and those of which an item has another version by now.

    Two statements, however many items there are, and what the changed ones of them cost.
    """
    current = CurrentItem.objects.filter(joint=True).values_list("version__document", flat=True)
    joints = {document["slug"]: document for document in (*map(orjson.loads, current), *documents)}
    members = {slug: [one["item"] for one in joints[slug]["joint"]["members"]] for slug in joints}
    items = CurrentItem.objects.filter(slug__in=set(chain.from_iterable(members.values())))
    versions = dict(items.values_list("slug", "version__version"))
    found: list[tuple[Callable[[], Joint], Publication]] = []
    for slug, document in joints.items():
        whole = {**document, "items": {member: versions[member] for member in members[slug]}}
        # A named one does not say of which versions it is.
        if whole != document:
            united = cache(partial(_united, whole))
            found.append((united, _put(whole, document["joint"]["name"], at, united)))
    return found


def _united(document: Document) -> Joint:
    """The joint service over its items as they are current; refused where they cannot be one."""
    rows = CurrentItem.objects.filter(slug__in=document["items"])
    texts = dict(rows.values_list("slug", "version__document"))
    items = [item_of(orjson.loads(texts[slug]), version=0, digest="") for slug in document["items"]]
    try:
        return joint_of(document, items, version=0, digest="")
    except NotUnited as error:
        faults = [{"place": f"{one.member}.{one.field}", "code": one.code} for one in error.clashes]
        raise Refusal(
            "catalogue.publish.joint-not-united",
            says=f"联办“{document['joint']['name']}”里的事项改了以后，问题合不到一起。",
            do="请核对这些事项里同名数据元的限制、选项和条件，再一起发布。",
            status=422,
            faults=faults,
        ) from error


def _joint_source(united: Callable[[], Joint], published: Publication) -> Source:
    def entries() -> Iterator[Entry]:
        yield entry_of_joint(united())

    return Source(f"joint:{published.slug}", published.digest, entries())


def _guide_sources() -> Iterator[Source]:
    """Every guide list, less what can be applied for by now."""
    items = set(CurrentItem.objects.values_list("slug", flat=True))
    for row in GuideList.objects.all():
        guides = [one for one in guides_of(orjson.loads(row.document)) if one.code not in items]
        mark = sha256("".join([row.digest, *(one.code for one in guides)]).encode()).hexdigest()
        yield Source(f"guides:{row.slug}", mark, map(entry_of_guide, guides))


def _announcement_source(document: Document) -> Source:
    """What the city tells everyone is kept by `notices`; here it is found."""
    _, digest = sealed(document)
    return Source(f"announcement:{document['slug']}", digest, [entry_of_announcement(document)])


def _word_sources() -> Iterator[Source]:
    """Every word list: what it says of words is nothing to find, but is understood by its sound."""
    for row in WordList.objects.all():
        words = orjson.loads(row.document)
        yield Source(
            f"words:{row.slug}", row.digest, said=[*words.get("means", ()), *words.get("fillers", ())]
        )


def _put(document: Document, name: str, at: datetime, before: Callable[[], object]) -> Publication:
    """Make a document current, under the next version of its slug, unless it is already."""
    text, digest = sealed(document)
    slug = ItemCode(document["slug"])
    current = CurrentItem.objects.filter(slug=slug, version__digest=digest)
    if (version := current.values_list("version__version", flat=True).first()) is not None:
        return Publication(slug, name, version, digest, fresh=False)
    before()
    row = ItemVersion.objects.create(
        slug=slug,
        version=(ItemVersion.objects.filter(slug=slug).aggregate(last=Max("version"))["last"] or 0) + 1,
        digest=digest,
        document=text,
        published_at=at,
    )
    CurrentItem.objects.update_or_create(slug=slug, defaults={"version": row, "joint": "joint" in document})
    return Publication(slug, name, row.version, digest, fresh=True)


class _Offices:
    """Regions and bodies of the items of one publication, each registered once however many name it."""

    def __init__(self) -> None:
        self._region = cache(directory.ensure_region)
        self._body = cache(directory.ensure_body)

    def register(self, document: Document) -> None:
        """Have the directory know who runs an item, and where."""
        for region in document["regions"]:
            parent = RegionCode(region["parent"]) if region["parent"] else None
            self._region(code=RegionCode(region["code"]), name=region["name"], parent=parent)
        for body in bodies_in(document["item"]):
            self._body(code=BodyCode(body["body"]), name=body["name"], region=RegionCode(body["region"]))
