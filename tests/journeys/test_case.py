"""A case followed by whoever applied: what is said, how long it takes, who looked, how days are counted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import City, seal
from tests.journeys.steps import apply, take_next
from tongban.cases import commands

ASKED, ANSWERED = "请问要不要本人到场？", "不用到场，核查时打电话给您。"


def write(page: Page, text: str) -> None:
    """Write a message where one is written."""
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="发送留言").click()


@pytest.mark.parametrize(("size", "scripts"), [(PHONE, True), (DESKTOP, False)], ids=["phone", "bare"])
def test_a_resident_follows_a_case_asks_doubts_and_is_answered(
    city: City, surf: Surf, a_pdf: Callable[[str], str], size: ViewportSize, scripts: bool
) -> None:
    resident = surf(city.resident, size=size, scripts=scripts)
    officer = surf(city.handler, size=DESKTOP)
    number = apply(resident, city.slug, a_pdf)

    resident.goto(f"/cases/{number}")
    main = resident.get_by_role("main")
    expect(main).to_contain_text("现在排在第 1 位")
    expect(main).to_contain_text("说不准要多久")
    expect(main).to_contain_text("您只交了 3 份")
    resident.get_by_role("link", name="给工作人员留言").click()
    resident.get_by_role("button", name="发送留言").click()
    expect(resident.get_by_role("alert")).to_contain_text("留言还没有写内容")
    write(resident, ASKED)
    expect(main).to_contain_text(ASKED)
    expect(main).to_contain_text("现在还在排队")

    take_next(officer)
    expect(officer.get_by_role("heading", name="有新留言")).to_be_visible()
    expect(officer.get_by_role("main")).to_contain_text(ASKED)
    write(officer, ANSWERED)
    expect(officer.get_by_role("heading", name="有新留言")).to_have_count(0)
    officer.get_by_role("button", name="受理", exact=True).click()

    resident.goto("/cases/?which=open")
    expect(main).to_contain_text("有回复")
    resident.get_by_role("link", name=number).click()
    expect(main).to_contain_text(ANSWERED)
    expect(main).not_to_contain_text("测试人员")

    resident.get_by_role("link", name="这是怎么算的").click()
    expect(main).to_contain_text("我们承诺作出决定的期限")
    expect(main).to_contain_text("开始的当天不算")
    expect(main).to_contain_text("第 1 天")
    expect(main).to_contain_text("《行政许可法》第四十二条第一款")

    resident.goto(f"/cases/{number}/contact")
    resident.get_by_label("现在用的电话").fill("12")
    resident.get_by_role("button", name="改成这个号码").click()
    expect(resident.get_by_role("alert")).to_be_visible()
    resident.get_by_label("现在用的电话").fill("13900000009")
    resident.get_by_role("button", name="改成这个号码").click()
    expect(main).to_contain_text("13900000009")

    resident.get_by_role("link", name="看每一次").click()
    resident.get_by_role("link", name="对此有疑问").last.click()
    resident.get_by_label("您的疑问").fill("那天没有人告诉我。")
    resident.get_by_role("button", name="提出疑问").click()
    expect(main).to_contain_text("答复的人不会是看您信息的那个人")

    leader = surf(city.leader, size=DESKTOP)
    leader.goto("/desk/")
    leader.get_by_role("link", name="对查看的疑问").or_(
        leader.locator(f"a[href*='{number}/contests/']")
    ).first.click()
    expect(leader.get_by_role("main")).to_contain_text("那天没有人告诉我")
    leader.get_by_label("答复", exact=True).fill("核对材料所需，已核实。")
    leader.get_by_role("button", name="发出答复").click()
    leader.wait_for_url("**/desk/")
    resident.reload()
    expect(main).to_contain_text("核对材料所需，已核实。")

    seal()
    resident.goto(f"/cases/{number}/proof")
    expect(main).to_contain_text("已经封存")
    with resident.expect_download() as saved:
        resident.get_by_role("link", name="下载凭证和证明").click()
    assert "c2sp.org/tlog-proof" in saved.value.path().read_text()


def test_forty_cases_are_narrowed_searched_and_paged(city: City, surf: Surf) -> None:
    now = datetime.now(UTC)
    numbers = [city.world.submit(by=city.resident.viewer, at=now, sealed=False).number for _ in range(40)]
    seal()
    for number in numbers[:3]:
        commands.withdraw(number, seen=None, by=city.resident.viewer, at=now)
    page = surf(city.resident, scripts=False)
    page.goto("/cases/")
    rows = page.locator("main .rows > li")
    expect(rows).to_have_count(20)
    expect(rows.first).to_contain_text("最晚")
    page.get_by_role("link", name="更早的办件").click()
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="办结").click()
    expect(rows).to_have_count(3)
    page.get_by_role("link", name="要我做的").click()
    expect(page.get_by_role("main")).to_contain_text("现在没有要您做的")
    page.get_by_role("link", name="全部", exact=True).click()
    page.get_by_label("事项名称或者办件编号").fill(numbers[7].replace("-", ""))
    page.get_by_role("button", name="找").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(numbers[7])


def test_the_estimate_tells_what_such_cases_took_and_what_it_rests_on(city: City, surf: Surf) -> None:
    world, now = city.world, datetime.now(UTC)
    since = now - timedelta(days=30)
    for nth in range(20):
        number = world.submit(at=since).number
        assert world.take_next(at=since) == number
        commands.accept(number, seen=None, by=world.handler, at=since)
        commands.grant(
            number, seen=None, by=world.handler, at=since + timedelta(days=2 + nth % 5), text="准予"
        )
    number = world.submit(by=city.resident.viewer, at=now).number
    page = surf(city.resident)
    page.goto(f"/cases/{number}")
    main = page.get_by_role("main")
    expect(main).to_contain_text("一般要 4 天；十件里有八件用了 2 到 6 天")
    expect(main).to_contain_text("按本机关最近半年作出决定的 20 件同类申请算")
    expect(main).to_contain_text("不是承诺")
