"""A plan is brought, mended, adopted; reported on, declared, confirmed by another body; everybody sees it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.people import on_duty
from tongban.plans.tests.world import Undertaking

Surf = Callable[..., Page]


def upload(page: Page, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    page.get_by_label("填好的表格").set_input_files(file)
    page.get_by_label("依据哪份文件").fill("样政办发〔2026〕1号")
    page.get_by_role("button", name="上传并检查").click()


def brought(page: Page, city: Undertaking, file: Path) -> None:
    """The supervisor brings it with a fault, mends it, sees what it would change, confirms and publishes."""
    today = date.today()  # noqa: DTZ011
    issued = {"印发日期": (today - timedelta(days=20)).isoformat()}
    row = ("一（三）5", "高频事项一次办好", "一", city.lead, f"{city.lead}、{city.other}")
    page.goto("/desk/")
    page.get_by_role("link", name="任务台账").click()
    page.get_by_role("link", name="导入方案").click()
    upload(page, file, city.sheets((*row, "尽快"), **issued))
    expect(page.get_by_role("alert")).to_contain_text("有 1 处错，什么也没有导入")
    expect(page.get_by_text("举措!F2", exact=True)).to_be_visible()
    upload(page, file, city.sheets((*row, f"{today.year + 1}年底前"), **issued))
    expect(page.get_by_text("举措 一（三）5")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("status")).to_contain_text("写进了台账")
    page.get_by_role("button", name="向社会公开").click()
    expect(page.get_by_role("link", name="看公开的网页")).to_be_visible()


def opened(page: Page, city: Undertaking) -> None:
    page.goto("/desk/plans")
    page.locator(f'.queue a[href^="/desk/plans/{city.slug}/"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("高频事项一次办好")


def reported(page: Page, city: Undertaking) -> None:
    """The lead forgets what stands in the way, is told so, and nothing typed is lost."""
    opened(page, city)
    page.get_by_role("link", name="报告进展").click()
    page.get_by_label("遇到阻力").check()
    page.get_by_label("上次报告以来做了什么").fill("接口谈了两轮")
    page.get_by_role("button", name="报告进展").click()
    expect(page.get_by_role("alert")).to_contain_text("没有写卡在哪里")
    expect(page.get_by_label("上次报告以来做了什么")).to_have_value("接口谈了两轮")
    page.get_by_label("卡在哪里").fill("省里的接口没有开")
    page.get_by_role("button", name="报告进展").click()
    expect(page.get_by_role("status")).to_contain_text("已经写进台账")
    expect(page.get_by_text("省里的接口没有开")).to_be_visible()


def declared(page: Page) -> None:
    """The lead says that it is done, and finds no way to confirm that itself."""
    page.get_by_role("link", name="申报完成").click()
    page.get_by_label("做成了什么").fill("五十个事项一次办好")
    page.get_by_label("凭什么说完成了").fill("验收意见")
    page.get_by_role("button", name="申报完成").click()
    expect(page.get_by_text("要牵头单位以外的监督人员来确认")).to_be_visible()
    page.goto(f"{page.url}/confirm")
    expect(page.get_by_role("heading", level=1)).to_contain_text("不能自己确认")


def test_a_measure_from_the_spreadsheet_to_what_everybody_sees(surf: Surf, tmp_path: Path) -> None:
    city = Undertaking()
    supervisor = surf(on_duty(city.supervisor))
    brought(supervisor, city, tmp_path / "方案.xlsx")
    lead = surf(on_duty(city.watcher), scripts=False)
    reported(lead, city)
    declared(lead)
    supervisor.goto("/desk/")
    supervisor.get_by_role("link", name="任务台账").click()
    supervisor.locator(f'.queue a[href^="/desk/plans/{city.slug}/"]').click()
    supervisor.get_by_role("link", name="确认完成").click()
    supervisor.get_by_label("怎样核实的").fill("到大厅试办了三件")
    supervisor.keyboard.press("Control+Enter")
    expect(supervisor.get_by_role("status")).to_contain_text("已经写进台账")
    supervisor.get_by_role("link", name="答应的事办得怎样").click()
    supervisor.locator(f'a[href="/plans/{city.slug}"]').click()
    expect(supervisor.get_by_text("1 条举措，1 条已经完成")).to_be_visible()
    expect(supervisor.get_by_text("省里的接口没有开")).to_have_count(0)
