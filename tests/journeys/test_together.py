"""Officers together on one case, each in a browser of their own: handed over, noted, asked, answered."""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import City, seal
from tests.journeys.steps import choose
from tests.journeys.together import away
from tongban.cases.tests.world import id_of
from tongban.directory import api as directory


def act(page: Page, number: str, code: str) -> None:
    """Open an act on its own page, where its effect is told before it is pressed."""
    page.goto(f"/cases/{number}/acts/{code}")


def test_two_officers_hand_over_note_ask_answer_and_stand_in(city: City, surf: Surf) -> None:
    city.world.submit(by=city.resident.viewer, at=datetime.now(UTC))
    seal()
    number = city.world.take_next(at=datetime.now(UTC))
    handler, colleague = surf(city.handler, size=DESKTOP), surf(city.colleague, size=PHONE)

    # Asked on the telephone about a colleague's case: where it stands and who has it, not what is in it.
    colleague.goto("/desk/")
    colleague.get_by_role("link", name=re.compile("全部.*在办")).click()
    colleague.get_by_label("在谁手上").select_option(str(id_of(city.handler.viewer)))
    colleague.get_by_role("button", name="查看").click()
    expect(colleague.get_by_role("link", name="导出表格")).to_have_count(0)
    row = colleague.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("已提交，待受理")
    row.get_by_role("link").click()
    expect(colleague.get_by_role("heading", name="经过")).to_be_visible()
    expect(colleague.get_by_text("填报内容和材料只给正在办理的人看")).to_be_visible()

    act(handler, number, "note")
    expect(handler.get_by_text("写下以后不能改，只能再写一条")).to_be_visible()
    handler.get_by_label("备注").fill("已电话核实，周四上午看现场。")
    handler.get_by_role("button", name="写备注").click()
    expect(handler.get_by_text("已电话核实，周四上午看现场。")).to_be_visible()

    act(handler, number, "consult")
    expect(handler.get_by_text("征求意见不停止计时")).to_be_visible()
    handler.get_by_role("button", name="征求意见").click()
    expect(handler.get_by_role("alert")).to_contain_text("问谁：还没有填")
    choose(handler, "consult-whom", str(id_of(city.colleague.viewer)))
    choose(handler, "consult-days", "3")
    handler.get_by_label("问什么").fill("您去过这条街的现场吗？")
    handler.get_by_role("button", name="征求意见").click()
    expect(handler.get_by_text("法定期限没有停")).to_be_visible()

    colleague.goto("/desk/")
    colleague.get_by_role("link", name="请您答复").click()
    expect(colleague.get_by_text("您去过这条街的现场吗？")).to_be_visible()
    expect(colleague.get_by_text("已经记录，申请人看得到")).to_be_visible()
    colleague.get_by_role("button", name="发出答复").click()
    expect(colleague.get_by_role("alert")).to_contain_text("还没有写内容")
    colleague.get_by_label("答复，或者不答复的理由").fill("上周去过，门面在二楼。")
    colleague.get_by_role("button", name="发出答复").click()
    expect(colleague.get_by_role("link", name="请您答复")).to_have_count(0)

    handler.goto(f"/desk/cases/{number}")
    expect(handler.get_by_text("上周去过，门面在二楼。")).to_be_visible()
    act(handler, number, "hand-over")
    choose(handler, "hand-over-to", str(id_of(city.colleague.viewer)))
    handler.get_by_label("为什么移交").fill("我明天起参加专项检查，只差现场核查。")
    handler.get_by_role("button", name="移交给同事").click()
    expect(handler.get_by_text("测试人员移交给测试人员")).to_be_visible()

    colleague.goto(f"/desk/cases/{number}")
    expect(colleague.get_by_text("只差现场核查")).to_be_visible()
    away(city, city.colleague, city.handler)
    directory.forget()
    handler.goto("/desk/")
    handler.get_by_role("link", name="代测试人员").first.click()
    expect(handler.get_by_text("您替班，可以办这一件")).to_be_visible()

    applicant = surf(city.resident)
    applicant.goto(f"/cases/{number}")
    expect(applicant.get_by_text("移交给同事继续办理，期限不变")).to_be_visible()
    expect(applicant.get_by_role("main")).not_to_contain_text("只差现场核查")
    expect(applicant.get_by_role("main")).not_to_contain_text("周四上午看现场")
