"""Drafts as their pages show them: how far each is, what is filled in from where, what is still to do."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tongban.cases.models.drafts import Opened, Writer, opened, row_of_draft
from tongban.cases.queries.content import sized
from tongban.cases.rules import drafting, steps
from tongban.cases.rules.answers import said_as_typed
from tongban.cases.rules.drafting import MOST_PAGES as MOST_PAGES
from tongban.cases.rules.drafting import SOURCE_WORDS, Filled
from tongban.cases.rules.relying import open_to_holder
from tongban.cases.rules.steps import Page as Page
from tongban.cases.rules.steps import Progress as Progress
from tongban.cases.rules.steps import Reading
from tongban.cases.rules.steps import minutes_for as minutes_for
from tongban.cases.rules.steps import next_code as next_code
from tongban.cases.rules.steps import reading_of as reading_of
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.forms import Field
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.ids import FileId, ItemCode, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import api as papers


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list, unopened: `done` of `steps` pages. Its page is `cases:draft` with its id."""

    id: UUID
    item: str
    slug: ItemCode
    done: int
    steps: int
    kept_until: datetime


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page of the form in the task list."""

    page: Page
    progress: Progress


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words, and where that is from if it was not typed."""

    field: Field
    said: str
    source: str
    fault: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One photo or file of a material. `picture`: the photo, small, as an address that holds it, or empty."""

    id: FileId
    name: str
    type: str
    size: int
    picture: str = ""

    @property
    def sized(self) -> str:
        """Its size, in words."""
        return sized(self.size)

    @property
    def photo(self) -> bool:
        """Whether it becomes a page among the other photos."""
        return self.type != papers.Kind.PDF


@dataclass(frozen=True, slots=True)
class MaterialTask:
    """A material in the task list: how many files there are, and what the applicant holds for it already."""

    material: catalogue.Material
    count: int
    held: certificates.Held | None

    @property
    def spared(self) -> bool:
        """Whether a certificate stands for it."""
        return self.held is not None and self.held.valid

    @property
    def blocked(self) -> bool:
        """Whether a certificate that is needed is there and does not hold: then nothing stands for it."""
        needed = self.material.must_be_handed_in or self.material.need == "not-demanded" or self.count > 0
        return self.held is not None and not self.held.valid and needed

    @property
    def to_do(self) -> bool:
        """Whether it must still be handed in."""
        return self.material.must_be_handed_in and not self.count and not self.spared


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft for its writer. `submitted` is its case's number once it is one; then all else is empty.

    `whose`: as whom it is filled in, the writer or the person whom an officer serves; `at_window` then.
    """

    id: UUID
    item: catalogue.Service
    filled: Filled
    version: int
    kept_until: datetime
    claimed: bool
    submitted: str | None
    reading: Reading
    whose: Viewer
    pages: tuple[PageTask, ...] = field(default=())
    at_window: bool = False

    @property
    def office(self) -> catalogue.Office | None:
        """Where it is to be done."""
        return next((one for one in self.item.offices if one.region == self.filled.office), None)

    def page(self, code: str) -> Page | None:
        """The page of that code."""
        return next((task.page for task in self.pages if task.page.code == code), None)

    def answered_on(self, page: Page) -> list[Answered]:
        """What is asked on a page, with what was answered so far."""
        return [self._answered(each) for each in self.reading.asked_on(page)]

    def _answered(self, each: Field) -> Answered:
        typed = self.filled.answers.get(each.name)
        fault = self.reading.faults.get(each.name)
        return Answered(
            each,
            "" if typed is None else said_as_typed(each, typed),
            SOURCE_WORDS.get(self.filled.sources.get(each.name, ""), ""),
            None if fault is None else {"name": each.name, "says": fault.says, "do": fault.do},
        )


def drafts(viewer: Viewer, *, at: datetime) -> list[DraftRow]:
    """The open drafts of a viewer, and of the browser whose secret the viewer bears; newest first.

    One statement, however many; none for who can have none.
    """
    selves = reach(viewer, Deed.FILL_IN).selves & {viewer.person}
    if not selves and viewer.bearer is None:
        return []
    rows = run(
        "select id, item, done, steps, kept_until from cases_draft"
        " where submitted is null and kept_until > $3::timestamptz"
        " and (owner = any($1::bytea[]) or bearer = $2::bytea)"
        " order by changed_at desc, id limit $4::int",
        (list(selves), viewer.bearer, at, 2 * drafting.MOST_DRAFTS),
    )
    found = []
    for draft, slug, done, of, until in rows:
        # An item that was taken back cannot be applied for, and its draft goes with time.
        with suppress(Refusal):
            name = catalogue.service(ItemCode(slug)).name
            found.append(DraftRow(draft, name, ItemCode(slug), done, of, until))
    return found


