"""Drafts: begun, written page by page, claimed at sign-in, discarded, swept. Nothing typed is lost."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tongban.cases.commands.knowing import known_of
from tongban.cases.models.drafts import Opened, about, closed, key_in, opened, row_of_draft
from tongban.cases.models.drafts import Writer as Writer
from tongban.cases.rules import drafting, steps
from tongban.cases.rules.drafting import KEPT_FOR, MOST_DRAFTS, Filled, Known, Source
from tongban.cases.rules.drafting import KEPT_UNCLAIMED as KEPT_UNCLAIMED
from tongban.cases.rules.drafting import Typed as Typed
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Kind
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, allow
from tongban.kernel.ids import ItemCode, PersonKey
from tongban.kernel.keys import new_key, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.papers import api as papers

HERE = "tongban.cases"

FILES_WAIT: Final = 2 * KEPT_FOR
"""How long a file waits that lies in a draft: past half of it, it is given as long again."""

MOST_FROM_AN_ADDRESS: Final = 60
FROM_AN_ADDRESS_WITHIN: Final = timedelta(hours=1)

SITUATION: Final = (Kind.CHOICE, Kind.CHOICES, Kind.BOOLEAN)
"""What a guide may have asked already: choices alone, for what stands in an address names nobody."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is said on the first page: where, for which enterprise if any, and what the guide has asked."""

    office: str = ""
    acting_for: str = ""
    situation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class DraftChange:
    """A draft under its lock, under the item's current version; what `filled` is in the end is written."""

    item: catalogue.Service
    before: Opened
    filled: Filled
    person: PersonKey | None

    @property
    def version(self) -> int:
        """The version that this change makes."""
        return self.before.version + 1


def begin(slug: ItemCode, beginning: Beginning, *, by: Writer, at: datetime) -> UUID:
    """Begin a draft with what is known already. One statement beside those of `known_of`; before sign-in two.

    Refused to officers, where no office of the item is meant, to who has MOST_DRAFTS open, and before sign-in
    where too many were begun from the same address.
    """
    person = by.viewer.person
    allow(by.known, Deed.FILL_IN, Thing(applicant=person, bearer=None if person else by.bearer))
    item, draft = catalogue.service(slug), uuid4()
    filled = _begun(item, beginning)
    if person is None and by.address:
        _refuse_too_many_from(by.address, at)
    known = known_of(filled, item, by, acting_for=filled.acting_for, at=at)
    filled = drafting.completed(filled, item.form, known, version=1)
    if person is not None:
        key = new_key()
        wrapped, bearer = ring().wrap(key, about(draft)), None
    else:
        assert by.secret is not None
        key, wrapped, bearer = key_in(by.secret, draft), None, by.bearer
    until = drafting.kept_until(at, claimed=person is not None)
    row = (
        draft,
        person,
        bearer,
        wrapped,
        closed(key, draft, filled),
        slug,
        item.version,
        *_come(item, filled),
    )
    if not run(load(HERE, "begin_draft"), (*row, at, until, MOST_DRAFTS)):
        raise Refusal(
            "cases.draft.too-many",
            says=_("您已经有 %(most)s 份没办完的草稿。") % {"most": MOST_DRAFTS},
            do=_("请先办完或删掉几份，再开始新的。"),
        )
    return draft


def _refuse_too_many_from(address: str, at: datetime) -> None:
    """Wide, since a service hall or a village may share one address; who signs in is not counted."""
    wait = identity.wait_after(
        "drafts from", address, most=MOST_FROM_AN_ADDRESS, within=FROM_AN_ADDRESS_WITHIN, at=at
    )
    if wait:
        raise Refusal(
            "cases.draft.too-many-from-here",
            says=_("没有登录就开始填的太多了，先停一停。"),
            do=_("请登录以后再开始，登录了不受这个限制；或者在 %(minutes)s 分钟后再试。") % {"minutes": wait},
            status=429,
        )


def claim(draft: UUID, *, by: Writer, at: datetime) -> None:
    """Make what a browser began the signed-in person's own, and fill in what is known of them.

    Three statements and those of `known_of`. Nothing happens to a draft that is somebody's already.
    """
    person, known = by.viewer.person, _known_for(opened(row_of_draft(draft), by), "", by, at)
    with transaction.atomic():
        before = opened(row_of_draft(draft, locked=True), by)
        if person is None or before.claimed or before.submitted:
            return
        change = _change(before, person)
        change.filled = drafting.completed(change.filled, change.item.form, known, version=change.version)
        key = new_key()
        run(
            "update cases_draft set owner = $2::bytea, bearer = null, wrapped = $3::bytea"
            " where id = $1::uuid",
            (draft, person, ring().wrap(key, about(draft))),
        )
        _write(change, key, at, claimed=True)


def save(draft: UUID, typed: Typed, *, by: Writer, at: datetime) -> None:
    """Write one page into the draft, faulty answers too. Two statements.

    Refused, with the questions named, where another device answered them otherwise since `typed.seen`.
    """
    drafting.refuse_too_long(typed.answers)
    with changing_draft(draft, by=by, at=at) as change:
        change.filled = drafting.written(change.filled, typed, version=change.version)


def choose(draft: UUID, beginning: Beginning, *, by: Writer, at: datetime) -> None:
    """Say anew where, and on whose behalf; what was filled in of another applicant goes with it.

    Three statements and those of `known_of`.
    """
    known = _known_for(opened(row_of_draft(draft), by), beginning.acting_for, by, at)
    with changing_draft(draft, by=by, at=at) as change:
        _refuse_elsewhere(change.item, beginning.office)
        filled = replace(change.filled, office=beginning.office)
        if beginning.acting_for != filled.acting_for:
            filled = replace(drafting.of_nobody(filled), acting_for=beginning.acting_for)
        change.filled = drafting.completed(filled, change.item.form, known, version=change.version)


