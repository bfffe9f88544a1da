"""The catalogue for programs: what can be done, and what each item asks for. Open to everyone."""

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel

from tongban.catalogue import queries
from tongban.engine.calendar import legal_day
from tongban.engine.forms import AllOf, AnyOf, Condition, Equals, Field, Not, OneOf, Present
from tongban.kernel.figures import Limit, Source
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import Request

router = Router(tags=["items"], auth=None)
guides_only = Router(tags=["items"], auth=None)
searching = Router(tags=["items"], auth=None)

Slug = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class Length(BaseModel):
    """A length of legal time: 20 workday, 1 month."""

    value: int
    unit: str


class Cited(BaseModel):
    """Where a rule stands, and its sense in our own words; `checked` where the article itself was read."""

    law: str
    article: str
    sense: str
    checked: bool


class ItemRow(BaseModel):
    """A service item in the list; `code` names it everywhere."""

    code: str
    name: str
    department: str
    audience: list[str]
    promised: Length
    sample: bool


class ItemPage(BaseModel):
    """Items in the order of codes; `next` is what to pass as `after` for more, null at the end."""

    items: list[ItemRow]
    next: str | None


class GuideRow(BaseModel):
    """What people can only read about so far; `code` names its page, which offers no application."""

    code: str
    name: str
    guide_only: Literal[True] = True
    department: str
    audience: list[str]
    life_event: str
    words: list[str]
    sample: bool


class GuidePage(BaseModel):
    """Guides in the order of codes; `next` is what to pass as `after` for more, null at the end."""

    guides: list[GuideRow]
    next: str | None


class Choice(BaseModel):
    """One thing that can be chosen: send the code, show the label."""

    code: str
    label: str


class Question(BaseModel):
    """A field of the form. `when`, if any, is the condition under which it is asked, as packs write it."""

    name: str
    label: str
    kind: str
    required: bool
    options: list[Choice]
    limits: dict[str, Any]
    help: str
    why: str
    when: dict[str, Any] | None


class FormStep(BaseModel):
    """One page of the form."""

    code: str
    title: str
    fields: list[Question]


class MaterialAsked(BaseModel):
    """A material the item looks at; `hand_in` says whether the applicant has to hand it in.

    `intermediary` tells in words who may make it where that is somebody's trade; else it is empty.
    """

    kind: str
    name: str
    hand_in: bool
    need: str
    formats: list[str]
    accept_stand: str
    by_law: list[Cited]
    intermediary: str
    when: dict[str, Any] | None


class SituationOut(BaseModel):
    """A question that tells apart who needs what; `parameter` takes the answer in a guide's address."""

    parameter: str
    field: str | None
    label: str
    choices: list[Choice]
    when: dict[str, Any] | None


class OfficeOut(BaseModel):
    """A body that runs the item, and where people find it."""

    body: str
    name: str
    region: str
    address: str
    hours: str
    phone: str
    queue: str


class ItemOut(ItemRow):
    """An item as published: the guide people read, and everything a program needs to apply."""

    version: int
    digest: str
    regime: str
    special_procedures: list[Choice]
    conditions: list[str]
    law: list[Cited]
    form: list[FormStep]
    materials: list[MaterialAsked]
    situations: list[SituationOut]
    offices: list[OfficeOut]
    channels: list[str]
    result: str
    guide: str


class HitRow(BaseModel):
    """Something found: an item or guide by its `code`, a passage by the `code` of what it tells of.

    `fits` says how well, from 0 to about 1; `text` is as much of a passage as is read at a glance.
    """

    kind: queries.EntryKind
    code: str
    title: str
    about: str
    text: str
    fits: float


class FoundPage(BaseModel):
    """What was found for a wish, each group the best first.

    `instead` is what was looked for in the place of what was written (pinyin, a slip), else null;
    `understood` says which of people's words were taken for which of the offices'. `near` fits badly, and is
    there only where nothing fits well.
    """

    instead: str | None
    understood: dict[str, str]
    items: list[HitRow]
    passages: list[HitRow]
    announcements: list[HitRow]
    near: list[HitRow]


@searching.get("", response=FoundPage, operation_id="search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=queries.LONGEST_QUESTION)],
    audience: Literal["", "person", "enterprise"] = "",
) -> FoundPage:
    """What fits a wish, in whatever words, pinyin or characters; of what everyone may read."""
    found = queries.search(q, on=legal_day(request.now), audience=audience)
    return FoundPage(
        instead=found.instead or None,
        understood=dict(found.understood),
        items=_hits(found.items),
        passages=_hits(found.passages),
        announcements=_hits(found.announcements),
        near=_hits(found.near),
    )


