"""A leader looks how it stands, opens a number down to a case, and takes the list out as a spreadsheet."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Surf
from tests.journeys.people import City, seal
from tongban.cases import api as cases
from tongban.cases import commands


def fits(page: Page) -> bool:
    """Nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def taken_out(page: Page, button: str) -> dict[str, list[list[object]]]:
    """The sheets of the spreadsheet that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=button).click()
    book = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def test_a_leader_opens_a_number_down_to_a_case_and_takes_the_list_out(city: City, surf: Surf) -> None:
    world, at = city.world, datetime.now(UTC)
    assert world.colleague.officer is not None
    numbers = [world.submit(by=city.resident.viewer, at=at).number for _ in range(4)]
    seal()
    taken = world.take_next(at=at)
    commands.accept(taken, seen=None, by=world.handler, at=at)
    commands.withdraw(numbers[-1], seen=None, by=city.resident.viewer, at=at)
    page = surf(city.leader, size=PHONE, scripts=False)
    page.goto("/desk/")
    page.get_by_role("link", name="看办件情况").click()
    whole = page.locator("section", has=page.get_by_role("heading", name="全部事项"))
    counted = dict(zip(whole.locator("dt").all_text_contents(), whole.locator("dd").all(), strict=True))
    shown = {words: one.inner_text()[:1] for words, one in counted.items()}
    wanted = {"在办": "3", "排队等着": "2", "收到": "4", "其他结束": "1", "准予": "0"}
    assert {words: shown[words] for words in wanted} == wanted
    assert fits(page)
    # By the keyboard alone, from the number to its list.
    counted["在办"].get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("办件（3）")
    assert page.locator("table.cases tbody tr").count() == 3
    assert fits(page)
    page.get_by_role("list", name="筛选条件").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("办件（4）")
    page.go_back()
    page.get_by_role("link", name="先来的在前").click()
    first = page.locator("table.cases tbody tr").first
    expect(first).to_contain_text(numbers[0])
    sheets = taken_out(page, "导出表格")
    assert [row[0] for row in sheets["办件"][1:]] == numbers[:3]
    assert {row[2] for row in sheets["办件"][1:]} == {city.resident.viewer.shown_as}
    assert ["内容", "在办"] in sheets["说明"] and ["件数", "共 3 件"] in sheets["说明"]
    first.get_by_role("link").click()
    expect(page).to_have_url(f"{page.url.split('/desk')[0]}/desk/cases/{numbers[0]}")
    page.goto("/desk/figures")
    expect(page.locator("section", has=page.get_by_role("heading", name="最近导出的表格"))).to_contain_text(
        "3 件"
    )
    # Two wait: the first of them goes to a colleague, by the keyboard.
    page.get_by_label("交给谁办").select_option(str(world.colleague.officer.id))
    page.get_by_role("button", name="分派这一件").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"已把排在最前的 {numbers[1]} 交给了")
    assert [row.number for row in cases.desk_of(world.colleague, at=datetime.now(UTC))] == [numbers[1]]
    assert {"汇总", "人员", "事项", "步骤", "一周", "优先取件"} < set(taken_out(page, "导出表格"))
