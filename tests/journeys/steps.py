"""What people do on the pages, step by step, as they would say it."""

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.people import seal
from tongban.cases.tests.world import FOOD_ANSWERS
from tongban.engine import packs

NUMBER = re.compile(r"[0-9]{6}-[0-9]{8}-[0-9]{7}-[0-9]")


def fill_in(page: Page, a_pdf: Callable[[str], str], *, files: bool = True) -> None:
    """Fill in the application to a food licence."""
    for name in ("enterprise_name", "uscc", "representative", "phone", "place", "area", "manager"):
        page.locator(f"#f-{name}").fill(FOOD_ANSWERS[name])
    page.locator("[name=form][value=catering]").check()
    page.locator("[name=projects][value=hot-dishes]").check()
    page.locator("[name=online][value=false]").check()
    page.locator("[name=truth][value=true]").check()
    if files:
        for kind in ("food-layout", "food-safety-rules", "food-safety-manager-proof"):
            page.locator(f"#f-file-{kind}").set_input_files(a_pdf(f"{kind}.pdf"))


def apply(page: Page, slug: str, a_pdf: Callable[[str], str]) -> str:
    """From the guide to the receipt; the number of the case."""
    page.goto(f"/items/{slug}")
    page.get_by_role("link", name="开始办理").click()
    fill_in(page, a_pdf)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/receipt")
    seal()
    return number_on(page)


def fill_in_example(page: Page, like: str, a_pdf: Callable[[str], str], *files: str) -> None:
    """Fill in an application as the example of an item of ours has it, with files of these kinds."""
    for name, value in packs.example_of(Path(settings.PACKS) / "items" / like).items():
        group, menu = page.locator(f"fieldset#f-{name}"), page.locator(f"select#f-{name}")
        for one in value if isinstance(value, list) else [value]:
            said = str(one).lower() if isinstance(one, bool) else str(one)
            if group.count():
                group.locator(f"[value='{said}']").check()
            elif menu.count():
                menu.select_option(said)
            else:
                page.locator(f"#f-{name}").fill(said)
    for kind in files:
        page.locator(f"#f-file-{kind}").set_input_files(a_pdf(f"{kind}.pdf"))


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
