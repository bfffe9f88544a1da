"""What checked packs hold that is not published yet."""

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from tongban.catalogue.models import Columns, CurrentItem, GuideList, WordList
from tongban.catalogue.rules.sealing import sealed
from tongban.engine.packs import Checked, Document, differences


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that would be published anew: `before` is the version that is current, None for what is new.

    `places`: where the two differ. Of what has no versions `before` is 0.
    """

    kind: str
    slug: str
    name: str
    before: int | None
    places: tuple[str, ...] = ()


def pending(checked: Checked) -> list[Pending]:
    """Items, joint services, lists and columns that publishing these packs would change. Six statements."""
    return [*_items(checked), *_joints(checked), *_lists(checked), *_columns(checked)]


def _items(checked: Checked) -> Iterator[Pending]:
    rows = CurrentItem.objects.values_list("slug", "version_id", "version__version", "version__digest")
    current = {slug: (row, version, digest) for slug, row, version, digest in rows}
    changed = [one for one in checked.documents if current.get(one["slug"], (0, 0, ""))[2] != sealed(one)[1]]
    kept = [current[one["slug"]][0] for one in changed if one["slug"] in current]
    texts = dict(CurrentItem.objects.filter(version_id__in=kept).values_list("slug", "version__document"))
    for one in changed:
        slug, name = one["slug"], one["item"]["name"]
        if slug not in current:
            yield Pending("事项", slug, name, None)
            continue
        places = tuple(each.place for each in differences(orjson.loads(texts[slug]), one))
        yield Pending("事项", slug, name, current[slug][1], places)


def _joints(checked: Checked) -> Iterator[Pending]:
    """Joint services of which the pack changed; what follows from a changed item follows by itself."""
    slugs = [one["slug"] for one in checked.joints]
    rows = CurrentItem.objects.filter(slug__in=slugs).values_list(
        "slug", "version__version", "version__document"
    )
    current = {slug: (version, orjson.loads(text).get("joint")) for slug, version, text in rows}
    for one in checked.joints:
        version, joint = current.get(one["slug"], (None, None))
        if joint != one["joint"]:
            yield Pending("联办", one["slug"], one["joint"]["name"], version)


def _lists(checked: Checked) -> Iterator[Pending]:
    for kind, model, documents in (
        ("指南", GuideList, checked.guide_lists),
        ("词表", WordList, checked.word_lists),
    ):
        known = dict(model.objects.values_list("slug", "digest"))
        yield from (
            _listed(kind, one, known) for one in documents if known.get(one["slug"]) != sealed(one)[1]
        )


def _listed(kind: str, document: Document, known: dict[str, str]) -> Pending:
    slug = document["slug"]
    return Pending(kind, slug, str(document.get("title", slug)), 0 if slug in known else None)


def _columns(checked: Checked) -> Iterator[Pending]:
    known = Columns.objects.values_list("digest", flat=True).first()
    if checked.columns is not None and sealed(checked.columns)[1] != known:
        yield Pending("栏目", "columns", "首页栏目", 0 if known else None)
