"""The frame of every page: what may run, who is named, how little it weighs, what it costs."""

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.functional import empty

from tongban.kernel.ids import AccountId
from tongban.site import static
from tongban.site.middleware import moment

SignIn = Callable[[str], Client]


@pytest.mark.parametrize("address", ["/sign-in", "/no/such", "/trial/broken", "/health/live", "/api/v1/no"])
def test_every_answer_says_what_may_run(browser: Client, address: str) -> None:
    answer = browser.get(address)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/sign-in", "/no/such", "/trial/refusing", "/trial/broken"])
def test_no_page_needs_an_exception_from_the_policy(browser: Client, address: str) -> None:
    page = browser.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", page)


def test_what_a_signed_in_person_sees_is_kept_in_no_cache(resident: AccountId, sign_in: SignIn) -> None:
    client = sign_in("zhang")
    assert client.get("/trial/people")["Cache-Control"] == "no-store"
    assert "no-store" not in Client().get("/trial/refusing").get("Cache-Control", "")


def test_a_page_names_who_is_signed_in_masked_and_lets_them_out_by_a_button(
    resident: AccountId, sign_in: SignIn
) -> None:
    client = sign_in("zhang")
    page = client.get("/trial/refusing").content.decode()
    assert "张*三" in page
    assert "张小三" not in page
    found = re.search(
        r'action="/sign-out"><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', page
    )
    assert found
    assert client.post("/sign-out", {"csrfmiddlewaretoken": found[1]}).status_code == 302
    assert client.get("/trial/people").status_code == 302


def test_each_door_lets_in_its_own(resident: AccountId, officer: AccountId, sign_in: SignIn) -> None:
    assert sign_in("zhang").get("/trial/officers").status_code == 403
    assert sign_in("li").get("/trial/officers").content.decode() == "李明"
    assert sign_in("li").get("/trial/people").status_code == 403


@pytest.mark.parametrize(("name", "statements"), [(None, 0), ("zhang", 4)])
def test_the_frame_costs_a_stranger_nothing_and_a_resident_four_statements(
    resident: AccountId, sign_in: SignIn, name: str | None, statements: int
) -> None:
    # The session, the account, whom they may act for, and how many notices wait.
    client = sign_in(name) if name else Client()
    with CaptureQueriesContext(connection) as asked:
        client.get("/trial/refusing")
    assert len(asked) == statements


def test_the_frame_costs_an_officer_at_most_three_statements(officer: AccountId, sign_in: SignIn) -> None:
    client = sign_in("li")
    with CaptureQueriesContext(connection) as asked:
        client.get("/trial/officers")
    assert len(asked) <= 3


@pytest.mark.parametrize("shown", [True, False])
def test_a_demonstration_says_so_on_every_page(browser: Client, settings: Any, shown: bool) -> None:
    settings.DEMONSTRATION = shown
    for address in ("/sign-in", "/no/such", "/trial/broken"):
        assert ("人名、企业、办件均为虚构" in browser.get(address).content.decode()) is shown


def test_a_page_begins_with_a_way_past_its_header(browser: Client) -> None:
    page = browser.get("/sign-in").content.decode()
    assert page.index('<a class="skip" href="#main">') < page.index("<header")
    assert '<html lang="zh-CN">' in page
    assert '<main id="main"' in page


@pytest.fixture
def _collected(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Static files as the server has them; afterwards as tests have them."""
    settings.STATIC_ROOT = tmp_path
    _read_names_anew()
    static.collect()
    _read_names_anew()
    yield
    _read_names_anew()


def _read_names_anew() -> None:
    """What another process would do when it begins."""
    cast(Any, staticfiles_storage)._wrapped = empty


def _content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.usefixtures("_collected")
def test_collected_files_are_named_by_content_compressed_and_kept_for_ever() -> None:
    page = render_to_string("fault.html", {"id": "x"})
    addresses = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", address) for address in addresses] == [
        "/static/tongban/tokens.css",
        "/static/tongban/tongban.css",
        "/static/tongban/paper.css",
    ]
    for address, way in itertools.product(addresses, ("gzip", "br")):
        answer = Client().get(address, headers={"accept-encoding": way})
        assert (answer.status_code, answer["Content-Encoding"]) == (200, way)
        assert "immutable" in answer["Cache-Control"]
        assert len(_content_of(answer)) < 8_000


def test_uncollected_files_are_found_where_they_lie() -> None:
    answer = Client().get("/static/tongban/tongban.css")
    assert _content_of(answer).startswith(b"/* The look")


@pytest.mark.parametrize("address", ["/sign-in", "/no/such", "/trial/broken", "/health/live", "/api/v1/no"])
def test_every_answer_says_its_length_and_goes_out_in_one_piece(browser: Client, address: str) -> None:
    answer = browser.get(address)
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize(
    ("proxies", "passed", "counted"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_tries_are_counted_by_the_address_that_our_outermost_proxy_saw(
    settings: Any, proxies: int, passed: str, counted: str
) -> None:
    settings.PROXIES = proxies
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    moment(page)(RequestFactory().get("/", headers={"X-Forwarded-For": passed}))
    assert seen == [counted]