def _known_for(before: Opened, acting_for: str, by: Writer, at: datetime) -> Mapping[str, Known]:
    """What is known of the applicant whom a draft is for from now on; nothing once it was submitted."""
    if before.submitted is not None:
        return {}
    filled = before.filled
    if acting_for != filled.acting_for:
        filled = drafting.of_nobody(filled)
    by = as_owner(before, by)
    return known_of(filled, catalogue.service(before.item), by, acting_for=acting_for, at=at)


def as_owner(before: Opened, by: Writer) -> Writer:
    """As whom a draft is filled in: its writer, or the person whom an officer serves. One statement then."""
    if by.viewer.officer is None or before.owner is None or by.now is None:
        return by
    return replace(by, viewer=identity.served(before.owner, by.viewer, by.now))


def discard(draft: UUID, *, by: Writer, at: datetime) -> None:
    """Delete a draft at once, with its files and the only keys to both. Two statements; three with files."""
    with transaction.atomic():
        before = opened(row_of_draft(draft, locked=True), by)
        files = [text for texts in before.filled.files.values() for text in texts]
        if files and before.owner is not None:
            papers.discard(files, before.owner, at)
        run("delete from cases_draft where id = $1::uuid", (draft,))


def expire_drafts(at: datetime) -> int:
    """Delete the drafts whose time is over; how many. One statement."""
    return len(run("delete from cases_draft where kept_until <= $1::timestamptz returning 1", (at,)))


@dataclass(frozen=True, slots=True)
class EndingDraft:
    """A draft that ends soon: whose, of which item by its name, and when."""

    id: UUID
    owner: PersonKey
    item_name: str
    kept_until: datetime


def take_ending(at: datetime) -> list[EndingDraft]:
    """The drafts that end soon and whose owners were not told; taken in a transaction that tells them, once.

    One statement. A draft of an item that was taken back leads nowhere, and nobody is told of it.
    """
    found = []
    for draft, owner, slug, until in run(load(HERE, "take_ending"), (at, at + drafting.ENDS_SOON)):
        with suppress(Refusal):
            name = catalogue.service(ItemCode(slug)).name
            found.append(EndingDraft(draft, PersonKey(bytes(owner)), name, until))
    return found


def current(before: Opened, item: catalogue.Service) -> Filled:
    """What a draft holds, under the item's current version."""
    return drafting.in_force(
        before.filled,
        before.item_version,
        item.version,
        lambda version: catalogue.service_version(item.slug, version).form,
    )


@contextmanager
def changing_draft(draft: UUID, *, by: Writer, at: datetime) -> Iterator[DraftChange]:
    """A draft under its lock; leaving the block writes it. Two statements."""
    with transaction.atomic():
        before = opened(row_of_draft(draft, locked=True), by)
        if before.submitted is not None:
            raise submitted_already(before.submitted)
        change = _change(before, before.owner)
        yield change
        _write(change, before.key, at, claimed=before.claimed)


def submitted_already(number: str) -> Refusal:
    """The refusal of any change to a draft that became a case."""
    return Refusal(
        "cases.draft.submitted",
        says=_("这份申请已经提交，编号 %(number)s。") % {"number": number},
        do=_("请在“我的办件”里查看；要改的内容，等办理机关告知补正时一起改。"),
    )


def _begun(item: catalogue.Service, beginning: Beginning) -> Filled:
    _refuse_elsewhere(item, beginning.office)
    situation = {
        each.element: Known(beginning.situation[each.element], Source.GUIDE)
        for _, each, _ in item.form.asked
        if each.kind in SITUATION and beginning.situation.get(each.element)
    }
    filled = Filled(office=beginning.office, acting_for=beginning.acting_for)
    return drafting.completed(filled, item.form, situation, version=1)


def _refuse_elsewhere(item: catalogue.Service, office: str) -> None:
    if not any(one.region == office for one in item.offices):
        raise Refusal(
            "cases.draft.no-office", says=_("还没有选在哪里办。"), do=_("请选一个办理机关。"), status=422
        )


def _change(before: Opened, person: PersonKey | None) -> DraftChange:
    item = catalogue.service(before.item)
    return DraftChange(item, before, current(before, item), person)


def _write(change: DraftChange, key: bytes, at: datetime, *, claimed: bool) -> None:
    draft = change.before.id
    _keep_files(change, at)
    run(
        load(HERE, "write_draft"),
        (
            draft,
            closed(key, draft, change.filled),
            change.item.version,
            change.version,
            *_come(change.item, change.filled),
            at,
            drafting.kept_until(at, claimed=claimed),
        ),
    )


def _keep_files(change: DraftChange, at: datetime) -> None:
    """A file waits as long as the draft that it lies in; one that is gone is taken out."""
    every = [text for texts in change.filled.files.values() for text in texts]
    if not every or change.person is None:
        return
    kept = papers.prolong(every, change.person, at=at, waits=FILES_WAIT)
    for kind, texts in change.filled.files.items():
        change.filled = drafting.with_files(
            change.filled, kind, [kept[text] for text in texts if text in kept]
        )


def _come(item: catalogue.Service, filled: Filled) -> tuple[int, int]:
    """How many pages of the form are done, and of how many that must be: what lists tell unopened."""
    reading = steps.reading_of(item.form, filled.answers)
    saved = frozenset(filled.saved)
    found = [steps.progress_of(page, reading, filled.answers, saved) for page in steps.pages_of(item.form)]
    done = found.count(steps.Progress.DONE)
    return done, done + found.count(steps.Progress.TO_DO) + found.count(steps.Progress.TO_MEND)
