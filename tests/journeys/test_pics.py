"""Every page in every state: no barrier that axe finds, nothing wider than the screen, nothing too small to hit."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import Account, City
from tests.journeys.states import visits

TO_HIT = (
    "main button, main .btn, main summary, main .choice, main select, main textarea, main .rows > li > a, "
    "main input:not([type=hidden], [type=radio], [type=checkbox]), main .queue li > a, header a, header button"
)
TOO_SMALL = """to_hit => [...document.querySelectorAll(to_hit)]
  .filter(each => each.getClientRects().length && each.getBoundingClientRect().height < 43.5)
  .map(each => `too small to hit: ${each.outerHTML.slice(0, 120)}`)"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_is_open_to_everyone(city: City, packs: None, surf: Surf, size: dict[str, int]) -> None:
    browsers: dict[str, Page] = {}
    found = {}
    for visit in visits(city):
        page = _browser(browsers, visit.who, surf, size)
        page.goto(visit.address)
        if visit.press:
            page.get_by_role("button", name=visit.press).click()
            page.wait_for_selector("[role=alert]")
        page.screenshot(path=f"/tmp/standin/shots2/{size['width']}-{visit.name}.png", full_page=True)
        found[visit.name] = [*_barriers(page), *_too_wide(page), *page.evaluate(TOO_SMALL, TO_HIT)]
    assert {name: faults for name, faults in found.items() if faults} == {}


def _browser(browsers: dict[str, Page], who: Account | None, surf: Surf, size: dict[str, int]) -> Page:
    name = who.name if who else ""
    if name not in browsers:
        browsers[name] = surf(who, size=size)
    return browsers[name]


def _barriers(page: Page) -> Iterator[str]:
    for found in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
        for node in found["nodes"]:
            yield f"{found['id']}: {found['help']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"


def _too_wide(page: Page) -> Iterator[str]:
    width = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    if width > 0:
        yield f"{width} pixels wider than the screen"
