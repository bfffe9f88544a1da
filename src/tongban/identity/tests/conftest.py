"""People, an enterprise and an officer, made by our own verbs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.keys import ring

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD = "correct horse battery staple"
CODE = "91510104MA00000012"


@pytest.fixture(autouse=True)
def _quick_and_anew(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def zhang(db: None) -> PersonKey:
    return ring().person_key("person", "510104199001010018")


@pytest.fixture
def zhang_account(zhang: PersonKey) -> AccountId:
    return identity.open_account("zhang", PASSWORD, person=zhang)


@pytest.fixture
def shop(db: None) -> PersonKey:
    return identity.ensure_enterprise(CODE, name="成都小面馆有限公司")


@pytest.fixture
def li(db: None) -> OfficerId:
    directory.ensure_region(code=RegionCode("510104"), name="锦江区")
    directory.ensure_body(code=BodyCode("11510104MB0000001A"), name="市场监管局", region=RegionCode("510104"))
    post = directory.ensure_post(body=BodyCode("11510104MB0000001A"), title="科员", roles=[Role.HANDLER])
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="李明")
    directory.appoint(officer, post, since=TODAY)
    return officer


@pytest.fixture
def li_account(li: OfficerId) -> AccountId:
    return identity.open_account("li", PASSWORD, officer=li)
