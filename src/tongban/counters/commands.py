"""What changes: somebody is received, and leaves; what is over is deleted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as noop

from tongban.cases import api as cases
from tongban.cases.api import KnownBy
from tongban.counters import rules
from tongban.counters.models import Reception
from tongban.engine.calendar import end_of, legal_day
from tongban.engine.codes import check_resident_id, mask_name
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Officer, Purpose, Thing, Viewer, allow
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

RULE: Final = "window@1"
"""By which asking of ours the registers are asked, as `exchange` records it."""


@dataclass(frozen=True, slots=True, repr=False)
class Arriving:
    """Who stands there: name and number as on the card, and the code of the enterprise they come for."""

    name: str
    id_number: str
    enterprise: str = ""


def receive(key: UUID, arriving: Arriving, *, by: Viewer, at: datetime) -> UUID:
    """Receive somebody at a window; the same `key` again changes nothing. The reception's id.

    Name and number are compared once with the population register, on record; while that does not answer the
    officer's look at the card stands for it, and is told wherever it matters. Nobody needs an account: who
    has one finds what is done here among their own. Refused: a child, a name that is not the number's, an
    enterprise that the person may not act for, too many within an hour. CodeError for what is no number.
    """
    officer = _at_a_window(by)
    number = check_resident_id(arriving.id_number)
    rules.refuse_young(number.birth, legal_day(at))
    if Reception.objects.filter(id=key, officer=officer.id).exists():
        return key
    rules.refuse_too_many(
        identity.wait_after(
            "received by", str(officer.id), most=rules.MOST_IN_AN_HOUR, within=rules.WITHIN, at=at
        )
    )
    person, name = ring().person_key("person", number.number), " ".join(arriving.name.split())
    known = _known_by(person, name, officer, at)
    enterprise = _enterprise(arriving.enterprise, person, by, at) if arriving.enterprise else ("", "")
    with transaction.atomic():
        _keep_profile(person, name, number.number, known)
        row = _row(key, officer, person, name, known, enterprise, at)
        Reception.objects.bulk_create([row], ignore_conflicts=True)
        ledger.record_look(ledger.Looked(None, person, officer, Purpose.RECEIVING, "identity"), at)
    return key


def _keep_profile(person: PersonKey, name: str, number: str, known: KnownBy) -> None:
    """Papers need a name; one that was read off a card wrongly gives way to the register's."""
    earlier = identity.profile_of(person)
    misread = (
        known is KnownBy.REGISTER and earlier is not None and not identity.is_same_name(earlier.name, name)
    )
    if earlier is None or misread:
        phone = earlier.phone if earlier else ""
        identity.save_profile(person, identity.Profile(name, number, phone))


def _row(  # noqa: PLR0913 - a row says who received whom for whom, how known and when
    key: UUID,
    officer: Officer,
    person: PersonKey,
    name: str,
    known: KnownBy,
    enterprise: tuple[str, str],
    at: datetime,
) -> Reception:
    return Reception(
        id=key,
        officer=officer.id,
        body=officer.body,
        subject=person,
        shown_as=mask_name(name),
        known=str(known),
        enterprise=enterprise[0],
        enterprise_name=enterprise[1],
        opened_at=at,
        ends_at=end_of(legal_day(at)),
    )


def _at_a_window(by: Viewer) -> Officer:
    officer = by.officer
    allow(by, Deed.RECEIVE, Thing(body=officer.body, region=officer.region) if officer else Thing())
    assert officer is not None
    return officer


def _known_by(person: PersonKey, name: str, officer: Officer, at: datetime) -> KnownBy:
    """How the window knows them; refused where register or an earlier visit say another name."""
    errand = exchange.Errand(
        None,
        RULE,
        officer.body,
        noop("窗口核对身份"),
        noop("人口基本信息"),
        noop("姓名和公民身份号码是不是同一个人"),
    )
    try:
        told = str(exchange.ask(exchange.Question("population", "identity", person), errand, at=at)["name"])
        known = KnownBy.REGISTER
    except exchange.NothingKnown:
        raise rules.not_named() from None
    except exchange.RegisterAway:
        earlier = identity.profile_of(person)
        told, known = earlier.name if earlier else name, KnownBy.CARD
    if not identity.is_same_name(told, name):
        raise rules.not_named()
    return known


def _enterprise(code: str, person: PersonKey, by: Viewer, at: datetime) -> tuple[str, str]:
    """Code and name of the enterprise they come for: by a mandate that stands, or as who represents it."""
    served = identity.served(person, by, at)
    named = {one.code: one.name for one in identity.principals_of(served) if not one.person}
    if code in named:
        return code, named[code]
    assert by.officer is not None
    errand = exchange.Errand(
        None,
        RULE,
        by.officer.body,
        noop("窗口接待企业"),
        noop("企业登记信息"),
        noop("法定代表人或负责人是谁"),
    )
    about = ring().person_key("enterprise", code)
    try:
        told = exchange.ask(exchange.Question("enterprises", "representative", about), errand, at=at)
    except exchange.NothingKnown:
        raise rules.not_for_enterprise() from None
    except exchange.RegisterAway:
        raise rules.enterprise_register_away() from None
    if ring().person_key("person", str(told["representative_id"])) != person:
        raise rules.not_for_enterprise()
    name = str(told["name"])
    identity.represent(person, identity.ensure_enterprise(code, name=name), at=at)
    return code, name


def leave(key: UUID, *, by: Viewer) -> None:
    """End a reception: the person leaves, and takes every draft along that this officer has in hand.

    Nothing where it is over already.
    """
    officer = _at_a_window(by)
    with transaction.atomic():
        found = Reception.objects.select_for_update().filter(id=key, officer=officer.id).first()
        if found is not None:
            cases.give_back_all(PersonKey(bytes(found.subject)), by=by)
            found.delete()


def expire(at: datetime) -> int:
    """Delete the receptions of days that are over; how many. One statement."""
    return len(run("delete from counters_reception where ends_at <= $1::timestamptz returning 1", (at,)))
