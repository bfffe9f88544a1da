"""What a grant leaves in the applicant's hands."""

from typing import Any

import orjson

from tongban.cases.commands.change import Change
from tongban.cases.models.stored import aad_of
from tongban.cases.rules.answers import by_element
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.calendar import legal_day
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import open_
from tongban.kernel.sql import run


def certify(change: Change) -> None:
    """Issue the certificate of the grant just recorded, where the item gives one: both or neither."""
    head, at = change.state.head, change.at
    item = catalogue.item_version(head.item, head.item_version)
    if item.certificate is None:
        return
    office = next((one for one in item.offices if one.body == head.body), None)
    filed_by, answers = _handed_in(change)
    order = certificates.Order(
        type=item.certificate,
        holder=head.applicant,
        filed_by=filed_by,
        case=head.id,
        case_number=head.number,
        granted=change.state.version,
        granted_on=change.state.facts.decided_on or legal_day(at),
        body=head.body,
        body_name=office.name if office else item.department,
        region=head.region,
        answers=by_element(item.form, answers),
    )
    certificates.issue(order, at=at)


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
