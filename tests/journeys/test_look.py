"""The look in a browser: 关怀版, night, English and paper; nothing jumps; the browser's voice reads."""

from datetime import UTC, datetime

from playwright.sync_api import Page

from tests.journeys.conftest import Surf
from tests.journeys.people import City
from tongban.cases import commands

NARROWEST = {"width": 320, "height": 640}
"""Also what 1280 pixels become at 400 %."""

TOO_SMALL = """least => [...document.querySelectorAll("body *")]
  .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(each => each.getClientRects().length && !each.closest("option"))
  .filter(each => parseFloat(getComputedStyle(each).fontSize) < least)
  .map(each => each.outerHTML.slice(0, 120))"""
TO_HIT = "main .btn, main summary, main .choice, header button, header a, footer a"
TOO_LOW = """([to_hit, least]) => [...document.querySelectorAll(to_hit)]
  .filter(each => each.getClientRects().length && each.getBoundingClientRect().height < least - 0.5)
  .map(each => each.outerHTML.slice(0, 120))"""
TOO_WIDE = "() => document.documentElement.scrollWidth - window.innerWidth"
JUMPS = """() => new Promise(told => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 300);
})"""
VOICE = """
  window.said = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    speak: (words) => window.said.push(words.text), cancel: () => window.said.push("") } });
"""


def test_the_large_version_is_chosen_once_and_loses_nothing_on_the_narrowest_screen(
    city: City, packs: None, surf: Surf
) -> None:
    page = surf(city.resident, scripts=False)
    page.goto("/preferences?next=/")
    page.get_by_label("关怀版").check()
    page.get_by_role("button", name="保存").click()
    number = city.world.submit(by=city.resident.viewer).number
    addresses = ["/", f"/items/{city.slug}", f"/items/{city.slug}/apply", f"/cases/{number}", "/preferences"]
    assert page.locator("html").get_attribute("data-size") == "18"
    for address in addresses:
        page.goto(address)
        assert page.evaluate(TOO_SMALL, 24) == []
        assert page.evaluate(TOO_LOW, [TO_HIT, 60]) == []
    page.get_by_label("30").check()
    page.get_by_role("button", name="保存").click()
    page.set_viewport_size(NARROWEST)
    for address in addresses:
        page.goto(address)
        assert page.evaluate(TOO_WIDE) == 0, address
        assert page.evaluate(TOO_SMALL, 40) == [], address
    page.get_by_role("button", name="普通版").click()
    assert page.locator("html").get_attribute("data-care") is None
    assert page.url.endswith("/preferences")
    for address in addresses:
        page.goto(address)
        assert page.evaluate(TOO_WIDE) == 0, address


def test_night_and_english_are_chosen_from_any_page_and_paper_is_always_white(city: City, surf: Surf) -> None:
    page = surf(city.resident)
    page.goto("/verify")
    assert _ground(page) == "rgb(245, 246, 248)"
    page.emulate_media(color_scheme="dark")
    assert _ground(page) == "rgb(18, 20, 23)"
    page.emulate_media(color_scheme="light")
    page.get_by_role("link", name="显示设置").click()
    page.get_by_label("深色").check()
    page.get_by_role("button", name="保存").click()
    assert page.url.endswith("/verify")
    assert _ground(page) == "rgb(18, 20, 23)"
    page.get_by_role("button", name="EN").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Public log").last.wait_for()
    number = city.world.submit(by=city.resident.viewer).number
    page.goto(f"/cases/{number}/receipt")
    page.emulate_media(media="print")
    assert _ground(page) == "rgb(255, 255, 255)"
    assert not page.locator("nav.own").is_visible()
    assert page.get_by_text(number).first.is_visible()


def test_nothing_jumps_when_a_page_and_its_scripts_arrive(city: City, packs: None, surf: Surf) -> None:
    page = surf(city.resident)
    number = city.world.submit(by=city.resident.viewer).number
    assert city.world.take_next() == number
    commands.accept(number, seen=None, by=city.handler.viewer, at=datetime.now(UTC))
    for address in ("/", f"/items/{city.slug}", f"/items/{city.slug}/apply", f"/cases/{number}"):
        page.goto(address)
        assert page.evaluate(JUMPS) < 0.01, address


def test_the_voice_of_the_browser_reads_what_a_page_marks_and_stops(surf: Surf) -> None:
    page = surf(altered=True)
    page.add_init_script(VOICE)
    page.goto("/design?look=care")
    button = page.get_by_role("button", name="读给我听")
    button.click()
    assert page.evaluate("said") == ["", "这一段可以读给您听。"]
    page.get_by_role("button", name="不读了").click()
    assert page.evaluate("said.at(-1)") == ""
    assert button.is_visible()
    page.goto("/design?look=plain")
    assert page.get_by_role("button", name="读给我听").count() == 0


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
