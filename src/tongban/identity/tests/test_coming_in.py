"""Coming in by a browser that runs no scripts: codes, names, passkeys, and what needs a fresh sign-in."""

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from tongban.identity import api as identity
from tongban.identity.models import Account, SignedIn
from tongban.identity.tests.authenticator import Device
from tongban.identity.tests.conftest import PASSWORD, PHONE, ZHANG, Neighbours
from tongban.identity.tests.test_pages import signed_in
from tongban.kernel.ids import AccountId
from tongban.kernel.pages import ENTERED_AT


def come_in(client: Client, neighbours: Neighbours, *, go_on: str = "") -> Any:
    """By a code to the phone."""
    client.post("/sign-in/phone", {"phone": PHONE, "next": go_on})
    return client.post("/sign-in/code", {"code": neighbours.code, "next": go_on})


def be_known(client: Client, **more: str) -> Any:
    return client.post("/real-name", {"name": "张三丰", "id_number": ZHANG, "consent": "on", **more})


def account_in(client: Client) -> Account:
    """Whose session this browser has."""
    return Account.objects.get(id=client.session[SESSION_KEY])


def long_ago(client: Client) -> None:
    """Let this browser have signed in longer ago than is fresh."""
    session = client.session
    before = session[ENTERED_AT]
    session[ENTERED_AT] = before.replace("20", "19", 1)
    session.save()


def test_a_phone_leads_by_its_code_to_the_name_and_back_to_where_one_was(
    client: Client, neighbours: Neighbours
) -> None:
    page = come_in(client, neighbours, go_on="/items/x?tab=2")
    assert page["Location"] == "/real-name?next=%2Fitems%2Fx%3Ftab%3D2"
    assert be_known(client, next="/items/x?tab=2")["Location"] == "/items/x?tab=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
def test_nobody_is_sent_to_another_site_on_the_way(
    client: Client, neighbours: Neighbours, elsewhere: str
) -> None:
    assert "evil" not in come_in(client, neighbours, go_on=elsewhere)["Location"]
    assert be_known(client, next=elsewhere)["Location"] == "/known"


def test_phone_and_code_stand_in_no_address_and_sealed_in_the_session(
    client: Client, neighbours: Neighbours
) -> None:
    page = client.post("/sign-in/phone", {"phone": PHONE})
    assert page["Location"] == "/sign-in/code"
    kept = str(dict(client.session.items()))
    assert PHONE not in kept and neighbours.code not in kept
    shown = client.get("/sign-in/code").content.decode()
    assert "138****5678" in shown and neighbours.code not in shown


def test_a_wrong_code_is_told_at_its_field_and_nothing_else_is_lost(
    client: Client, neighbours: Neighbours
) -> None:
    client.post("/sign-in/phone", {"phone": PHONE})
    wrong = f"{(int(neighbours.code) + 1) % 1_000_000:06d}"
    page = client.post("/sign-in/code", {"code": wrong, "next": "/x"})
    assert (page.status_code, signed_in(client)) == (422, False)
    text = page.content.decode()
    assert 'href="#f-code"' in text and 'value="/x"' in text


def test_a_session_begins_anew_when_somebody_comes_in_and_when_they_are_known(
    client: Client, neighbours: Neighbours
) -> None:
    client.post("/sign-in/phone", {"phone": PHONE})
    keys = [client.session.session_key]
    client.post("/sign-in/code", {"code": neighbours.code})
    keys.append(client.session.session_key)
    be_known(client)
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert [one.session for one in SignedIn.objects.all()] == keys[2:]


def test_who_came_by_a_phone_alone_is_sent_to_tell_their_name(client: Client, neighbours: Neighbours) -> None:
    come_in(client, neighbours)
    assert client.get("/mine").status_code == 200
    for address in ("/mine/enterprises", "/cases/", "/wallet"):
        assert client.get(address)["Location"].startswith("/real-name?next=%2F")


def test_without_consent_the_register_is_not_asked(client: Client, neighbours: Neighbours) -> None:
    come_in(client, neighbours)
    page = be_known(client, consent="")
    assert (page.status_code, neighbours.asked) == (422, [])
    assert "需要您同意" in page.content.decode() and 'value="张三丰"' in page.content.decode()


SENSITIVE = [
    ("post", "portal:take"),
    ("get", "identity:password"),
    ("post", "identity:password"),
    ("post", "identity:phone"),
    ("post", "identity:phone-code"),
    ("post", "identity:mail"),
    ("post", "identity:add-passkey"),
    ("post", "identity:new-passkey-options"),
    ("post", "identity:leaving"),
]


