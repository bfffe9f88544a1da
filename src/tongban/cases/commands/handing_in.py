"""Handing a draft in: it becomes a case, once, however often and from wherever the button is pressed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from tongban.cases.commands.application import Application
from tongban.cases.commands.drafts import as_owner, current
from tongban.cases.commands.joining import joint_number_under, submit_joint
from tongban.cases.commands.serving import received_of, record_handed_in
from tongban.cases.commands.submit import number_under, submit
from tongban.cases.events import Received
from tongban.cases.models.drafts import Opened, Writer, opened, row_of_draft
from tongban.cases.rules import steps
from tongban.cases.rules.drafting import Filled
from tongban.cases.rules.serving import SIGNED_PAPER, Confirmed
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, Viewer, allow
from tongban.kernel.ids import PersonKey, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import api as papers

WINDOW: Final = "window"
"""The channel of what an officer filled in for the person who stood there."""

LOST_ANSWERS: Final = frozenset({"cases.submit.key-reused", "papers.file.unclaimed", "papers.file.expired"})
"""What a draft is refused with whose case was opened, and whose own note of that was lost in a crash."""


def hand_in(draft: UUID, *, seen: int, by: Writer, at: datetime, confirmed: str = "") -> str:
    """Submit what the draft holds; the number of its case. Afterwards nothing of the content is left in it.

    A draft that was submitted already gives the number of its one case. Refused with every fault at once, and
    where the draft was changed since its answers were shown for checking (`seen`). A statement for the draft
    before and one after those of `submit`; two for each material of several photos; one for an enterprise.
    An officer who filled it in at a window says how its owner `confirmed` it: at most five statements more,
    and one for each further case of a joint service.
    """
    allow(by.viewer, Deed.APPLY, Thing())
    before = opened(row_of_draft(draft), by)
    if before.submitted is not None:
        return before.submitted
    if before.version != seen:
        raise _changed_since()
    item = catalogue.service(before.item)
    filled = current(before, item)
    owner = as_owner(before, by).viewer
    applicant = identity.act_for(owner, filled.acting_for) if filled.acting_for else owner
    person, officer = owner.person, by.viewer.officer
    received = received_of(before, filled, confirmed, owner, officer) if officer else None
    joint = isinstance(item, catalogue.Joint)
    made = partial(_application, before, item, filled, person, at)
    number = _submitted(draft, lambda: _received(made(), filled, received), applicant, at, joint=joint)
    if officer is not None:
        record_handed_in(number, officer, at)
    run(
        "update cases_draft set submitted = $2::text, sealed = null, wrapped = null"
        " where id = $1::uuid and submitted is null",
        (draft, number),
    )
    if filled.files and person is not None:
        papers.discard([text for texts in filled.files.values() for text in texts], person, at)
    return number


def _received(application: Application, filled: Filled, received: Received | None) -> Application:
    """The application as a window received it, with the pictures of what was signed there."""
    if received is None:
        return application
    signed = filled.files.get(SIGNED_PAPER, ()) if received.confirmed == Confirmed.SIGNED else ()
    return replace(application, channel=WINDOW, received=received, signed=signed)


def _submitted(
    draft: UUID, made: Callable[[], Application], applicant: Viewer, at: datetime, *, joint: bool
) -> str:
    """The number of what was opened, also where that was a moment ago and the draft does not know it yet."""
    key = f"draft {draft}"
    try:
        if joint:
            return submit_joint(made(), by=applicant, key=key, at=at).number
        return submit(made(), by=applicant, key=key, at=at).number
    except Refusal as refusal:
        under = joint_number_under if joint else number_under
        earlier = under(applicant, key) if refusal.code in LOST_ANSWERS else None
        if earlier is None:
            raise
        return earlier


def _application(
    before: Opened, item: catalogue.Service, filled: Filled, person: PersonKey | None, at: datetime
) -> Application:
    reading = steps.reading_of(item.form, filled.answers)
    materials = [
        (one.kind, text)
        for one in item.materials_for(reading.cleaned)
        if one.may_be_handed_in and person is not None
        for text in _bound(one.name, filled.files.get(one.kind, ()), person, at)
    ]
    return Application(
        before.item, RegionCode(filled.office), filled.answers, materials, sources=filled.sources
    )


def _bound(name: str, handles: Sequence[str], person: PersonKey, at: datetime) -> list[str]:
    """What is handed in as one material: its files in order, several photos as the pages of one of them."""
    files = [(text, papers.open_handle(text, person, at)) for text in handles]
    photos = [(text, file) for text, file in files if file.kind is not papers.Kind.PDF]
    if len(photos) < 2:
        return [text for text, _ in files]
    pages = papers.bind([file for _, file in photos], name=f"{name}.pdf", uploader=person, at=at).handle
    whole = {text for text, _ in photos[1:]}
    return [pages if text == photos[0][0] else text for text, _ in files if text not in whole]


def _changed_since() -> Refusal:
    return Refusal(
        "cases.draft.changed-since",
        says=_("您核对之后，这份草稿又在另一处改过，还没有提交。"),
        do=_("请把下面的内容再看一遍，没有问题再按“提交申请”。"),
    )
