"""How someone likes pages is chosen on every page, kept in one cookie, and leads back to where one was."""

import re

import pytest
from django.test import Client


def choose(browser: Client, **chosen: str) -> str:
    """Where a choice leads to."""
    answer = browser.post("/preferences", chosen)
    assert answer.status_code == 302
    return str(answer["Location"])


def html(browser: Client, address: str = "/preferences") -> str:
    return browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"care": "care"}, '<html lang="zh-CN" data-care data-size="18">'),
        ({"care": "care", "size": "27"}, '<html lang="zh-CN" data-care data-size="27">'),
        ({"language": "en"}, '<html lang="en">'),
        ({"theme": "dark"}, '<html lang="zh-CN" data-theme="dark">'),
        ({"theme": "auto"}, '<html lang="zh-CN">'),
        ({"care": "yes", "size": "400", "theme": "<b>", "language": "tlh"}, '<html lang="zh-CN">'),
    ],
)
def test_what_was_chosen_shows_on_every_page_and_what_means_nothing_does_not(
    chosen: dict[str, str], says: str
) -> None:
    browser = Client()
    choose(browser, **chosen)
    assert says in html(browser)
    assert says in html(browser, "/verify")


def test_a_choice_leaves_the_others_as_they_were() -> None:
    browser = Client()
    choose(browser, care="care", size="24")
    choose(browser, language="en")
    assert '<html lang="en" data-care data-size="24">' in html(browser)
    choose(browser, care="plain")
    assert browser.cookies["preferences"].value == "en.24"


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/verify?code=1", "/verify?code=1"),
        ("", "/"),
        ("//elsewhere.example/", "/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/verify", "http://testserver/verify"),
    ],
)
def test_a_choice_leads_back_and_never_elsewhere(asked: str, goes: str) -> None:
    assert choose(Client(), theme="dark", next=asked) == goes
    page = html(Client(), f"/preferences?next={asked}")
    assert (f'<a class="back" href="{goes}">' in page) or asked.startswith("http://testserver")


@pytest.mark.parametrize("cookie", ["en\x7f", "." * 5000, "care.care.plain", "18.en..;", "%00"])
def test_a_cookie_of_any_content_gives_a_page(cookie: str) -> None:
    browser = Client()
    browser.cookies["preferences"] = cookie
    assert browser.get("/preferences").status_code == 200


def test_another_site_cannot_choose_for_anyone() -> None:
    assert Client(enforce_csrf_checks=True).post("/preferences", {"language": "en"}).status_code == 403


def test_the_header_comes_back_to_the_page_that_a_wrong_form_stood_on() -> None:
    browser = Client()
    answer = browser.post("/verify", headers={"referer": "http://testserver/verify"})
    assert re.search(r'name="next" value="http://testserver/verify"', answer.content.decode())
    answer = browser.post("/verify", headers={"referer": "http://elsewhere.example/"})
    assert 'name="next" value="/"' in answer.content.decode()


def test_pages_in_several_languages_are_not_mixed_up_by_a_cache() -> None:
    assert "Cookie" in Client().get("/preferences")["Vary"]


def test_pages_go_out_compressed_and_papers_do_not() -> None:
    browser = Client(headers={"accept-encoding": "gzip"})
    assert browser.get("/design")["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in browser.get("/ledger/keys")
