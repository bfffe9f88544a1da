"""What was typed and uploaded stays; pressing twice is pressing once; nobody acts on the unseen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Surf
from tests.journeys.people import City, seal
from tests.journeys.steps import apply, take_next
from tongban.cases import commands
from tongban.cases.tests.world import MONDAY, kinds_of


def test_an_officer_who_saw_an_older_case_is_told_what_changed_and_loses_no_word(
    city: City, surf: Surf
) -> None:
    world = city.world
    world.submit(by=city.resident.viewer)
    number = world.take_next()
    commands.accept(number, seen=None, by=city.handler.viewer, at=MONDAY)
    page = surf(city.handler, size=DESKTOP)
    page.goto(f"/cases/{number}/acts/grant")
    page.get_by_label("决定的理由").fill("材料齐全。")
    commands.extend(number, seen=None, by=city.handler.viewer, at=MONDAY, text="等一份意见")

    page.get_by_role("button", name="准予").click()
    expect(page.get_by_role("alert")).to_contain_text("请负责人批准")
    assert page.get_by_label("决定的理由").input_value() == "材料齐全。"
    assert "granted" not in kinds_of(number)

    page.get_by_role("button", name="准予").click()
    page.wait_for_url("**/desk/cases/**")
    assert kinds_of(number)[-1] == "granted"


def test_an_overtaking_is_asked_for_and_another_officer_approves_it(city: City, surf: Surf) -> None:
    world = city.world
    world.submit(by=city.resident.viewer)
    later = world.submit(by=city.resident.viewer).number
    handler, leader = surf(city.handler), surf(city.leader, size=DESKTOP)

    handler.goto(f"/desk/cases/{later}")
    handler.get_by_text("不按次序取这一件", exact=True).click()
    handler.get_by_role("radio", name="紧急情形").check()
    handler.get_by_label("具体情况").fill("开业在即，停水抢修")
    handler.get_by_role("button", name="不按次序取这一件").click()
    expect(handler.get_by_text("已经提交负责人批准")).to_be_visible()
    assert kinds_of(later) == ["submitted", "approval-asked"]

    leader.goto("/desk/")
    leader.get_by_role("link", name="优先取件").click()
    expect(leader.get_by_role("main")).to_contain_text("开业在即，停水抢修")
    leader.get_by_role("button", name="批准", exact=True).click()
    expect(leader.get_by_text("已批准，并已照办。")).to_be_visible()
    assert kinds_of(later) == ["submitted", "approval-asked", "approval-given", "taken"]
    seal()


def test_withdrawing_is_asked_once_more(city: City, surf: Surf, a_pdf: Callable[[str], str]) -> None:
    page: Page = surf(city.resident)
    number = apply(page, city.slug, a_pdf)
    page.goto(f"/cases/{number}")
    page.get_by_role("link", name="撤回申请").click()
    page.get_by_role("button", name="撤回申请").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已撤回")
    idle = surf(city.handler)
    idle.goto("/desk/")
    expect(idle.get_by_role("button", name="取下一件")).to_have_count(0)


def test_whoever_took_a_case_is_seen_by_the_person_and_a_file_opens(
    city: City, surf: Surf, a_pdf: Callable[[str], str]
) -> None:
    resident, officer = surf(city.resident), surf(city.handler)
    number = apply(resident, city.slug, a_pdf)
    assert take_next(officer) == number
    officer.get_by_role("link", name="food-layout.pdf").click()
    with officer.expect_download() as opening:
        officer.get_by_role("link", name="保存原件").click()
    assert opening.value.suggested_filename == "food-layout.pdf"
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("main")).to_contain_text("为了办理，看了上传的文件")
