"""A browser, a served city, and people in it who can sign in.

Nothing of ours is imported before a fixture asks for it: Django is set up only once conftests are read.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.journeys.browsers import Browsers
from tools.browser import opened

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
    # Pages hold what they read for two seconds, be it that a test before this one rolled it back since.
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
    with opened() as chromium:
        yield chromium


Surf = Callable[..., Page]


@pytest.fixture(scope="session")
def browsers(browser: Browser, live_server: LiveServer) -> Browsers:
    """What `surf` lends."""
    return Browsers(browser, live_server.url)


@pytest.fixture
def surf(browsers: Browsers, transactional_db: None) -> Iterator[Surf]:
    """Have a browser of one's own at the served city, signed in as someone.

    `altered`: for a test that changes the browser itself in a way that nobody can take back, as by a script
    that every page begins with; it is opened for this test and closed after it.
    """
    lent: list[tuple[Page, bool]] = []
    own: list[Page] = []

    def surf(
        who: "Account | None" = None,
        *,
        size: ViewportSize = PHONE,
        scripts: bool = True,
        altered: bool = False,
    ) -> Page:
        page = browsers.new(scripts=scripts) if altered else browsers.lend(scripts=scripts)
        own.append(page) if altered else lent.append((page, scripts))
        page.set_viewport_size(size)
        become(page, who)
        return page

    yield surf
    for page in own:
        page.context.close()
    for page, scripts in lent:
        browsers.take_back(page, scripts=scripts)


def become(page: Page, who: "Account | None") -> None:
    """Let a browser be someone else's, or nobody's: of who it was before it keeps no cookie."""
    from django.conf import settings

    from tests.journeys.people import signed_in

    page.context.clear_cookies()
    if who is not None:
        name = settings.SESSION_COOKIE_NAME
        session = signed_in(who).cookies[name].value
        page.context.add_cookies([{"name": name, "value": session, "domain": "localhost", "path": "/"}])
