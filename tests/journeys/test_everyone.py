"""What everyone may see and ask, on a phone: from the first page to the order of a day, and a call back."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Surf
from tests.journeys.people import City, on_duty, seal
from tests.journeys.steps import choose
from tongban.cases import commands
from tongban.cases.tests.world import JINJIANG, an_officer
from tongban.kernel.access import Role
from tongban.portal.pages import home, seen

WORD = re.compile(r"\S+ \d{3} \d{3}")


def forget() -> None:
    """What this process keeps of figures is asked anew."""
    for kept in (home.most_used, seen.order_of, seen.reasons):
        kept.forget()


def test_a_stranger_sees_who_came_first_and_finds_a_receipt(city: City, packs: None, surf: Surf) -> None:
    now = datetime.now(UTC)
    first, second = (city.world.submit(at=now) for _ in range(2))
    approval = commands.take(
        second.number, seen=None, by=city.handler.viewer, at=now, reason="on-site-priority", text="老人在现场"
    )
    commands.approve(approval, by=city.leader.viewer, at=now)
    seal()
    forget()
    page = surf(scripts=False)
    page.goto("/")
    page.get_by_role("link", name="今天谁先谁后").click()
    page.locator(f"a[href*='{city.world.queue}']").click()
    expect(page.get_by_text("优先", exact=True)).to_be_visible()
    expect(page.get_by_text("老弱病残孕军人等现场优先")).to_be_visible()
    page.goto("/ledger")
    page.get_by_role("link", name="谁优先了，为什么").click()
    expect(page.get_by_text("老弱病残孕军人等现场优先").first).to_be_visible()
    page.goto("/ledger")
    page.get_by_role("link", name="我的收件凭证在哪一条").click()
    page.get_by_label("粘贴收件凭证的内容").fill(first.receipt)
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("status")).to_contain_text("和凭证一字不差")
    expect(page.get_by_role("status")).to_contain_text("对得上")


def test_somebody_asks_for_a_call_and_the_window_calls(city: City, packs: None, surf: Surf) -> None:
    page = surf(city.resident)
    page.goto(f"/call-back?about={city.slug}")
    expect(page.get_by_label("打哪个电话")).to_have_value("13800000001")
    page.get_by_label("想问什么").fill("许可证丢了怎么补")
    # Few districts are to be ticked, many to be pulled down, and other tests may bring many.
    choose(page, "region", JINJIANG)
    page.get_by_role("button", name="请给我回电").click()
    word = page.locator(".where").inner_text()
    assert WORD.fullmatch(word)
    window = surf(on_duty(an_officer(city.world.body, Role.WINDOW, region=JINJIANG)))
    window.goto("/desk/")
    window.get_by_role("link", name="要回的电话").click()
    expect(window.get_by_text("13800000001")).to_have_count(0)
    window.locator(".queue a").first.click()
    expect(window.get_by_role("link", name="13800000001")).to_be_visible()
    expect(window.get_by_text(word)).to_be_visible()
    window.get_by_role("button", name="未接通").click()
    window.locator(".queue a").first.click()
    window.get_by_role("button", name="已回电").click()
    expect(window.get_by_text("现在没有要回的电话。")).to_be_visible()
    page.get_by_role("button", name="看看打了没有").click()
    expect(page.get_by_role("status")).to_contain_text("已经回过电话。")
    expect(page.get_by_text("看了您的电话")).to_have_count(2)


def test_on_a_wide_screen_the_first_page_leads_to_every_stage_of_a_life(packs: None, surf: Surf) -> None:
    page = surf(size=DESKTOP)
    page.goto("/")
    _life(page, "看病就医", "门诊慢特病病种待遇认定")
    _life(page, "退休", "80周岁以上老年人高龄津贴")
    _life(page, "开办", "公司设立登记")
    page.goto("/")
    page.get_by_role("link", name="政策蓉易享").click()
    expect(page.get_by_text("政策的匹配和兑付还没有开通")).to_be_visible()
    page.goto("/items/")
    # Beside the services that other tests publish, the list has more than one page.
    page.get_by_label("名称里有什么字").fill("无犯罪")
    page.get_by_label("网上能办到哪一步").select_option(label="网上全程可办")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("无犯罪记录证明").first).to_be_visible()


def _life(page: Page, topic: str, item: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=topic, exact=True).click()
    expect(page.get_by_text(item).first).to_be_visible()


def test_the_large_first_page_is_shorter_and_leads_to_the_same(city: City, packs: None, surf: Surf) -> None:
    page = surf(city.resident)
    page.goto("/")
    plain = page.get_by_role("main").get_by_role("link").count()
    page.get_by_role("button", name="关怀版").click()
    large = page.get_by_role("main").get_by_role("link")
    assert large.count() < plain / 3
    for words in ("我的办件", "请给我回电", "养老助残", "全部事项", "拨打 12345"):
        expect(page.get_by_role("main").get_by_role("link", name=words)).to_be_visible()
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    page.get_by_role("button", name="普通版").click()
    assert page.evaluate("() => document.documentElement.scrollHeight") > tall
