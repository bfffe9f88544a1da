"""A browser and programs before a site with addresses of its own; a resident and an officer sign in."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode
from tongban.kernel.keys import ring

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _trial_addresses(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = "tongban.site.tests.addresses"
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def browser() -> Client:
    """A browser that shows what it is given, faults too, and must bring the form's token like all others."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def resident(db: None) -> AccountId:
    person = ring().person_key("person", "510104199001010018")
    account = identity.open_account("zhang", PASSWORD, person=person)
    identity.save_profile(person, identity.Profile("张小三", "510104199001010018", "13800000000"))
    return account


@pytest.fixture
def officer(db: None) -> AccountId:
    body = BodyCode("11510104MB0000001A")
    directory.ensure_region(code=RegionCode("510104"), name="锦江区")
    directory.ensure_body(code=body, name="市场监管局", region=RegionCode("510104"))
    post = directory.ensure_post(body=body, title="科员", roles=[Role.HANDLER])
    one = OfficerId(uuid4())
    directory.ensure_officer(one, name="李明")
    directory.appoint(one, post, since=date(2020, 1, 1))
    return identity.open_account("li", PASSWORD, officer=one)


@pytest.fixture
def sign_in(browser: Client) -> Callable[[str], Client]:
    """Sign in by the page, as people do."""

    def signed_in(name: str) -> Client:
        browser.get("/sign-in")
        token = browser.cookies["csrftoken"].value
        done = browser.post("/sign-in", {"name": name, "password": PASSWORD, "csrfmiddlewaretoken": token})
        assert done.status_code == 302
        return browser

    return signed_in


@pytest.fixture
def token() -> Callable[[AccountId], dict[str, str]]:
    """The header that speaks for an account."""

    def header(account: AccountId) -> dict[str, str]:
        return {"authorization": f"Bearer {identity.create_token(account, at=datetime.now(UTC))}"}

    return header
