"""What a grant leaves in the applicant's hands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import orjson

from tongban.cases.commands.change import Change
from tongban.cases.events import CaseGranted
from tongban.cases.models.stored import aad_of
from tongban.cases.rules.answers import by_element
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import open_
from tongban.kernel.sql import run

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def certify(change: Change, found: Mapping[str, str] = NOTHING) -> None:
    """Issue the certificate of the grant just recorded, where the item gives one: both or neither.

    `found` is what a register answered, in words, by data element; where an officer grants what a rule had
    left to them, it is what the register said then.
    """
    head, at = change.state.head, change.at
    item = catalogue.item_version(head.item, head.item_version)
    if item.certificate is None:
        return
    filed_by, answers = _handed_in(change)
    order = certificates.Order(
        type=item.certificate,
        holder=head.applicant,
        filed_by=founder(head.applicant, filed_by),
        case=head.id,
        case_number=head.number,
        granted=_place_of_grant(change),
        granted_on=change.state.facts.decided_on or legal_day(at),
        body=head.body,
        body_name=item.bodies.get(head.body, item.department),
        region=head.region,
        answers={**by_element(item.form, answers), **(found or _answered(change))},
    )
    certificates.issue(order, at=at)


def _place_of_grant(change: Change) -> int:
    """The place in the story of the grant just recorded; what its flow did after it comes behind."""
    return next(int(one["seq"]) for one in reversed(change.writing.events) if one["kind"] == CaseGranted.kind)


def founder(applicant: PersonKey, filed_by: PersonKey) -> PersonKey:
    """Who acts for an enterprise that is founded: the person who applied, or the enterprise's agent."""
    return applicant if applicant == filed_by or not identity.is_enterprise(applicant) else filed_by


def _handed_in(change: Change) -> tuple[PersonKey, dict[str, Any]]:
    """Who filed the case, and the answers as last handed in."""
    filed_by, name, sealed = run(
        "select c.filed_by, a.name, a.sealed from cases_case c"
        " join cases_content a on a.case_id = c.id and a.name like 'answers:%'"
        " where c.id = $1::bigint order by split_part(a.name, ':', 2)::int desc limit 1",
        (change.state.head.id,),
    )[0]
    key = change.writing.key
    assert key is not None
    answers: dict[str, Any] = orjson.loads(open_(key, bytes(sealed), aad_of(change.state, name)))
    return PersonKey(bytes(filed_by)), answers


def _answered(change: Change) -> dict[str, str]:
    """What the rule's registers last answered that is printed; nothing where none did, or none is asked."""
    rows = change.law.rule and run(
        "select name, sealed from cases_content where case_id = $1::bigint and name like 'register:%'"
        " order by split_part(name, ':', 2)::int desc limit 1",
        (change.state.head.id,),
    )
    if not rows:
        return {}
    [(name, sealed)] = rows
    assert change.writing.key is not None
    record = orjson.loads(open_(change.writing.key, bytes(sealed), aad_of(change.state, name)))
    found: dict[str, str] = record["printed"]
    return found
