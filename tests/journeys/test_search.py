"""Finding what to do: from a few letters on a phone to the page that tells how; help where nothing is."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Surf


def test_a_wish_leads_to_what_answers_it_with_and_without_scripts(packs: None, surf: Surf) -> None:
    page = surf()
    _writes_and_chooses_a_suggestion(page)
    _says_it_in_other_ways(page)
    _finds_nothing_and_is_helped(page)
    for plainly in (surf(scripts=False), surf(size=DESKTOP, scripts=False), surf(size=DESKTOP)):
        plainly.goto("/")
        plainly.locator("input[name=q]").fill("开个小饭馆")
        plainly.get_by_role("button", name="查找").click()
        # Other tests publish services of the same name.
        plainly.get_by_role("link", name="食品经营许可（新办）").first.click()
        expect(plainly.get_by_role("heading", level=1)).to_contain_text("食品经营许可（新办）")


def _writes_and_chooses_a_suggestion(page: Page) -> None:
    page.goto("/")
    asked = page.get_by_role("combobox")
    asked.press_sequentially("居住")
    suggested = page.get_by_role("option")
    expect(suggested.first).to_be_visible()
    expect(asked).to_have_attribute("aria-expanded", "true")
    asked.press("ArrowDown")
    expect(suggested.first).to_have_attribute("aria-selected", "true")
    expect(asked).to_have_attribute("aria-activedescendant", "suggestion-1")
    asked.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    asked.press("Backspace")
    expect(suggested.first).to_be_visible()
    asked.press("ArrowUp")
    said = suggested.last.get_attribute("data-says") or ""
    asked.press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    expect(page.get_by_role("combobox")).to_have_value(said)


def _says_it_in_other_ways(page: Page) -> None:
    page.goto("/?q=juzhuzhneg")
    expect(page.locator(".notice")).to_contain_text("现在按“居住证”找")
    expect(page.locator("mark").first).to_contain_text("居住证")
    page.goto("/search?q=身份证")
    items = page.get_by_role("region", name="能办的事")
    expect(items.get_by_role("link", name="居民身份证申领")).to_be_visible()
    page.get_by_role("link", name="企业和组织").click()
    expect(page.get_by_role("link", name="居民身份证申领")).to_have_count(0)


def _finds_nothing_and_is_helped(page: Page) -> None:
    page.goto("/search?q=登月许可")
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
    expect(page.get_by_role("link", name="12345", exact=True)).to_have_attribute("href", "tel:12345")
    expect(page.get_by_role("region", name="您是不是要找").get_by_role("link").first).to_be_visible()
    page.get_by_role("region", name="按人生大事找").get_by_role("link", name="生孩子").click()
    # Other tests publish services of the same name.
    expect(page.get_by_role("link", name="出生医学证明首次签发").first).to_be_visible()
