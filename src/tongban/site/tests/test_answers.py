"""Whatever goes wrong has a calm answer: a page that says what to do, and no log with anyone's words."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tongban.kernel.ids import AccountId
from tongban.site.tests.addresses import SECRET
from tongban.site.tests.conftest import PASSWORD

Capture = pytest.CaptureFixture[str]


def logged(capture: Capture) -> list[dict[str, object]]:
    return [json.loads(line) for line in capture.readouterr().err.splitlines() if line.startswith("{")]


def test_a_refusal_is_a_page_that_says_what_is_wrong_and_what_to_do(browser: Client) -> None:
    page = browser.get("/trial/refusing")
    assert page.status_code == 409
    for words in ("这件事已经撤回。", "请重新提交。", "trial.refused", "一"):
        assert words in page.content.decode()


def test_a_refused_part_of_a_page_takes_the_whole_window(browser: Client) -> None:
    page = browser.get("/trial/refusing", headers={"hx-request": "true"})
    assert (page["HX-Retarget"], page["HX-Reswap"]) == ("body", "innerHTML")


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(browser: Client) -> None:
    answer = browser.get("/trial/people?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=%2Ftrial%2Fpeople%3Fpage%3D2")


def test_a_press_after_the_session_ended_comes_back_to_the_page_it_was_on() -> None:
    pressed = Client().post("/trial/pressing", headers={"referer": "http://testserver/trial/people"})
    assert pressed["Location"] == "/sign-in?next=%2Ftrial%2Fpeople"


def test_a_press_by_script_after_the_session_ended_leaves_the_page_for_sign_in() -> None:
    by_script = {"hx-request": "true", "referer": "http://testserver/trial/people"}
    pressed = Client().post("/trial/pressing", headers=by_script)
    assert (pressed.status_code, pressed["HX-Redirect"]) == (401, "/sign-in?next=%2Ftrial%2Fpeople")


def test_a_page_that_is_not_there_says_so(browser: Client) -> None:
    page = browser.get("/no/such/page")
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode()


def test_a_page_of_others_is_refused(browser: Client) -> None:
    page = browser.get("/trial/forbidden")
    assert (page.status_code, "没有权限" in page.content.decode()) == (403, True)


@pytest.mark.django_db
def test_a_form_without_its_token_is_not_taken(resident: AccountId, sign_in: Callable[[str], Client]) -> None:
    page = sign_in("zhang").post("/trial/pressing", {"text": "hello"})
    assert page.status_code == 403
    assert "刷新后再提交" in page.content.decode()


def test_the_wrong_way_to_a_page_is_told_with_the_right_one(browser: Client) -> None:
    page = browser.get("/sign-out")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "请从页面上的按钮进入" in page.content.decode()


def test_a_form_with_too_many_words_is_refused_before_it_is_read(browser: Client) -> None:
    browser.get("/sign-in")
    page = browser.post("/sign-in", "name=" + "x" * 1_000_000, "application/x-www-form-urlencoded")
    assert page.status_code == 413
    assert "分几次上传" in page.content.decode()


@pytest.mark.parametrize("address", ["/a%00b", "/sign-in?next=%00", "/trial/people?x=a%00"])
def test_a_character_that_cannot_be_stored_goes_no_further(browser: Client, address: str) -> None:
    assert browser.get(address).status_code == 400


def test_a_cookie_that_cannot_be_stored_goes_no_further(browser: Client) -> None:
    forged = {"cookie": 'sessionid="abcdefghij\\000"'}
    assert browser.get("/trial/people", headers=forged).status_code == 400


@pytest.mark.django_db
def test_a_form_with_a_character_that_cannot_be_stored_is_refused(resident: AccountId) -> None:
    client = Client()
    client.post("/sign-in", {"name": "zhang", "password": "correct horse battery staple"})
    assert client.post("/trial/pressing", {"text": "a\x00b"}).status_code == 400
    assert client.post("/trial/pressing", {"text": "ab"}).content == b"ab"


def test_a_fault_is_a_calm_page_with_an_id_that_the_log_knows(browser: Client, capsys: Capture) -> None:
    page = browser.get(f"/trial/broken?name={SECRET}")
    [line] = logged(capsys)
    assert page.status_code == 500
    assert "不是您的操作有误" in page.content.decode()
    assert str(line["id"]) in page.content.decode()
    assert (line["event"], line["route"], line["error"]) == (
        "site.fault",
        "trial/broken",
        ["builtins.ValueError"],
    )
    assert "broken" in str(line["where"])


def test_a_lost_database_asks_for_patience_and_says_that_nothing_is_lost(browser: Client) -> None:
    page = browser.get("/trial/away")
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "没有拿到的，请重新提交，不会重复办理" in page.content.decode()


def test_a_fault_is_told_in_the_readers_language_and_in_the_look_they_chose(browser: Client) -> None:
    browser.cookies["preferences"] = "en.dark"
    page = browser.get("/trial/broken").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert "You did nothing wrong." in page
    assert "不是您的操作有误" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/trial/broken", "/trial/away", f"/trial/constrained/{SECRET}"])
def test_nobodys_words_stand_in_the_log_or_on_the_page(
    browser: Client, capsys: Capture, address: str
) -> None:
    page = browser.get(f"{address}?q={SECRET}")
    said = capsys.readouterr()
    assert page.status_code in (500, 503)
    assert "site.fault" in said.err
    assert SECRET not in said.err + said.out + page.content.decode()


@pytest.mark.django_db
def test_the_log_names_the_constraint_that_refused(browser: Client, capsys: Capture) -> None:
    browser.get("/trial/constrained/x")
    [line] = logged(capsys)
    assert "psycopg.errors.UniqueViolation 23505 ledger_head_pkey" in str(line["error"])


def test_an_address_that_lacks_only_its_last_stroke_leads_on(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tongban.site.urls"
    for path in ("/desk", "/cases"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/")
    assert client.get("/nowhere").status_code == 404
    assert client.post("/desk").status_code in (403, 404)


@pytest.mark.parametrize(("name", "home"), [("li", "/desk/"), ("zhang", "/")])
def test_an_officer_begins_at_the_desk_and_a_resident_at_home(
    name: str, home: str, officer: AccountId, resident: AccountId
) -> None:
    answer = Client().post("/sign-in", {"name": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, home)
