"""A first password opens one page: where an officer chooses their own."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tongban.administration.tests.world import CITY, a_body, a_number, lay_out
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.ids import OfficerId

pytestmark = pytest.mark.django_db

CHOOSE = "/mine/settings/password"
OWN = "春熙路上卖豆花 2026"


class Newcomer:
    """A handler who was just let in, and their browser."""

    def __init__(self) -> None:
        lay_out()
        self.officer, self.number, self.browser = OfficerId(uuid4()), a_number(), Client()
        directory.ensure_officer(self.officer, name="赵新", number=self.number)
        post = directory.ensure_post(body=a_body(CITY), title="经办人", roles=[Role.HANDLER])
        directory.appoint(self.officer, post, since=date(2020, 1, 1))

    def admitted(self) -> str:
        return identity.admit_officer(self.officer, self.number)

    def signs_in(self, password: str) -> None:
        told = {"name": self.number, "password": password}
        assert self.browser.post("/sign-in", told).status_code == 302

    def chooses(self, password: str) -> int:
        return int(self.browser.post(CHOOSE, {"password": password, "again": password}).status_code)

    def led(self, address: str, *, method: str = "get") -> str:
        """Where an address leads; nowhere if it answers."""
        answer = getattr(self.browser, method)(address)
        return str(answer.headers.get("Location", ""))


def test_whoever_signs_in_by_a_first_password_is_led_to_choose_their_own_before_all_else() -> None:
    new = Newcomer()
    first = new.admitted()
    new.signs_in(first)
    assert {new.led(address) for address in ("/desk/", "/desk/duty", "/desk/find", "/desk/cases")} == {CHOOSE}
    for address in ("/desk/duty", "/desk/queues/a.b/assign", "/desk/administration/import"):
        assert new.led(address, method="post") == CHOOSE
    page = new.browser.get(CHOOSE)
    assert (page.status_code, "别人给的初始密码" in page.content.decode()) == (200, True)
    assert new.chooses(first) == 422, "the first password is not one's own"
    assert new.led("/desk/") == CHOOSE
    assert new.chooses(OWN) == 302
    assert new.browser.get("/desk/").status_code == 200


def test_another_first_password_leads_there_again() -> None:
    new = Newcomer()
    new.signs_in(new.admitted())
    new.chooses(OWN)
    again = new.admitted()
    assert new.led("/desk/").startswith("/sign-in"), "whoever was signed in is no longer"
    new.signs_in(again)
    assert new.led("/desk/") == CHOOSE
