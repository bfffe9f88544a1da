"""Applying: what the applicant does after submitting."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from django.db import DatabaseError

from tongban.cases.commands.application import Checked, check, faulty, opened_files
from tongban.cases.commands.change import Acted, changing
from tongban.cases.commands.following import follow
from tongban.cases.commands.submit import attached, refuse_unclaimed
from tongban.cases.events import Received
from tongban.cases.rules import intake, tolerance
from tongban.cases.rules.flowing import facts_of
from tongban.cases.rules.state import CaseState
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.ids import Version
from tongban.kernel.sql import run


def resubmit(  # noqa: PLR0913 - a correction brings answers and files
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    answers: Mapping[str, Any],
    materials: Sequence[tuple[str, str]] = (),
    received: Received | None = None,
) -> Acted:
    """Hand in the corrections: answers whole, and the files that are new. The case keeps its place.

    `received`: how a window received them, if an officer filled them in.
    """
    try:
        with changing(number, at=at, seen=seen, turn=True) as change:
            state = change.state
            allow(by, Deed.ACT_AS_APPLICANT, state.thing)
            intake.may_resubmit(state, change.law)
            assert by.person is not None
            item = catalogue.item_version(state.head.item, state.head.item_version)
            checked = _checked(state, item, answers, materials, by=by, at=at)
            digest = change.seal(
                "answers", orjson.dumps(checked.answers, option=orjson.OPT_SORT_KEYS).decode()
            )
            change.files = [file.id for _, file in checked.files]
            change.claimant = by.person
            files = attached(change.writing, checked.files)
            handed_in = intake.HandedIn(
                digest, files, checked.certificates, received=received, owed=checked.owed
            )
            # What the flow asks from now on, it asks of what was just handed in.
            change.writing.facts = partial(facts_of, checked.answers, item.form)
            change.record(intake.resubmit(state, at=at, handed_in=handed_in, law=change.law))
            change.return_to_queue()
            return change.acted
    except DatabaseError as error:
        refuse_unclaimed(error)
        raise


def _checked(  # noqa: PLR0913 - what is handed in again, of what, by whom
    state: CaseState,
    item: catalogue.Item,
    answers: Mapping[str, Any],
    materials: Sequence[tuple[str, str]],
    *,
    by: Viewer,
    at: datetime,
) -> Checked:
    """The corrections, judged with what is handed in already."""
    assert by.person is not None
    return check(
        item,
        answers,
        materials,
        uploader=by.person,
        applicant=state.head.applicant,
        as_person=by.acts_for_person(state.head.applicant),
        at=at,
        held=frozenset(_held(state.head.id)),
    )


def supply_owed(  # noqa: PLR0913 - an act of the law names all it needs
    number: str,
    *,
    seen: Version | None,
    by: Viewer,
    at: datetime,
    materials: Sequence[tuple[str, str]],
    received: Received | None = None,
) -> Acted:
    """Bring what is owed since a tolerant acceptance, all of it or some, as stored files by their kind.

    `received`: how a window received them, if an officer handed them in.
    """
    try:
        with changing(number, at=at, seen=seen) as change:
            allow(by, Deed.ACT_AS_APPLICANT, change.state.thing)
            tolerance.may_supply(change.state, change.law, [kind for kind, _ in materials])
            assert by.person is not None
            files, faults = opened_files(materials, by.person, at)
            if faults:
                raise faulty(faults)
            _ = change.key
            change.files = [file.id for _, file in files]
            change.claimant = by.person
            brought = attached(change.writing, files)
            change.record(
                tolerance.supply(change.state, at=at, brought=brought, law=change.law, received=received)
            )
            return change.acted
    except DatabaseError as error:
        refuse_unclaimed(error)
        raise


def withdraw(number: str, *, seen: Version | None, by: Viewer, at: datetime) -> Acted:
    """Take the application back; possible until the decision."""
    with changing(number, at=at, seen=seen, turn=True) as change:
        allow(by, Deed.ACT_AS_APPLICANT, change.state.thing)
        change.record(intake.withdraw(change.state, at=at, law=change.law))
        change.leave_queue()
        acted, of_several = change.acted, change.state.facts.joint
    if of_several is not None:
        follow(number, at=at)
    return acted


def _held(case: int) -> list[str]:
    return [kind for (kind,) in run("select kind from cases_material where case_id = $1::bigint", (case,))]
