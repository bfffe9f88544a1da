"""People of a served city, who can sign in."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.test import Client

from tests.signed_in import just_now
from tongban.cases.tests.world import World, a_world
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.keys import ring
from tongban.ledger import api as ledger

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Account:
    """A name to sign in by, and who that is."""

    name: str
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class City:
    """One item at one body: a resident, the officer who handles, a colleague, the head."""

    world: World
    resident: Account
    handler: Account
    colleague: Account
    leader: Account

    @property
    def slug(self) -> str:
        return self.world.item


def a_person(name: str = "王秀丽") -> Account:
    """A resident with an account and a profile."""
    login, number = f"person-{uuid4().hex[:12]}", uuid4().hex
    person = ring().person_key("person", number)
    account = identity.open_account(login, PASSWORD, person=person)
    identity.save_profile(person, identity.Profile(name, "510104198806152343", "13800000001"))
    return Account(login, Viewer(account=account, person=person, shown_as=name))


def on_duty(officer: Viewer) -> Account:
    """An officer with an account."""
    assert officer.officer is not None
    login = f"officer-{uuid4().hex[:12]}"
    account = identity.open_account(login, PASSWORD, officer=officer.officer.id)
    return Account(login, replace(officer, account=account))


def signed_in(who: Account) -> Client:
    """A client of someone who has signed in; signing in itself has tests of its own."""
    assert who.viewer.account is not None
    client = Client(raise_request_exception=True)
    client.force_login(get_user_model().objects.get(id=who.viewer.account))
    just_now(client)
    return client


def seal() -> None:
    """Seal whatever is pending, as the worker would within two seconds."""
    while ledger.seal(datetime.now(UTC)):
        pass


def a_city(world: World | None = None) -> City:
    """A fresh item at a fresh body, with people who can sign in; `world`: another than the usual one."""
    world = world or a_world()
    # Pages hold the catalogue for two seconds, and a browser that is lent comes sooner.
    catalogue.forget()
    return City(world, a_person(), on_duty(world.handler), on_duty(world.colleague), on_duty(world.leader))
