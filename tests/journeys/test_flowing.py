"""A case goes along its drawing: the step that is due is offered first, the decision comes after it."""

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.flowing import VISITED, a_city_with_a_table, a_drawn_city, accepted
from tests.journeys.steps import choose
from tongban.cases.tests.tables import TELLS


def test_the_check_on_site_is_done_before_anything_can_be_decided(surf: Surf) -> None:
    city = a_drawn_city()
    number = accepted(city)
    handler = surf(city.handler, size=DESKTOP, scripts=False)
    handler.goto(f"/desk/cases/{number}")
    acts = handler.locator("section", has=handler.get_by_role("heading", name="可以办的"))
    expect(acts.get_by_role("heading", name=VISITED)).to_be_visible()
    expect(acts).not_to_contain_text("准予")
    steps = handler.locator("section", has=handler.get_by_role("heading", name="办理流程")).locator("li")
    expect(steps.filter(has_text="正在办")).to_contain_text(VISITED)

    handler.get_by_role("button", name=VISITED).click()
    expect(handler.get_by_role("alert")).to_contain_text("结果：还没有")
    choose(handler, "task-1-outcome", "符合")
    handler.get_by_label("办理情况").fill("两人到场，洗消间合格。")
    handler.get_by_role("button", name=VISITED).click()
    expect(handler.get_by_text(f"已完成：{VISITED}")).to_be_visible()
    expect(steps.filter(has_text="正在办")).to_contain_text("作出决定")
    expect(acts).to_contain_text("准予")
    handler.get_by_text("看流程图").click()
    expect(handler.get_by_role("img", name="办理流程图")).to_be_visible()

    resident = surf(city.resident, size=PHONE, scripts=False)
    resident.goto(f"/cases/{number}")
    way = resident.locator("section", has=resident.get_by_role("heading", name="办到哪一步")).locator("li")
    expect(way.filter(has_text="正在办")).to_contain_text("作出决定")
    expect(resident.get_by_role("main")).to_contain_text(f"{VISITED}：符合")
    expect(resident.get_by_role("main")).not_to_contain_text("洗消间合格")


def test_a_table_that_everyone_can_read_leads_the_case_and_the_applicant_is_told(surf: Surf) -> None:
    city = a_city_with_a_table()
    number = accepted(city)
    resident = surf(city.resident, size=PHONE, scripts=False)
    resident.goto(f"/cases/{number}")
    told = resident.get_by_role("main")
    expect(told).to_contain_text("要不要上门看：上门看")
    expect(told).to_contain_text("第 1 行：做饭菜的，要看后厨。")
    expect(told).to_contain_text(TELLS)
    resident.goto(f"/items/{city.slug}")
    resident.get_by_role("link", name="办的时候按什么规则走、查什么").click()
    expect(resident.locator("#row1-1")).to_contain_text("做饭菜的，要看后厨。")
    expect(resident.get_by_role("main")).to_contain_text("3 个例子，结果都和写的一样")

    handler = surf(city.handler, size=DESKTOP, scripts=False)
    handler.goto(f"/desk/cases/{number}")
    handler.locator("summary", has_text="申请人要求改天").click()
    handler.get_by_role("button", name="申请人要求改天").click()
    expect(handler.get_by_text("已完成：申请人要求改天")).to_be_visible()
