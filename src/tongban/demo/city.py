"""The demonstration city: its places, people and officers, and that half a year of it was lived through."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from tongban.catalogue import api as catalogue
from tongban.demo import places
from tongban.demo.applying import People, arrivals, instants_between
from tongban.demo.past import Past
from tongban.demo.people import NAMED, XIAOMAN, Enterprise, Resident, enterprises, residents
from tongban.demo.staff import ADMINS, GOVERNING, RECEIVER, SINCE, SUPERVISOR, Staff, staff_of
from tongban.demo.undertaken import undertake
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.sql import run

SEED: Final = 1
CASES: Final = 3_000
DAYS: Final = 182
"""Half a year."""
A_YEAR: Final = timedelta(days=365)


def populate(at: datetime, seed: int = SEED) -> str:
    """Have everybody here and say who may sign in; a second call changes nothing."""
    password = _password(Path(settings.VAR) / "demo-password")
    people = residents(seed)
    if not identity.has_account(people[-1].sign_in, identity.AccountKind.RESIDENT):
        places.lay_out()
        with transaction.atomic():
            for resident in people:
                _settle(resident, password)
            for enterprise in enterprises(seed, people):
                _found(enterprise, at)
            agent, father = NAMED[:2]
            identity.entrust(agent.key, father.key, until=legal_day(at) + A_YEAR, at=at)
    _appoint(password, seed)
    departments = [one.code for one in directory.bodies() if one.region == places.CITY]
    undertake(_staff(seed), _of_the_city()[0], departments, at)
    return _said(password, _serving(seed))


def has_past() -> bool:
    """Whether there are cases."""
    [(some,)] = run("select exists (select from cases_case)")
    return bool(some)


def live(at: datetime, *, cases: int = CASES, seed: int = SEED) -> Iterator[date]:
    """Live through the half year before `at`, with so many applications; gives each day when it begins.

    The same seed and the same end give the same city, but for keys, tags and what is drawn for secrecy.
    Nobody else may be at work meanwhile, neither worker nor people. Broken off, it is begun anew on an empty
    database.
    """
    # A city that is broken off is begun anew: nothing is lost by not waiting for the disk.
    run("set synchronous_commit = off")
    begun = at - timedelta(days=DAYS)
    people = residents(seed)
    calendar = calendar_in_force()
    founded = enterprises(seed, people)
    who = People(people, founded, legal_day(at))
    past = Past(_staff(seed), seed, calendar, begun, at)
    yield from past.live(list(arrivals(seed, cases, who, instants_between(begun, at, calendar))))
    past.telling.tell([*(one.viewer for one in people), *(one.viewer for one in founded)])


def _password(file: Path) -> str:
    """One password for everyone here, made at the first start and kept in the data folder."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text()


def _settle(resident: Resident, password: str) -> None:
    account = _open(resident.sign_in, password, person=resident.key)
    if account is not None:
        identity.give_phone(account, resident.phone)
    profile = identity.Profile(resident.name, resident.id_number, resident.phone)
    identity.save_profile(resident.key, profile)


def _found(enterprise: Enterprise, at: datetime) -> None:
    key = identity.ensure_enterprise(enterprise.code, name=enterprise.name)
    identity.entitle(enterprise.agent.key, key, at=at, since=SINCE)


def _staff(seed: int) -> tuple[Staff, ...]:
    """Everyone at the offices that run an item, decide for one that does or are asked, by their bodies."""
    items = catalogue.items()
    offices = {office.body: office.region for item in items for office in item.offices}
    above = {one.body: one.region for item in items for one in item.superiors.values()}
    flows = (item.process for item in items if item.process)
    asked = {one.body: one.region for flow in flows for bodies in flow.asks.values() for one in bodies}
    return staff_of(sorted((offices | above | asked).items()), seed)


def _of_the_city() -> tuple[Staff, ...]:
    """Who serves the city itself: who supervises, who administers, and who leads a government in it."""
    serving = zip((SUPERVISOR, *ADMINS), ("周正", "陈晓", "林安"), strict=True)
    return (
        *(
            Staff(post.sign_in, name, post, places.SUPERVISING, places.CITY, 10, 0.5)
            for post, name in serving
        ),
        Staff(GOVERNING.sign_in, "江宁", GOVERNING, places.GOVERNMENT, places.DISTRICT, 10, 0.5),
    )


def _at_the_window(seed: int) -> Staff:
    """Who receives people at the window of the first office, and handles nothing."""
    office = _staff(seed)[0]
    return Staff(RECEIVER.sign_in, "唐静", RECEIVER, office.body, office.region, 10, 0.5)


def _serving(seed: int) -> tuple[Staff, ...]:
    """Every officer of the demonstration."""
    return (*_staff(seed), _at_the_window(seed), *_of_the_city())


def _appoint(password: str, seed: int) -> None:
    """Give everyone a post and an account."""
    for one in _serving(seed):
        if identity.has_account(one.sign_in, identity.AccountKind.OFFICER):
            continue
        directory.ensure_officer(one.id, name=one.name, number=one.sign_in)
        post = directory.ensure_post(body=one.body, title=one.post.title, roles=one.post.roles)
        directory.appoint(one.id, post, since=SINCE)
        _open(one.sign_in, password, officer=one.id)


def _open(
    name: str, password: str, *, person: PersonKey | None = None, officer: OfficerId | None = None
) -> AccountId | None:
    """A new account; None where there is one of this name."""
    kind = identity.AccountKind.RESIDENT if officer is None else identity.AccountKind.OFFICER
    if identity.has_account(name, kind):
        return None
    return identity.open_account(name, _hashed(password), person=person, officer=officer)


@cache
def _hashed(password: str) -> identity.Hashed:
    """The one password of everyone here, hashed once: apart it would take a minute."""
    return identity.hashed(password)


def _said(password: str, staff: tuple[Staff, ...]) -> str:
    """Who may sign in as what, as the command prints it."""
    lines = [f"演示账号（人名、企业、办件均为虚构），密码都是 {password}", ""]
    for resident in NAMED:
        note = f"，可代表{XIAOMAN.name}，可替{NAMED[1].name}办事" if resident is XIAOMAN.agent else ""
        lines.append(f"  {resident.sign_in:<14}居民 {resident.name}{note}")
    lines.append(f"  {'jumin4 … jumin200':<14}居民，另外 197 人")
    names = {body.code: body.name for body in directory.bodies()}
    lines += [f"  {one.sign_in:<14}{one.post.title}，{names[one.body]}" for one in staff]
    return "\n".join(lines)
