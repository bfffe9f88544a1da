"""Pages and API of certificates: the holder's own, and what anyone may know, at once."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tongban.certificates import commands
from tongban.certificates.tests.world import (
    ANSWERS,
    MONDAY,
    a_person,
    handler_of,
    issued,
    leader_of,
)
from tongban.identity import api as identity

pytestmark = [pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def on_monday(settings):
    settings.CLOCK_SHIFT = MONDAY - datetime.now(UTC)


def browser_of(person):
    account = identity.open_account(f"person-{uuid4().hex}", "correct horse battery", person=person)
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=account))
    return browser


def text_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_wallet_leads_to_the_certificate_with_its_lines_and_a_code_to_show(on_monday):
    who = a_person()
    number, _ = issued("residence-permit", holder=who.person)
    browser = browser_of(who.person)
    assert f"/wallet/{number}" in text_of(browser, "/wallet")
    page = text_of(browser, f"/wallet/{number}")
    for said in (ANSWERS["person-name"], ANSWERS["resident-id"], "颁发", "<svg", f"/certificates/{number}"):
        assert said in page
    assert "style=" not in page


def test_an_empty_wallet_says_what_to_do(on_monday):
    assert "您还没有电子证照" in text_of(browser_of(a_person().person), "/wallet")


def test_anyone_is_told_whether_it_holds_and_no_name(on_monday):
    number, order = issued("residence-permit")
    page = text_of(Client(), f"/certificates/{number}")
    assert "现在有效" in page and "居住证" in page and order.body_name in page
    assert ANSWERS["person-name"] not in page and ANSWERS["resident-id"] not in page


def test_a_revocation_shows_at_the_very_next_look(on_monday):
    number, order = issued()
    asked = {"seen": None, "at": MONDAY}
    commands.ask_revocation(number, by=handler_of(order), ground="unlawful-grant", text="材料虚假。", **asked)
    assert "现在有效" in text_of(Client(), f"/certificates/{number}")
    commands.approve_revocation(number, by=leader_of(order), **asked)
    page = text_of(Client(), f"/certificates/{number}")
    assert "已撤销" in page and "现在有效" not in page and "材料虚假" not in page


def test_programs_check_by_the_identifier_without_a_token(on_monday):
    number, _ = issued()
    told = Client().get(f"/api/v1/certificates/{number}/check").json()
    assert (told["number"], told["holding"], told["says"]) == (number, "valid", "有效")
    assert Client().get(f"/api/v1/certificates/{told['identifier']}/check").json() == told


def test_what_is_no_certificate_is_said_in_plain_words(on_monday):
    answer = Client().get("/certificates/ABC")
    assert answer.status_code == 404 and "没有这张证照" in answer.content.decode()


def test_the_one_check_for_papers_and_certificates_knows_a_certificate_by_its_number(on_monday):
    number, _ = issued("residence-permit")
    for written in (number, f" {number.lower()} "):
        answer = Client().get("/verify", {"code": written})
        assert answer.url.upper() == f"/certificates/{written.strip()}".upper()
        assert "现在有效" in text_of(Client(), answer.url)
