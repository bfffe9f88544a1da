"""A window: somebody without an account applies there, waits in the same line, finds it on their phone."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Surf
from tests.journeys.people import City, on_duty, seal
from tests.journeys.steps import fill_in, number_on, put_in
from tests.journeys.test_people import be_known, come_in
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, an_officer
from tongban.counters.tests.world import Registers, a_number
from tongban.exchange import api as exchange
from tongban.kernel.access import Role

NAME = "陈春梅"


@pytest.fixture
def registers(settings: Any, transactional_db: None) -> Iterator[Registers]:
    """The registers next door; codes are shown, as in a demonstration."""
    settings.DEMONSTRATION = True
    made = Registers()
    exchange.supply({"population": made, "enterprises": made})
    yield made
    exchange.supply({})


def receive(page: Page, name: str, number: str) -> None:
    """A card is read, and whoever holds it received."""
    page.get_by_label("公民身份号码").fill(number)
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_role("button", name="核对并接待").click()


def test_somebody_without_an_account_applies_at_a_window(
    city: City, surf: Surf, registers: Registers, a_pdf: Callable[[str], str]
) -> None:
    number = registers.know(NAME, a_number())
    first = city.world.submit(by=city.resident.viewer, at=datetime.now(UTC)).number
    window = surf(on_duty(an_officer(city.world.body, Role.WINDOW)), size=DESKTOP)
    window.goto("/desk/window")
    receive(window, "陈秋菊", number[:-1] + ("1" if number[-1] == "0" else "0"))
    expect(window.get_by_role("alert")).to_contain_text("校验不通过")
    receive(window, "陈秋菊", number)
    expect(window.get_by_role("alert")).to_contain_text("姓名和公民身份号码对不上")
    expect(window.get_by_label("姓名", exact=True)).to_have_value("陈秋菊")
    receive(window, NAME, number)
    expect(window.get_by_role("heading", name="陈*梅")).to_be_visible()
    window.get_by_role("button", name="开始填").first.click()
    window.wait_for_url("**/drafts/*")
    expect(window.get_by_role("note")).to_contain_text("陈*梅")
    draft = window.url
    fill_in(window, draft, city.slug, FOOD_ANSWERS | {"manager": NAME})
    window.goto(f"{draft}/materials/{FOOD_MATERIALS[0]}")
    window.locator("input[name=file]").set_input_files([a_pdf("a.pdf"), a_pdf("b.pdf")])
    expect(window.get_by_text("已经传了 2 份")).to_be_visible()
    for kind in FOOD_MATERIALS[1:]:
        put_in(window, draft, kind, a_pdf(f"{kind}.pdf"))

    window.goto(f"{draft}/check")
    window.get_by_role("button", name="提交申请").click()
    expect(window.get_by_role("alert")).to_contain_text("还没有记下本人怎样确认")
    window.get_by_role("radio", name="本人当面看过").check()
    window.get_by_role("button", name="提交申请").click()
    window.wait_for_url("**/desk/window/cases/*")
    case = number_on(window)
    printed = window.request.get(window.get_by_role("link", name="打印").first.get_attribute("href") or "")
    assert printed.headers["content-type"] == "application/pdf"
    seal()
    window.reload()
    expect(window.get_by_text("第 2 位")).to_be_visible()
    window.get_by_role("link", name=re.compile("接待 陈")).click()
    window.get_by_label("办件编号").fill(case.replace("-", ""))
    window.get_by_role("button", name="打开").click()
    window.wait_for_url(f"**/desk/window/cases/{case}")
    window.get_by_role("link", name=re.compile("接待 陈")).click()
    window.get_by_role("button", name="结束接待").click()
    assert window.goto(f"/desk/window/cases/{case}").status == 404  # type: ignore[union-attr]

    handler = surf(city.handler, size=DESKTOP)
    taken = [take_next(handler) for _ in range(2)]
    assert taken == [first, case]
    expect(handler.get_by_text("本人当面看过、同意。").first).to_be_visible()

    page = surf()
    page.goto("/sign-in?next=/cases/")
    come_in(page, f"137{number[6:14]}")
    be_known(page, NAME, number)
    page.get_by_role("link", name=re.compile(case)).first.click()
    expect(page.get_by_role("main")).to_contain_text("本人当面看过、同意。")
    page.goto("/looks")
    expect(page.get_by_role("main")).to_contain_text("在窗口替您办")
    leader = surf(city.leader, size=DESKTOP)
    leader.goto("/desk/window/typed-again")
    expect(leader.get_by_text("重复 1 项")).to_be_visible()


def take_next(page: Page) -> str:
    """The next case of the one queue; its number."""
    page.goto("/desk/")
    page.get_by_role("button", name=re.compile("取下一件")).first.click()
    page.wait_for_url("**/desk/cases/*")
    return number_on(page)


def test_on_a_tablet_while_the_register_is_away_and_the_rest_is_filled_in_at_home(
    city: City, surf: Surf, registers: Registers
) -> None:
    registers.away = True
    number = a_number()
    window = surf(on_duty(an_officer(city.world.body, Role.WINDOW)), scripts=False)
    window.goto("/desk/window")
    receive(window, NAME, number)
    expect(window.get_by_text("只看了身份证").first).to_be_visible()
    window.get_by_role("button", name="开始填").first.click()
    draft = window.url
    window.goto(f"{draft}/place")
    window.get_by_label("经营场所面积（平方米）").fill("87")
    window.get_by_role("button", name="先存着").click()
    window.get_by_role("link", name="回到窗口").click()
    window.get_by_role("link", name=re.compile("陈")).click()
    window.get_by_role("button", name="交还本人").click()
    expect(window.get_by_role("status")).to_contain_text("已经交还本人")
    assert window.goto(draft).status == 404  # type: ignore[union-attr]
    registers.away = False
    page = surf()
    page.goto("/sign-in?next=/cases/")
    come_in(page, f"136{number[6:14]}")
    be_known(page, NAME, registers.know(NAME, number))
    page.goto(f"{draft}/place")
    expect(page.get_by_label("经营场所面积（平方米）")).to_have_value("87")