@router.get("", response=ItemPage, operation_id="items")
def items(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=63)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ItemPage:
    """Published items whose name or everyday words hold `search`."""
    found = [one for one in queries.items(search) if one.slug > after]
    more = len(found) > limit
    return ItemPage(
        items=[ItemRow(**_row(one)) for one in found[:limit]],
        next=found[limit - 1].slug if more else None,
    )


@guides_only.get("", response=GuidePage, operation_id="guides")
def guides(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=63)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> GuidePage:
    """What can only be read about, where its name, everyday words or life event hold `search`."""
    found = sorted((one for one in queries.guides(search) if one.code > after), key=attrgetter("code"))
    more = len(found) > limit
    return GuidePage(
        guides=[_guide_row(one) for one in found[:limit]],
        next=found[limit - 1].code if more else None,
    )


@router.get("/{code}", response=ItemOut, operation_id="item")
def item(request: HttpRequest, code: Slug) -> ItemOut:
    """One item with its guide, form, materials and offices."""
    one = queries.item(ItemCode(code))
    return ItemOut(
        **_row(one),
        version=one.version,
        digest=one.digest,
        regime=one.regime.name,
        special_procedures=[Choice(code=kind.code, label=kind.name) for kind in one.special_procedures],
        conditions=list(one.conditions),
        law=[_cited(source) for source in one.law],
        form=[
            FormStep(code=step.code, title=step.title, fields=[_question(field) for field in step.fields])
            for step in one.form.steps
        ],
        materials=[_material(material) for material in one.materials],
        situations=[_situation(situation) for situation in one.situations],
        offices=[_office(one, office) for office in one.offices],
        channels=sorted(one.channels),
        result=one.result,
        guide=one.guide,
    )


def _hits(hits: Iterable[queries.Hit]) -> list[HitRow]:
    return [
        HitRow(
            kind=hit.kind,
            code=hit.code,
            title=hit.name,
            about=hit.about,
            text="".join(text for text, _ in hit.body),
            fits=hit.fits,
        )
        for hit in hits
    ]


def _guide_row(one: queries.GuideOnly) -> GuideRow:
    return GuideRow(
        code=one.code,
        name=one.name,
        department=one.department,
        audience=[audience.name or audience.code for audience in one.audience],
        life_event=one.life_event,
        words=list(one.words),
        sample=one.sample,
    )


def _row(one: queries.Item) -> dict[str, Any]:
    return {
        "code": one.slug,
        "name": one.name,
        "department": one.department,
        "audience": [audience.name or audience.code for audience in one.audience],
        "promised": _length(one.promised),
        "sample": one.sample,
    }


def _length(limit: Limit) -> Length:
    return Length(value=limit.value, unit=limit.unit)


def _cited(source: Source) -> Cited:
    return Cited(law=source.law, article=source.article, sense=source.sense, checked=source.checked)


def _question(field: Field) -> Question:
    return Question(
        name=field.name,
        label=field.label,
        kind=field.kind,
        required=field.required,
        options=[Choice(code=option.code, label=option.label) for option in field.options],
        limits=dict(field.limits),
        help=field.help,
        why=field.why,
        when=_written(field.when),
    )


def _material(material: queries.Material) -> MaterialAsked:
    return MaterialAsked(
        kind=material.kind,
        name=material.name,
        hand_in=material.must_be_handed_in,
        need=material.need,
        formats=list(material.formats),
        accept_stand=material.accept_stand,
        by_law=[_cited(source) for source in material.by_law],
        intermediary=queries.intermediary_in_words(material),
        when=_written(material.when),
    )


def _situation(one: queries.Situation) -> SituationOut:
    return SituationOut(
        parameter=queries.PREFIX + one.element,
        field=one.field or None,
        label=one.label,
        choices=[Choice(code=queries.written(answer), label=label) for answer, label in one.answers],
        when=_written(one.when),
    )


def _office(one: queries.Item, office: queries.Office) -> OfficeOut:
    return OfficeOut(
        body=office.body,
        name=office.name,
        region=office.region,
        address=office.address,
        hours=office.hours,
        phone=office.phone,
        queue=queries.queue_of(one, office.body),
    )


def _written(condition: Condition | None) -> dict[str, Any] | None:
    """A condition as packs write it."""
    return None if condition is None else dict(_as_data(condition))


def _as_data(condition: Condition) -> Mapping[str, Any]:
    match condition:
        case Equals(field, value):
            return {"field": field, "equals": value}
        case OneOf(field, values):
            return {"field": field, "in": list(values)}
        case Present(field):
            return {"field": field, "present": True}
        case Not(inner):
            return {"not": _as_data(inner)}
        case AllOf(inners):
            return {"all": [_as_data(one) for one in inners]}
        case AnyOf(inners):
            return {"any": [_as_data(one) for one in inners]}
