"""Building the demonstration: accounts, officers at every office, and cases in every part of their life."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.demo import people
from tongban.demo.people import Resident, Staff
from tongban.directory import api as directory
from tongban.engine.codes import mask_name
from tongban.identity import api as identity
from tongban.kernel.access import Officer, Viewer
from tongban.kernel.ids import AccountId, BodyCode, ItemCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.keys import ring
from tongban.ledger import api as ledger
from tongban.papers import api as papers

SINCE: Final = date(2020, 1, 1)
FOOD: Final = ItemCode("food-operation-licence")
_OFFICERS: Final = UUID("6f0a6c3e-54b2-4f0e-9a0b-3f0a4b8f2d11")
"""Officers get the same id at every start: a name in this space."""


def build(at: datetime) -> str:
    """Build what is missing and say who may sign in; a second call changes nothing."""
    password = _password(Path(settings.VAR) / "demo-password")
    fresh = _open_residents(password, at)
    offices = _appoint_officers(password)
    if fresh:
        _live_through(offices[0], at)
    return _said(password)


def _password(file: Path) -> str:
    """One password for everyone here, made at the first start and kept in the data folder."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text()


def _open_residents(password: str, at: datetime) -> bool:
    """Open the residents' accounts; False if they were open already."""
    opened = [_open(resident.sign_in, password, person=_person(resident)) for resident in people.RESIDENTS]
    for resident in people.RESIDENTS:
        profile = identity.Profile(resident.name, resident.id_number, resident.phone)
        identity.save_profile(_person(resident), profile)
    code, name = people.ENTERPRISE
    enterprise = identity.ensure_enterprise(code, name=name)
    identity.entitle(_person(people.AGENT), enterprise, at=at, since=SINCE)
    return all(opened)


def _appoint_officers(password: str) -> list[BodyCode]:
    """The same three posts at every office that runs an item, and one supervisor of the city."""
    offices = {office.body: office.region for item in catalogue.items() for office in item.offices}
    for place, body in enumerate(sorted(offices)):
        for staff in people.STAFF:
            _appoint(staff, body, password, suffix=str(place + 1))
    body, name, region = people.CITY
    directory.ensure_body(code=body, name=name, region=region)
    _appoint(people.SUPERVISOR, body, password, suffix="")
    food = catalogue.item(FOOD).office_in(RegionCode("510104"))
    assert food is not None
    return sorted(offices, key=lambda body: body != food.body)


def _appoint(staff: Staff, body: BodyCode, password: str, *, suffix: str) -> None:
    officer = _officer_id(staff, body)
    directory.ensure_officer(officer, name=staff.name)
    post = directory.ensure_post(body=body, title=staff.title, roles=staff.roles)
    directory.appoint(officer, post, since=SINCE)
    _open(f"{staff.sign_in}{suffix}", password, officer=officer)


def _open(
    name: str, password: str, *, person: PersonKey | None = None, officer: OfficerId | None = None
) -> bool:
    kind = identity.AccountKind.RESIDENT if officer is None else identity.AccountKind.OFFICER
    # Asked first, for every start comes through here.
    if identity.has_account(name, kind):
        return False
    identity.open_account(name, _hashed(password), person=person, officer=officer)
    return True


@cache
def _hashed(password: str) -> identity.Hashed:
    """The one password of everyone here, hashed once: apart it would take a minute."""
    return identity.hashed(password)


def _live_through(body: BodyCode, at: datetime) -> None:
    """Six applications of the last days: completed, to be corrected, under review, and three that wait."""
    handler = _viewer(people.STAFF[0], body)
    begun = at - timedelta(days=3)
    numbers = [_apply(resident, begun + timedelta(minutes=20 * turn)) for turn, resident in _turns()]
    while ledger.seal(at):
        pass
    queue = catalogue.queue_of(catalogue.item(FOOD), body)
    done, to_correct, reviewed = (
        _taken(queue, handler, begun + timedelta(hours=4, minutes=turn)) for turn in range(3)
    )
    assert done == numbers[0]
    later = begun + timedelta(hours=5)
    cases.accept(done, seen=None, by=handler, at=later)
    cases.grant(done, seen=None, by=handler, at=later, text="材料齐全，场所符合要求，准予许可。（演示）")
    cases.deliver(done, seen=None, by=handler, at=later, way="online")
    fault = cases.CorrectionFault(
        place="食品安全规章制度",
        basis="食品安全法 第三十三条第一款第三项",
        do="请补上从业人员健康管理制度。（演示）",
    )
    cases.return_for_correction(to_correct, seen=None, by=handler, at=later, faults=[fault])
    cases.accept(reviewed, seen=None, by=handler, at=later)
    while ledger.seal(at):
        pass


def _turns() -> Iterator[tuple[int, Resident]]:
    for turn in range(6):
        yield turn, people.RESIDENTS[turn % len(people.RESIDENTS)]


def _apply(resident: Resident, at: datetime) -> str:
    person = _person(resident)
    viewer = Viewer(AccountId(_id(resident.sign_in)), person, shown_as=mask_name(resident.name))
    materials = tuple(
        (kind, papers.store(person, f"{kind}.pdf", people.SAMPLE_PDF, at).handle)
        for kind in people.FOOD_MATERIALS
    )
    application = cases.Application(FOOD, RegionCode("510104"), people.FOOD, materials)
    return cases.submit(application, by=viewer, key=None, at=at).number


def _taken(queue: str, handler: Viewer, at: datetime) -> str:
    taken = cases.take_next(queue, by=handler, at=at)  # type: ignore[arg-type]
    assert taken is not None
    return taken.number


def _viewer(staff: Staff, body: BodyCode) -> Viewer:
    officer = _officer_id(staff, body)
    region = RegionCode("510104")
    return Viewer(
        account=AccountId(officer),
        officer=Officer(officer, body, region, frozenset(staff.roles), staff.name),
        shown_as=staff.name,
    )


def _person(resident: Resident) -> PersonKey:
    return ring().person_key("person", resident.id_number)


def _officer_id(staff: Staff, body: BodyCode) -> OfficerId:
    return OfficerId(_id(f"{body}/{staff.sign_in}"))


def _id(name: str) -> UUID:
    return uuid5(_OFFICERS, name)


def _said(password: str) -> str:
    """Who may sign in as what, as the command prints it."""
    lines = [f"演示账号（人名、企业、办件均为虚构），密码都是 {password}", ""]
    for resident in people.RESIDENTS:
        note = f"，可代表{people.ENTERPRISE[1]}" if resident is people.AGENT else ""
        lines.append(f"  {resident.sign_in:<14}居民 {resident.name}{note}")
    names = {body.code: body.name for body in directory.bodies()}
    offices = sorted({office.body for item in catalogue.items() for office in item.offices})
    for place, body in enumerate(offices):
        for staff in people.STAFF:
            lines.append(f"  {f'{staff.sign_in}{place + 1}':<14}{staff.title}，{names[body]}")
    lines.append(f"  {people.SUPERVISOR.sign_in:<14}{people.SUPERVISOR.title}，{people.CITY[1]}")
    return "\n".join(lines)