@pytest.mark.parametrize(("method", "name"), SENSITIVE)
def test_what_changes_how_one_comes_in_asks_to_sign_in_again_after_a_while(
    client: Client, neighbours: Neighbours, method: str, name: str
) -> None:
    come_in(client, neighbours)
    long_ago(client)
    page = getattr(client, method)(reverse(name), {"password": PASSWORD, "again": PASSWORD})
    assert page["Location"].startswith("/sign-in?next=") and page["Location"].endswith("again=1")


def test_being_known_makes_a_session_no_fresher(client: Client, neighbours: Neighbours) -> None:
    come_in(client, neighbours)
    before = client.session[ENTERED_AT]
    be_known(client)
    assert client.session[ENTERED_AT] == before


def test_a_password_signs_out_every_other_browser(client: Client, neighbours: Neighbours) -> None:
    other = Client()
    come_in(other, neighbours)
    come_in(client, neighbours)
    page = client.post("/mine/settings/password", {"password": PASSWORD, "again": PASSWORD})
    assert page["Location"] == "/mine/settings"
    assert client.get("/mine").status_code == 200
    assert other.get("/mine").status_code == 302


def test_signing_out_everywhere_leaves_no_session(client: Client, neighbours: Neighbours) -> None:
    other = Client()
    for browser in (other, client):
        come_in(browser, neighbours)
    account = account_in(client)
    assert len(identity.own_account(AccountId(account.id), session="").devices) == 2
    client.post("/mine/settings/sign-out-everywhere")
    assert [one.get("/mine").status_code for one in (client, other)] == [302, 302]
    assert not SignedIn.objects.filter(account=account).exists()


def test_a_passkey_enters_once_for_each_challenge(
    client: Client, neighbours: Neighbours, settings: Any
) -> None:
    settings.PASSKEY_HOST, settings.PASSKEY_ORIGINS = "localhost", ["http://localhost:8000"]
    device = Device()
    come_in(client, neighbours)
    made = device.made(client.post("/mine/settings/passkeys/options").content.decode())
    assert client.post("/mine/settings/passkeys", {"answer": made}).get("Location") == "/mine/settings"
    client.post("/sign-out")
    shown = device.shown(client.post("/sign-in/passkey/options").content.decode())
    assert client.post("/sign-in/passkey", {"answer": shown, "next": "/mine"}).get("Location") == "/mine"
    client.post("/sign-out")
    again = client.post("/sign-in/passkey", {"answer": shown})
    assert (again.status_code, signed_in(client)) == (422, False)


def test_a_challenge_is_worth_nothing_to_a_second_answer_of_the_same_session(
    client: Client, neighbours: Neighbours
) -> None:
    client.post("/sign-in/passkey/options")
    first, second = (client.post("/sign-in/passkey", {"answer": "{}"}) for _ in range(2))
    assert "没有通过" in first.content.decode()
    assert "等得太久" in second.content.decode()


def test_leaving_ends_the_session_and_the_account(client: Client, neighbours: Neighbours) -> None:
    come_in(client, neighbours)
    account = account_in(client)
    assert client.post("/mine/settings/leaving").status_code == 302
    assert not signed_in(client)
    account.refresh_from_db()
    assert not account.is_active


def test_a_code_to_another_phone_or_mail_is_asked_for_and_taken(
    client: Client, neighbours: Neighbours
) -> None:
    come_in(client, neighbours)
    account = AccountId(account_in(client).id)
    assert client.post("/mine/settings/mail", {"mail": "z@example.com"})["Location"].endswith("/mail/code")
    assert neighbours.sent[-1][0] == "z@example.com"
    client.post("/mine/settings/mail/code", {"code": neighbours.code})
    client.post("/mine/settings/phone", {"phone": "13987654321"})
    assert client.get("/mine/settings/mail/code")["Location"] == "/mine/settings/mail"
    client.post("/mine/settings/phone/code", {"code": neighbours.code})
    own = identity.own_account(account, session="")
    assert (own.phone, own.mail) == ("139****4321", "z***@example.com")
    client.post("/mine/settings/mail", {"forget": "1"})
    assert identity.own_account(account, session="").mail == ""


def test_a_page_of_a_mandate_refuses_whoever_does_not_represent(
    client: Client, neighbours: Neighbours
) -> None:
    come_in(client, neighbours)
    be_known(client)
    page = client.get("/mine/enterprises/91510104MA9000201H/offer")
    assert page.status_code == 403
