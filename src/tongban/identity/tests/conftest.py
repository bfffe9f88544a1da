"""People, an enterprise and an officer, made by our own verbs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.identity import commands
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import Account
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.keys import ring

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PASSWORD = "correct horse battery staple"
CODE = "91510104MA00000012"
ZHANG, WANG, ZHAO = "510104199001010019", "510104199001010035", "510104199001010051"
CHILD = "510104201605209002"
"""Nine years old on TODAY."""

PHONE, OTHER_PHONE = "13812345678", "13912345678"


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    directory.forget()
    yield
    directory.forget()


@dataclass(slots=True)
class Neighbours:
    """Registers and senders as tests have them: who is known, what was sent, how many cases are open."""

    people: dict[str, str] = field(default_factory=lambda: {ZHANG: "张三丰", WANG: "王小明"})
    enterprises: dict[str, identity.Represented] = field(default_factory=dict)
    children: dict[str, identity.Guarded] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    open_cases: int = 0

    def is_named(self, id_number: str, name: str, /, *, at: datetime) -> bool:
        self.asked.append(id_number)
        return identity.is_same_name(self.people.get(id_number, ""), name)

    def represented(self, code: str, /, *, at: datetime) -> identity.Represented | None:
        self.asked.append(code)
        return self.enterprises.get(code)

    def guarded(self, id_number: str, /, *, at: datetime) -> identity.Guarded | None:
        self.asked.append(id_number)
        return self.children.get(id_number)

    def send(self, to: str, code: str, /) -> bool:
        self.sent.append((to, code))
        return False

    @property
    def code(self) -> str:
        """The code that was sent last."""
        return self.sent[-1][1]


@pytest.fixture
def neighbours(monkeypatch: pytest.MonkeyPatch, db: None) -> Neighbours:
    made = Neighbours()
    made.enterprises[CODE] = identity.Represented("成都小面馆有限公司", "张三丰", ZHANG)
    monkeypatch.setattr(Supplied, "registers", made)
    monkeypatch.setattr(Supplied, "phone_codes", made.send)
    monkeypatch.setattr(Supplied, "mail_codes", made.send)
    monkeypatch.setattr(Supplied, "open_affairs", lambda person, at: made.open_cases)
    monkeypatch.setattr(Supplied, "matters", lambda: ["公安机关", "民政部门"])
    return made


def an_account(neighbours: Neighbours, phone: str) -> AccountId:
    commands.send_code(commands.CodeFor.ENTER, phone, address="", at=NOW)
    return AccountId(commands.enter_by_code(phone, neighbours.code, at=NOW).id)


def a_known_account(neighbours: Neighbours, phone: str, name: str, number: str) -> AccountId:
    """An account whose name and number the register confirmed."""
    account = an_account(neighbours, phone)
    commands.make_known(account, name, number, address="", at=NOW)
    return account


@pytest.fixture
def zhang_by_phone(neighbours: Neighbours) -> AccountId:
    return a_known_account(neighbours, PHONE, "张三丰", ZHANG)


@pytest.fixture
def wang_by_phone(neighbours: Neighbours) -> AccountId:
    return a_known_account(neighbours, OTHER_PHONE, "王小明", WANG)


def viewer(account: AccountId) -> Viewer:
    """How an account is seen at NOW."""
    return identity.viewer_of(Account.objects.get(id=account), NOW)


@pytest.fixture
def zhang(db: None) -> PersonKey:
    return ring().person_key("person", ZHANG)


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
