"""What is known already of whoever applies, and need not be typed: asked for before anything is locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop as noop

from tongban.cases.models.drafts import Writer
from tongban.cases.rules.drafting import Filled, Known, Source
from tongban.catalogue import api as catalogue
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.ids import BodyCode, PersonKey

OWN_NAMES: Final = {"person-name": "name", "resident-id": "id_number", "mobile-phone": "phone"}
"""Data elements that a signed-in person need not type, and where their profile holds them."""

NOT_THE_AGENTS: Final = ("person-name", "resident-id")
"""What is filled in of the person who is acted for; calls go to whoever acts."""

THE_AGENTS: Final = {"agent-name": "person-name", "agent-resident-id": "resident-id"}
"""Data elements about whoever acts for another, and under which element they are known of themselves."""

HOUSEHOLD: Final = {"home-address": "address"}
"""Data elements that the register of households knows, and the field of its answer."""

NOBODYS_OFFICE: Final = BodyCode("")
"""What is asked to fill in a draft is asked by no office: by the platform itself, for the applicant."""


def known_of(
    filled: Filled, item: catalogue.Service, by: Writer, *, acting_for: str, at: datetime
) -> Mapping[str, Known]:
    """By data element what is known of the applicant: the writer, or whom they act for.

    Refused without a mandate for this kind of matter. A statement for a person, one for whom is acted for;
    two more where the form asks for what the register of households knows. Not within a transaction.
    """
    if by.viewer.person is None:
        return {}
    own = _own(by.viewer.person, Source.PROFILE)
    if not acting_for:
        return own | _household(filled, item, by.viewer.person, at)
    found = {one.code: one for one in identity.principals_of(by.viewer)}.get(acting_for)
    if found is None or not all(map(found.covers, item.departments)):
        raise identity.no_mandate()
    if found.person:
        theirs = _own(found.key, Source.PRINCIPAL)
        return (
            own
            | {element: theirs[element] for element in NOT_THE_AGENTS if element in theirs}
            | {"applied-by-other": Known("true", Source.WHOM)}
            | {element: own[name] for element, name in THE_AGENTS.items() if name in own}
            | _household(filled, item, found.key, at)
        )
    return own | {
        "enterprise-name": Known(found.name, Source.ENTERPRISE),
        "uscc": Known(found.code, Source.ENTERPRISE),
    }


def _own(person: PersonKey, source: Source) -> dict[str, Known]:
    profile = identity.profile_of(person)
    if profile is None:
        return {}
    return {element: Known(getattr(profile, name), source) for element, name in OWN_NAMES.items()}


def _household(filled: Filled, item: catalogue.Service, person: PersonKey, at: datetime) -> dict[str, Known]:
    """What the register of households knows and the form asks, on record; nothing while it is away."""
    wanted = {
        each.element
        for _, each, when in item.form.asked
        if when is None and each.element in HOUSEHOLD and each.name not in filled.answers
    }
    if not wanted:
        return {}
    errand = exchange.Errand(
        None, "prefill@1", NOBODYS_OFFICE, noop("替申请人填表"), noop("户口登记信息"), noop("户口登记在哪里")
    )
    try:
        answer = exchange.ask(exchange.Question("population", "household", person), errand, at=at)
    except (exchange.NothingKnown, exchange.RegisterAway):
        return {}
    return {element: Known(answer[HOUSEHOLD[element]], Source.HOUSEHOLD) for element in sorted(wanted)}
