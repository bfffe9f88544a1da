"""The desk: case after case without a mouse, a file looked at beside the answers, two people on one case."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import City
from tests.journeys.shown import examined
from tongban.cases.tests.world import kinds_of
from tools.by_keyboard import ORDINARY, Keyboard


def test_ordinary_cases_are_worked_off_without_a_mouse(city: City, surf: Surf) -> None:
    now = datetime.now(UTC)
    submitted = [city.world.submit(by=city.resident.viewer, at=now).number for _ in ORDINARY]
    page = surf(city.handler, size=DESKTOP)
    page.goto("/desk/")
    done = []
    for work in ORDINARY:
        desk = Keyboard(page)
        done.append(work(desk))
        assert desk.acts <= 6
    assert done == submitted
    ends = [kinds_of(number)[-1] for number in done]
    assert ends == ["delivered", "delivered", "returned-for-correction", "delivered", "delivered"]
    assert "refused" in kinds_of(done[-1])
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("键盘怎么用")
    page.get_by_role("button", name="关掉快捷键").click()
    expect(page.get_by_role("button", name="打开快捷键")).to_be_visible()
    page.keyboard.press("d")
    page.get_by_role("button", name="打开快捷键").click()
    expect(page.get_by_role("button", name="关掉快捷键")).to_be_visible()
    page.keyboard.press("d")
    page.wait_for_url("**/desk/")


def test_from_sign_in_to_the_first_case_are_two_acts(city: City, surf: Surf) -> None:
    number = city.world.submit(by=city.resident.viewer, at=datetime.now(UTC)).number
    page = surf(city.handler, size=DESKTOP)
    page.goto("/desk/")
    page.get_by_role("button", name="取下一件", exact=True).click()
    page.wait_for_url(f"**/desk/cases/{number}")


@pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "bare phone"]
)
def test_a_spot_marked_on_a_photo_becomes_a_line_that_the_applicant_sees(
    surf: Surf, transactional_db: None, size: object, scripts: bool
) -> None:
    city, number, _ = examined()
    officer = surf(city.handler, size=size, scripts=scripts)
    officer.goto(f"/desk/cases/{number}")
    officer.locator("a.look").first.click()
    officer.get_by_role("link", name="转一下").click()
    officer.get_by_label("标一处").fill("这里缺公章，请盖章后重拍。")
    officer.locator("input[name=spot]").click(position={"x": 30, "y": 40})
    expect(officer.get_by_text("2：这里缺公章")).to_be_visible()
    officer.get_by_role("button", name="去掉").first.click()
    expect(officer.get_by_text("洗消间没有标出来")).to_have_count(0)
    officer.get_by_role("link", name="回到办件").click()
    officer.get_by_role("button", name="按勾选的写补正告知").click()
    expect(officer.get_by_label("请申请人怎么做")).to_have_count(4)
    officer.get_by_role("button", name="一次性告知补正").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("需要补正")

    resident = surf(city.resident, size=PHONE, scripts=scripts)
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("main")).to_contain_text("请在光线好的地方重新拍")
    resident.get_by_role("link", name="看标出的地方").click()
    expect(resident.get_by_role("img", name="红圈是要补正的地方")).to_be_visible()
    resident.get_by_role("link", name="去补正").click()


def test_two_on_one_case_see_each_other_and_the_second_loses_no_word(city: City, surf: Surf) -> None:
    world = city.world
    world.submit(by=city.resident.viewer)
    number = world.take_next()
    first, second = surf(city.handler, size=DESKTOP), surf(city.handler, size=DESKTOP)
    leader = surf(city.leader, size=DESKTOP)
    leader.clock.install()
    leader.goto(f"/desk/cases/{number}")
    for page in (first, second):
        page.goto(f"/desk/cases/{number}")
        expect(page.get_by_text("也打开着这件事")).to_be_visible()
    first.get_by_role("button", name="受理", exact=True).click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("已受理")

    second.locator("summary", has_text="不予受理").click()
    second.get_by_role("radio", name="不属于本机关").check()
    second.get_by_label("告知申请人").fill("请到市局办理。")
    second.get_by_role("button", name="不予受理").click()
    expect(second.get_by_role("alert")).to_contain_text("受理")
    expect(second.get_by_text("请到市局办理。")).to_be_visible()
    assert kinds_of(number) == ["submitted", "taken", "accepted"]
    leader.clock.fast_forward(31_000)
    expect(leader.get_by_text("这件事刚有了新的处理：受理")).to_be_visible()


def test_a_case_is_found_by_what_a_scanner_reads(city: City, surf: Surf) -> None:
    number = city.world.submit(by=city.resident.viewer).number
    page = surf(city.colleague)
    page.goto("/desk/find")
    page.get_by_label("办件编号").fill("王秀丽")
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有看懂")
    page.get_by_label("办件编号").fill(f"http://localhost/cases/{number}")
    page.get_by_role("button", name="找", exact=True).click()
    page.wait_for_url(f"**/desk/cases/{number}")
