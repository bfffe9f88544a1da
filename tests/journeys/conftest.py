"""A browser, a served city, and people in it who can sign in.

Nothing of ours is imported before a fixture asks for it: Django is set up only once conftests are read.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    StorageStateCookie,
    ViewportSize,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.journeys.people import Account, City

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
# Playwright's own loop runs in this thread, where Django would refuse to speak to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def city(transactional_db: None) -> "City":
    """A fresh item at a fresh body, with people who can sign in."""
    from tests.journeys.people import a_city

    return a_city()


@pytest.fixture
def packs(transactional_db: None) -> None:
    """The items of this repository, published."""
    from django.conf import settings

    from tongban.catalogue import api as catalogue
    from tongban.exchange import api as exchange

    exchange.publish([Path(settings.PACKS)], at=datetime.now(UTC))
    catalogue.publish([Path(settings.PACKS)], at=datetime.now(UTC))
    # A test before this one may have read, within the last two seconds, what it rolled back since.
    catalogue.forget()


@pytest.fixture
def a_pdf(tmp_path: Path) -> Callable[[str], str]:
    """The path of a file to upload."""
    from tongban.cases.tests.world import PDF

    def made(name: str) -> str:
        file = tmp_path / name
        file.write_bytes(PDF + f"% {uuid4()}\n%%EOF\n".encode())
        return str(file)

    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the distribution has it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield chromium
        chromium.close()


Surf = Callable[..., Page]


@pytest.fixture
def surf(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Surf]:
    """Open a browser of one's own at the served city, signed in as someone."""
    opened: list[BrowserContext] = []

    def surf(who: "Account | None" = None, *, size: ViewportSize = PHONE, scripts: bool = True) -> Page:
        context: Any = browser.new_context(
            base_url=live_server.url,
            viewport=size,
            java_script_enabled=scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(8000)
        opened.append(context)
        page: Page = context.new_page()
        if who is not None:
            become(page, who)
        return page

    yield surf
    for context in opened:
        context.close()


def become(page: Page, who: "Account | None") -> None:
    """Let a browser be someone else's, or nobody's: it keeps nothing of who it was before."""
    page.context.clear_cookies()
    if who is not None:
        page.context.add_cookies([_session_of(who)])


def _session_of(who: "Account") -> StorageStateCookie:
    from django.conf import settings

    from tests.journeys.people import signed_in

    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": signed_in(who).cookies[name].value, "domain": "localhost", "path": "/"}
