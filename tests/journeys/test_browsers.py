"""A browser that was lent to one test and then to another brings nothing along."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.browsers import Browsers
from tests.journeys.conftest import PHONE, become
from tests.journeys.people import City

KEPT = """async () => ({
  stored: Object.keys(localStorage).length, cached: (await caches.keys()).length,
  cookies: document.cookie, dark: matchMedia("(prefers-color-scheme: dark)").matches,
  may: (await navigator.permissions.query({name: "clipboard-read"})).state, online: navigator.onLine,
})"""
LEFT = """async () => {
  localStorage.setItem("draft", "1"); document.cookie = "look=dark"; await caches.open("pages");
  addEventListener("pagehide", () => localStorage.setItem("last", "1"));
}"""


def test_a_browser_is_lent_again_as_if_nobody_had_used_it(browsers: Browsers, city: City) -> None:
    mine = browsers.new(scripts=True)
    begun = kept_by(mine)
    become(mine, city.resident)
    mine.goto("/cases/")
    mine.evaluate(LEFT)
    mine.context.grant_permissions(["clipboard-read"])
    mine.emulate_media(color_scheme="dark")
    mine.route("**/about", lambda route: route.abort())
    mine.context.route("**/verify", lambda route: route.abort())
    mine.context.new_page().goto("/")
    mine.context.set_offline(True)
    browsers.take_back(mine, scripts=True)

    lent = browsers.lend(scripts=True)
    assert lent is mine
    assert len(lent.context.pages) == 1
    assert kept_by(lent) == begun
    lent.goto("/verify")
    lent.goto("/cases/")
    assert "/sign-in" in lent.url
    browsers.take_back(lent, scripts=True)


def test_a_browser_that_is_gone_is_not_lent_again(browsers: Browsers) -> None:
    mine = browsers.new(scripts=True)
    mine.close()
    browsers.take_back(mine, scripts=True)
    lent = browsers.lend(scripts=True)
    assert lent is not mine
    browsers.take_back(lent, scripts=True)


def kept_by(page: Page) -> Any:
    """What a page of the city finds in this browser."""
    page.set_viewport_size(PHONE)
    page.goto("/about")
    return page.evaluate(KEPT)
