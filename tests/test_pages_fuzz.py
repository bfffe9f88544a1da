"""Whatever address is typed and whatever a form sends, a page says what is wrong and what to do."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests.city import City, on_monday
from tests.test_access_table import form_of, path_for, table
from tongban.kernel.pages import Preferences

pytestmark = pytest.mark.django_db

EXAMPLES = 6
WHO = ("nobody", "applicant", "handler with it")
PAGES = sorted({address.split(" ")[1] for address in table() if "/api/" not in address})
TYPED = [address for address in PAGES if "<" in address]
PRESSED = sorted(
    {address.split(" ")[1] for address in table() if address.startswith("POST /") and "/api/" not in address}
)

NASTY = [
    "",
    " ",
    "\0",
    "\x1b[31m",
    "\u202e王秀丽",
    "𬭼𠮷·买买提",
    "' or 1=1; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00%ff%fe",
    "9" * 400,
    "-1",
    "NaN",
    "1e309",
    "2026-02-30",
    "{{ 7*7 }}",
    "长" * 3000,
    "https://example.org/",
    "//example.org",
    "ＡＢＣ１２３",
]
TEXT = st.sampled_from(NASTY) | st.text(max_size=40)
BYTES = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"PK\x03\x04"]
)
NAMES = st.sampled_from(["图.pdf", "a.exe", "x" * 300 + ".jpg", "..", "\u202e.png", ""])


class Sent(BytesIO):
    """A file as a browser sends it: its name may be anything."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


QUICK = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """One city for all pages."""
    with django_db_blocker.unblock(), on_monday():
        yield City()


@pytest.mark.parametrize("address", TYPED)
@QUICK
@given(
    parts=st.lists(TEXT.filter(lambda text: text not in (".", "..")), min_size=4, max_size=4),
    asked=TEXT,
    who=st.sampled_from(WHO),
)
def test_any_address_is_answered_by_a_page(
    address: str, parts: list[str], asked: str, who: str, city: City
) -> None:
    typed = iter(parts)
    path = re.sub(r"<[^>]+>", lambda _: quote(next(typed), safe="") or "x", address)
    assert_helps(
        tried(city, who, "GET", f"{path}?{quote(asked)}={quote(asked)}&q={quote(asked)}&page={quote(asked)}")
    )


@pytest.mark.parametrize("address", PAGES)
@QUICK
@given(
    asked=TEXT,
    name=st.sampled_from(
        ["q", "page", "for", "next", "day", "month", "after", "back", "state", "about", "v"]
    ),
    who=st.sampled_from(WHO),
)
def test_any_question_behind_an_address_is_answered_by_a_page(
    address: str, asked: str, name: str, who: str, city: City
) -> None:
    assert_helps(
        tried(city, who, "GET", f"{path_for(city, address, who)}?{name}={quote(asked)}&{name}={quote(asked)}")
    )


@pytest.mark.parametrize("address", PRESSED)
@QUICK
@given(data=st.data(), who=st.sampled_from(WHO))
def test_any_form_is_answered_by_a_page(address: str, data: st.DataObject, who: str, city: City) -> None:
    path = path_for(city, address, who)
    named = sorted({*names_on(tried(city, who, "GET", path)), *form_of(address)[1], "seen", "file", "next"})
    sent = data.draw(
        st.dictionaries(
            st.sampled_from(named),
            TEXT | st.builds(Sent, BYTES, NAMES) | st.lists(TEXT, max_size=3),
            max_size=12,
        )
    )
    assert_helps(tried(city, who, "POST", path, sent))


@pytest.mark.parametrize("words", NASTY)
def test_any_cookie_of_preferences_is_some_preference(words: str) -> None:
    assert Preferences.written(words) == Preferences()


def tried(city: City, who: str, method: str, path: str, form: Any = None) -> Any:
    """What is answered; whatever it changed is taken back. Raises what the page raised.

    An officer's part at administration is played by an administrator.
    """
    who = "admin" if path.startswith("/desk/administration/") and who == "handler with it" else who
    city.client.cookies = SimpleCookie(city.cookies.get(who, {}))
    with transaction.atomic():
        answer = city.client.post(path, form) if method == "POST" else city.client.get(path)
        transaction.set_rollback(True)
    return answer


def names_on(answer: Any) -> list[str]:
    """What the forms of a page may send."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return re.findall(r'<(?:input|select|textarea|button)\b[^>]* name="([^"]+)"', answer.content.decode())


def assert_helps(answer: Any) -> None:
    """It is a page, a way on, or a refusal that says what is wrong and what to do."""
    assert answer.status_code < 500
    if answer.status_code >= 400:
        page = answer.content.decode()
        assert answer["Content-Type"].startswith("text/html"), answer["Content-Type"]
        assert re.search(r"<h1[^>]*>\s*\S", page)
        assert "/static/" in page and 'lang="zh' in page
        assert re.search(r'role="alert"|class="code|<p', page)
