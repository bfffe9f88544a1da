"""Every page in every state: no barrier for axe to find, nothing too wide, nothing too small to hit."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import DESKTOP, PHONE, Surf, become
from tests.journeys.people import City
from tests.journeys.states import visits

TO_HIT = (
    "main button, main .btn, main summary, main .choice, main select, main textarea, main .rows > li > a, "
    "main input:not([type=hidden], [type=radio], [type=checkbox]), main .queue li > a, "
    "header a, header button"
)
SHARES = 2
"""So that two cores have work."""

TOO_SMALL = """to_hit => [...document.querySelectorAll(to_hit)]
  .filter(each => each.getClientRects().length && each.getBoundingClientRect().height < 43.5)
  .map(each => `too small to hit: ${each.outerHTML.slice(0, 120)}`)"""


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_open_to_everyone(city: City, packs: None, surf: Surf, share: int) -> None:
    page, found = surf(altered=True), {}
    # Brought by the browser itself, not sent to it for every page.
    page.add_init_script(Axe().axe_script)
    for visit in visits(city)[share::SHARES]:
        become(page, visit.who)
        page.set_viewport_size(PHONE)
        page.goto(visit.address)
        if visit.press:
            page.get_by_role("button", name=visit.press).click()
            page.wait_for_selector("[role=alert]")
        found[visit.name] = [*barriers(page), *shape(page, PHONE), *shape(page, DESKTOP)]
    assert {name: faults for name, faults in found.items() if faults} == {}


BARRIERS = """async () => {
  // What it would load beforehand serves a rule on orientation alone that it leaves off by itself, and every
  // element is told by its own markup here, so that nobody needs a path to it.
  const options = {resultTypes: ["violations"], preload: false, selectors: false}
  const found = await axe.run(document, options)
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map(one => `${id}: ${one.html.slice(0, 160)} ${(one.failureSummary || "").slice(0, 200)}`))
}"""


def barriers(page: Page) -> list[str]:
    """What axe finds; its script must be in the page."""
    found: list[str] = page.evaluate(BARRIERS)
    return found


def shape(page: Page, size: ViewportSize) -> Iterator[str]:
    """What is too wide or too small at that size; a page that is seen anew need not be fetched anew."""
    page.set_viewport_size(size)
    width = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    if width > 0:
        yield f"at {size['width']}: {width} pixels wider than the screen"
    yield from (f"at {size['width']}: {told}" for told in page.evaluate(TOO_SMALL, TO_HIT))