def draft_of(draft: UUID, writer: Writer) -> DraftView:
    """A draft for its writer, under the item's current version and in their words; refused to anyone else.

    One statement; one more for an officer who serves its owner.
    """
    before = opened(row_of_draft(draft), writer)
    item = catalogue.in_readers_words(catalogue.service(before.item))
    filled = drafting.in_force(
        before.filled,
        before.item_version,
        item.version,
        lambda version: catalogue.service_version(item.slug, version).form,
    )
    reading, saved = steps.reading_of(item.form, filled.answers), frozenset(filled.saved)
    return DraftView(
        id=before.id,
        item=item,
        filled=filled,
        version=before.version,
        kept_until=before.kept_until,
        claimed=before.claimed,
        submitted=before.submitted,
        reading=reading,
        whose=_whose(before, writer),
        pages=tuple(
            PageTask(page, steps.progress_of(page, reading, filled.answers, saved))
            for page in steps.pages_of(item.form)
        ),
        at_window=writer.viewer.officer is not None,
    )


def _whose(before: Opened, writer: Writer) -> Viewer:
    if writer.viewer.officer is None or before.owner is None or writer.now is None:
        return writer.viewer
    return identity.served(before.owner, writer.viewer, writer.now)


def files_of(view: DraftView, kind: str, *, at: datetime) -> list[DraftFile]:
    """The files of a material in their order, photos with a small picture. One statement; none without files.

    A file that waited too long is no longer among them.
    """
    found = _opened(view, kind, at)
    small = papers.thumbnails({one.id: one.key for one in found}) if found else {}
    return [_file(one, small.get(one.id)) for one in found]


def materials_asked(view: DraftView, *, at: datetime) -> list[MaterialTask]:
    """The materials of the item after the answers so far, those that nobody hands in among them.

    One statement where a certificate may stand for one, else none. Before sign-in nothing was handed in and
    nobody is known to hold anything.
    """
    asked = view.item.materials_for(view.reading.cleaned)
    held = _held(view, asked, at)
    return [MaterialTask(one, len(_opened(view, one.kind, at)), held.get(one.kind)) for one in asked]


def _held(
    view: DraftView, asked: Sequence[catalogue.Material], at: datetime
) -> Mapping[str, certificates.Held]:
    """By kind what the applicant holds for a material, whether it holds or not."""
    applicant = applicant_of(view)
    if applicant is None:
        return {}
    person = view.whose.acts_for_person(applicant)
    open_ = [
        one for one in asked if open_to_holder((each.holder for each in one.satisfied_by), person=person)
    ]
    types = catalogue.types_for(open_)
    if not types:
        return {}
    standing = catalogue.standing_for(open_, certificates.held([applicant], types, at=at))
    return {kind: one for (_, kind), one in standing.items()}


def applicant_of(view: DraftView) -> PersonKey | None:
    """Whose case it will be: whom its owner acts for, else their own; None where the mandate has ended."""
    code, viewer = view.filled.acting_for, view.whose
    if not code:
        return viewer.person
    trusts = {str(one.mandate): one.whose for one in viewer.trusts if one.person}
    enterprise = ring().person_key("enterprise", code)
    return enterprise if enterprise in viewer.mandates | viewer.trusted_by else trusts.get(code)


def _opened(view: DraftView, kind: str, at: datetime) -> list[papers.Attachment]:
    """The files of a material that still wait; before sign-in nothing was handed in."""
    found: list[papers.Attachment] = []
    if view.whose.person is None:
        return found
    for handle in view.filled.files.get(kind, ()):
        with suppress(Refusal):
            found.append(papers.open_handle(handle, view.whose.person, at))
    return found


def _file(file: papers.Attachment, small: bytes | None) -> DraftFile:
    picture = f"data:image/jpeg;base64,{b64encode(small).decode()}" if small else ""
    return DraftFile(file.id, file.name, str(file.kind), file.size, picture)
