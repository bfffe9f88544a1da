"""Signing in and out by a browser that runs no scripts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tongban.identity.tests.conftest import PASSWORD
from tongban.kernel.ids import AccountId

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def answer(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"name": "zhang", "password": password, **more})


def test_the_addresses_are_what_everyone_links_to() -> None:
    assert (reverse("identity:sign-in"), reverse("identity:sign-out")) == (SIGN_IN, SIGN_OUT)


def test_the_form_stands_complete_without_scripts(client: Client, db: None) -> None:
    page = client.get(SIGN_IN, {"next": "/desk"})
    text = page.content.decode()
    assert page.status_code == 200
    for part in ['method="post"', 'name="csrfmiddlewaretoken"', 'for="f-name"', 'value="/desk"']:
        assert part in text
    assert "no-store" in page["Cache-Control"]


def test_the_right_password_signs_in_and_goes_on(client: Client, zhang_account: AccountId) -> None:
    page = answer(client, next="/cases/1?tab=story")
    assert (page.status_code, page["Location"]) == (302, "/cases/1?tab=story")
    assert client.session["_auth_user_id"] == str(zhang_account)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "",
        "https:evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(client: Client, zhang_account: AccountId, elsewhere: str) -> None:
    assert answer(client, next=elsewhere)["Location"] == "/"


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(
    client: Client, zhang_account: AccountId
) -> None:
    wrong = answer(client, password="wrong")
    unknown = client.post(SIGN_IN, {"name": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    for page in (wrong, unknown):
        assert "登录名或密码不对" in page.content.decode()
    assert "wrong" not in wrong.content.decode()
    assert not signed_in(client)


def test_empty_fields_are_named(client: Client, db: None) -> None:
    text = client.post(SIGN_IN, {}).content.decode()
    assert "请填写登录名" in text
    assert "请填写密码" in text


def test_signing_in_starts_a_session_of_its_own(client: Client, zhang_account: AccountId) -> None:
    planted = client.session
    planted["left"] = "by someone"
    planted.save()
    client.cookies["sessionid"] = str(planted.session_key)
    answer(client)
    assert client.session.session_key != planted.session_key


def test_a_form_of_another_site_signs_nobody_in_or_out(zhang_account: AccountId) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert answer(strict).status_code == 403
    assert strict.post(SIGN_OUT).status_code == 403


def test_only_a_press_of_the_button_signs_out(client: Client, zhang_account: AccountId) -> None:
    answer(client)
    assert client.get(SIGN_OUT).status_code == 405
    assert signed_in(client)
    assert client.post(SIGN_OUT).status_code == 302
    assert not signed_in(client)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_known(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)(SIGN_IN).status_code == 405
