"""What people do on the pages, step by step, as they would say it."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import FormData, Page

from tests.journeys.people import seal
from tongban.cases.rules.steps import pages_of
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS
from tongban.catalogue import api as catalogue
from tongban.engine import packs
from tongban.kernel.ids import ItemCode

ITEMS = Path(settings.PACKS) / "items"
NUMBER = re.compile(r"[0-9]{6}-[0-9]{8}-[0-9]{7}-[0-9]")


def begin(page: Page, slug: str, *, company: str = "") -> str:
    """From the guide to the task list; the address of the draft."""
    page.goto(f"/items/{slug}")
    page.get_by_role("link", name="开始办理").click()
    if company:
        page.get_by_role("radio", name=company).check()
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/drafts/*")
    return page.url


def send(page: Page, address: str, form: dict[str, Any]) -> None:
    """Send what a form of this browser would send, without drawing the page."""
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    data = FormData()
    for name, value in form.items():
        for one in value if isinstance(value, list) else [value]:
            data.append(name, str(one).lower() if isinstance(one, bool) else one)
    headers = {"X-CSRFToken": cookies["csrftoken"], "Accept": "application/json"}
    answer = page.request.post(address, multipart=data, headers=headers)
    assert answer.ok, answer.text()


def fill_in(page: Page, draft: str, slug: str, answers: Mapping[str, Any]) -> None:
    """Fill in every page of a draft of this item with these answers."""
    for one in pages_of(catalogue.item(ItemCode(slug)).form):
        asked = {each.name: answers[each.name] for each in one.fields if each.name in answers}
        send(page, f"{draft}/{one.code}", asked | {"seen": "999", "later": "1"})


def put_in(page: Page, draft: str, kind: str, file: str) -> None:
    """Upload a file as a material."""
    send(page, f"{draft}/materials/{kind}", {"file": Path(file)})


def hand_in(page: Page, draft: str) -> None:
    """Look at everything once more, and submit."""
    page.goto(f"{draft}/check")
    page.get_by_role("button", name="提交申请").click()


def apply(page: Page, slug: str, a_pdf: Callable[[str], str]) -> str:
    """From the guide of a food licence to the receipt; the number of the case."""
    draft = begin(page, slug)
    fill_in(page, draft, slug, FOOD_ANSWERS)
    for kind in FOOD_MATERIALS:
        put_in(page, draft, kind, a_pdf(f"{kind}.pdf"))
    hand_in(page, draft)
    page.wait_for_url("**/receipt")
    seal()
    return number_on(page)


def fill_in_example(page: Page, draft: str, slug: str, a_pdf: Callable[[str], str], *files: str) -> None:
    """Fill in a draft as the example of the item of ours has it that this one is like, with these files."""
    like = next(one.name for one in ITEMS.iterdir() if slug.startswith(one.name))
    fill_in(page, draft, slug, packs.example_of(ITEMS / like))
    for kind in files:
        put_in(page, draft, kind, a_pdf(f"{kind}.pdf"))


def number_on(page: Page) -> str:
    """The case number that the address names."""
    found = NUMBER.search(page.url)
    assert found is not None, page.url
    return found[0]


def take_next(page: Page) -> str:
    """Take the next case from the one queue."""
    page.goto("/desk/")
    page.get_by_role("button", name="取下一件").click()
    page.wait_for_url("**/desk/cases/**")
    return number_on(page)


def choose(page: Page, name: str, code: str) -> None:
    """One of several: a few are radios, more are a list to pull down."""
    pulled_down = page.locator(f"select[name={name}]")
    if pulled_down.count():
        pulled_down.select_option(code)
    else:
        page.locator(f"[name={name}][value='{code}']").check()
