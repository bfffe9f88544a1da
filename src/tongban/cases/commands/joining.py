"""Submitting a joint service: every member is made ready, then one statement writes them all, or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from django.utils.translation import gettext as _

from tongban.cases.commands.application import Against, Application, Checked, faulty, judged, relied_on
from tongban.cases.commands.deciding import decide_at_once
from tongban.cases.commands.document import Writing, in_hex
from tongban.cases.commands.numbers import new_case
from tongban.cases.commands.submit import (
    Numbered,
    applicant_of,
    key_reused,
    new_row,
    office_for,
    opened,
    receipt_of,
    refuse_unless_entitled,
    submission_key,
    with_signed,
    wrapped_key,
    written,
)
from tongban.cases.models.stored import joint_wrapping
from tongban.cases.rules.intake import Part
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.calendar import legal_day
from tongban.engine.forms import Value, validate
from tongban.kernel.access import Deed, Thing, Viewer, allow
from tongban.kernel.ids import CaseId, PersonKey
from tongban.kernel.keys import new_key, ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import api as papers


@dataclass(frozen=True, slots=True)
class Joined:
    """The number of a joint service that was submitted; `fresh` is False where the same came before."""

    number: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Filing:
    """A joint application on its way in: its cleaned answers, and who files it when."""

    joint: catalogue.Joint
    application: Application
    cleaned: Mapping[str, Value]
    by: Viewer
    at: datetime

    @property
    def whose(self) -> tuple[PersonKey, PersonKey]:
        return applicant_of(self.by)


def submit_joint(application: Application, *, by: Viewer, key: str | None, at: datetime) -> Joined:
    """Open a case for every item that the answers call for, all or none; by the names of the united form.

    One statement, besides one in 64 numbers for a block of them, one where certificates may stand for
    materials, and for files that several items need one and one a copy. The same key with the same content
    opens nothing anew. Refused with every fault of every item at once. What a rule decides and nothing keeps
    back is decided before this returns, unless its register is away.
    """
    allow(by, Deed.APPLY, Thing())
    joint = catalogue.joint(application.item)
    refuse_unless_entitled(by, joint)
    filing = _Filing(joint, application, _cleaned(joint, application), by, at)
    ready = _checked(filing)
    digest = _content_digest(filing, ready)
    named = _named(filing)
    writings = _opened(filing, _with_own_files(filing, ready), named)
    stored = submission_key(filing.whose[0], key)
    number, same, fresh = _written(filing, named, writings, digest, stored)
    if not same:
        raise key_reused()
    for one in writings if fresh else ():
        if one.state.awaits_rule:
            decide_at_once(one.state.head.number, at=at)
    return Joined(number, fresh)


def joint_number_under(by: Viewer, key: str) -> str | None:
    """The number of the joint service that was submitted under this key; None if there is none."""
    applicant, _filed_by = applicant_of(by)
    rows = run("select number from cases_joint where key = $1::bytea", (submission_key(applicant, key),))
    return rows[0][0] if rows else None


def _cleaned(joint: catalogue.Joint, application: Application) -> Mapping[str, Value]:
    found = validate(joint.form, application.answers)
    if found.faults:
        raise faulty(
            [
                {"place": one.field, "step": one.step, "code": one.code, "says": one.says, "do": one.do}
                for one in found.faults
            ]
        )
    if ending := joint.ending(found.cleaned):
        raise faulty(
            [
                {
                    "place": ending.field,
                    "code": "cases.submit.not-for-this-joint",
                    "says": ending.says,
                    "do": _("请改这一项回答，或者分别申请要办的事项。"),
                }
            ]
        )
    return found.cleaned


def _checked(filing: _Filing) -> dict[str, Checked]:
    """Every member's own application, by item; one refusal names the faults of all, by the united names."""
    part = filing.joint.taking_part(filing.cleaned)
    relied = _relied(filing, [item for _planned, item in part])
    members = [planned for planned, _item in part]
    found: dict[str, Checked] = {}
    faults: dict[tuple[str, str], dict[str, Any]] = {}
    for planned, item in part:
        fed = filing.joint.plan.fed(planned, members).keys()
        left = replace(item, materials=tuple(one for one in item.materials if one.kind not in fed))
        against = Against(filing.whose[1], relied, filing.at)
        try:
            found[planned.item] = judged(left, _answers(filing, planned.item), _own(filing, item), against)
        except Refusal as refusal:
            if refusal.code != "cases.submit.faults":
                raise
            for fault in refusal.faults:
                place = _united_place(filing.joint, item, str(fault["place"]))
                faults.setdefault((place, str(fault["code"])), {**fault, "place": place})
    faults |= {
        (kind, "unknown"): {
            "place": "materials",
            "code": "cases.submit.material-unknown",
            "says": _("这件事不要“%(kind)s”。") % {"kind": kind[:40]},
            "do": _("请去掉这份文件。"),
        }
        for kind, _handle in filing.application.materials
        if all(kind not in filing.joint.kinds[item.slug].values() for _planned, item in part)
    }
    if faults:
        raise faulty(list(faults.values()))
    return found


def _relied(filing: _Filing, items: Sequence[catalogue.Item]) -> Mapping[str, certificates.Held]:
    """What the applicant holds for any material of any member, by kind. One statement for all."""
    every = {one.kind: one for item in items for one in item.materials_for(_answers(filing, str(item.slug)))}
    applicant = filing.whose[0]
    person = filing.by.acts_for_person(applicant)
    return relied_on(list(every.values()), applicant, person=person, at=filing.at)


def _answers(filing: _Filing, member: str) -> dict[str, Any]:
    return filing.joint.united.answers_of(member, filing.cleaned)


