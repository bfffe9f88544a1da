"""A number leads a leader to a late case; an order, a word to the applicant, and the light stays red."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.lateness import WHY, long_accepted
from tests.journeys.people import City
from tests.journeys.steps import choose
from tongban.engine.calendar import legal_day


def test_a_late_case_is_ordered_to_be_seen_to_and_its_applicant_told_why(city: City, surf: Surf) -> None:
    number = long_accepted(city)
    leader = surf(city.leader, size=DESKTOP)
    leader.goto("/desk/figures")
    late = leader.locator("section", has=leader.get_by_role("heading", name="为什么超期"))
    late.get_by_role("link", name="超期，没有说明").click()
    expect(leader.get_by_role("list", name="筛选条件")).to_contain_text("超期，没有说明")
    leader.locator("table.cases a").click()
    expect(leader.get_by_text("已经超期，还没有向申请人说明原因")).to_be_visible()
    leader.goto(f"/cases/{number}/acts/supervise")
    expect(leader.get_by_text("期限不变，红灯不会消掉")).to_be_visible()
    choose(leader, "supervise-days", "1")
    leader.get_by_label("要求").fill("请本周办结，并向申请人说明。")
    leader.get_by_role("button", name="督办").click()

    resident = surf(city.resident, size=PHONE, scripts=False)
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_text("还没有说明原因")).to_be_visible()
    expect(resident.get_by_role("main")).not_to_contain_text("请本周办结")

    handler = surf(city.handler, size=PHONE, scripts=False)
    handler.goto("/desk/")
    owed = handler.locator(
        "section", has=handler.get_by_role("heading", name="请向申请人说明为什么超期（1）")
    )
    expect(owed).to_contain_text("前答复")
    owed.get_by_role("link").click()
    handler.get_by_role("button", name="说明为什么超期").click()
    expect(handler.get_by_role("alert")).to_contain_text("主要原因：还没有填")
    choose(handler, "explain-cause", "on-site")
    tomorrow = legal_day(datetime.now(UTC)) + timedelta(days=1)
    handler.get_by_label("现在预计哪天能办到").fill((tomorrow + timedelta(days=90)).isoformat())
    handler.get_by_label("对申请人说").fill(WHY)
    handler.get_by_role("button", name="说明为什么超期").click()
    expect(handler.get_by_role("alert")).to_contain_text("预计的日子只能在今天到")
    expect(handler.get_by_label("对申请人说")).to_have_value(WHY)
    handler.get_by_label("现在预计哪天能办到").fill(tomorrow.isoformat())
    handler.get_by_role("button", name="说明为什么超期").click()
    expect(handler.get_by_text("已经向申请人说明")).to_be_visible()

    resident.reload()
    expect(resident.get_by_role("main")).to_contain_text(WHY)
    expect(resident.get_by_role("main")).to_contain_text("天前就该作出决定")
    leader.goto("/desk/figures")
    expect(late.get_by_role("link", name="现场核查、检验检测还没有完成")).to_contain_text("1 件")