def _own(filing: _Filing, item: catalogue.Item) -> list[tuple[str, str]]:
    """The files for a member, by its own kinds."""
    asked = item.materials_for(_answers(filing, str(item.slug)))
    own = {filing.joint.kinds[item.slug][one.kind]: one.kind for one in asked if one.may_be_handed_in}
    return [(own[kind], handle) for kind, handle in filing.application.materials if kind in own]


def _united_place(joint: catalogue.Joint, item: catalogue.Item, place: str) -> str:
    """Where a fault of a member's own form or materials stands in the united ones."""
    if place.startswith("materials."):
        kind = place.removeprefix("materials.")
        return f"materials.{joint.kinds[item.slug].get(kind, kind)}"
    return joint.united.places[str(item.slug)].get(place, place)


def _with_own_files(filing: _Filing, ready: Mapping[str, Checked]) -> dict[str, Checked]:
    """Each member with files of its own: what several need was uploaded once, and is copied for the rest."""
    seen: set[Any] = set()
    again: dict[str, list[tuple[str, papers.Attachment]]] = defaultdict(list)
    kept: dict[str, list[tuple[str, papers.Attachment]]] = defaultdict(list)
    for member, checked in ready.items():
        for kind, file in checked.files:
            (again if file.id in seen else kept)[member].append((kind, file))
        seen |= {file.id for _kind, file in checked.files}
    wanted = [(member, kind, file) for member, files in again.items() for kind, file in files]
    uploader = filing.whose[1]
    if wanted:
        copies = papers.copy([file for _m, _k, file in wanted], uploader=uploader, at=filing.at)
        for (member, kind, _file), copy in zip(wanted, copies, strict=True):
            kept[member].append((kind, papers.open_handle(copy.handle, uploader, filing.at)))
    return {member: replace(checked, files=tuple(kept[member])) for member, checked in ready.items()}


@dataclass(frozen=True, slots=True)
class _Named:
    """The numbers of a joint service and of its members' cases, by item."""

    id: CaseId
    number: str
    cases: Mapping[str, tuple[CaseId, str]]


def _named(filing: _Filing) -> _Named:
    day, members = legal_day(filing.at), filing.joint.plan.taking_part(filing.cleaned)
    offices = {one.item: office_for(filing.joint.item(one.item), filing.application) for one in members}
    first = next(iter(offices.values()))
    joint, number = new_case(first.region, day)
    return _Named(joint, number, {item: new_case(office.region, day) for item, office in offices.items()})


def _opened(filing: _Filing, ready: Mapping[str, Checked], named: _Named) -> list[Writing]:
    """The members' cases; those that need the result of another wait for its case."""
    joint = filing.joint
    waits = joint.plan.waits(joint.plan.taking_part(filing.cleaned))
    found: list[Writing] = []
    for member, checked in ready.items():
        application = _application_of(filing, member)
        own = checked
        if found:
            application = _not_counted_again(application)
        else:
            # What was signed at a window was signed for all of them, and lies with the first.
            own = with_signed(checked, application, filing.whose[1], filing.at)
        after = tuple(named.cases[other][1] for other in waits[member])
        numbered = Numbered(*named.cases[member], Part(named.number, after))
        found.append(opened(joint.item(member), application, own, filing.whose, filing.at, numbered))
    return found


def _application_of(filing: _Filing, member: str) -> Application:
    """The application of one member: where the answers are from, by its own names."""
    sources = filing.joint.united.answers_of(member, filing.application.sources)
    return replace(filing.application, sources=sources)


def _not_counted_again(application: Application) -> Application:
    """What was typed again at a window was typed once for all of them, and is counted with the first."""
    if application.received is None:
        return application
    return replace(application, received=replace(application.received, typed_again=0))


def _written(
    filing: _Filing, named: _Named, writings: Sequence[Writing], digest: bytes, key: bytes
) -> tuple[str, bool, bool]:
    """Number, whether the same content, whether new: of what is stored under this key now."""
    applicant, filed_by = filing.whose
    document = {
        "joint": {
            "id": named.id,
            "number": named.number,
            "service": filing.joint.slug,
            "version": filing.joint.version,
            "name": filing.joint.name,
            "region": filing.application.region,
            "applicant": in_hex(applicant),
            "filed_by": in_hex(filed_by),
            "received_at": filing.at,
            "key": in_hex(key),
            "digest": in_hex(digest),
            "wrapped": in_hex(ring().wrap(new_key(), joint_wrapping(named.id))),
        },
        "cases": [_case(filing, named, one, key) for one in writings],
    }
    parameters = (orjson.dumps(document).decode(), key, digest, named.id, filed_by)
    stored, same, fresh, _files = written("submit_joint", parameters, [one.state.head for one in writings])
    return stored, same, fresh


def _case(filing: _Filing, named: _Named, writing: Writing, key: bytes) -> dict[str, Any]:
    """What the statement takes of one member."""
    head = writing.state.head
    row = new_row(writing, filing.joint.item(head.item), filing.by, filing.at)
    return {
        **writing.document(**row, joint=named.id),
        "key": in_hex(wrapped_key(writing)),
        "submission": in_hex(sha256(key + head.item.encode()).digest()),
        "receipt": receipt_of(writing, filing.at),
        "files": [material["file"] for material in writing.materials],
    }


def _content_digest(filing: _Filing, ready: Mapping[str, Checked]) -> bytes:
    """Keyed digest of what was submitted: the files by content, for a retry stores them anew."""
    content = {
        "joint": filing.application.item,
        "region": filing.application.region,
        "answers": filing.cleaned,
        "files": sorted(
            (member, kind, file.sha256.hex())
            for member, checked in ready.items()
            for kind, file in checked.files
        ),
        "applicant": filing.whose[0].hex(),
    }
    return ring().content_digest(orjson.dumps(content, option=orjson.OPT_SORT_KEYS))
