"""What may follow follows: applied for without it, accepted all the same, brought, and only then granted."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import seal
from tests.journeys.steps import NUMBER, begin, fill_in, hand_in, put_in
from tests.journeys.tolerance import FOLLOWS, a_tolerant_city
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, PDF, kinds_of

NAME = "食品安全管理员培训证明"


def test_a_case_begins_without_what_may_follow_and_is_granted_once_it_is_there(
    surf: Surf, tmp_path: Path
) -> None:
    city, file = a_tolerant_city(), tmp_path / "证明.pdf"
    file.write_bytes(PDF)
    resident = surf(city.resident, size=PHONE, scripts=False)
    draft = begin(resident, city.slug)
    fill_in(resident, draft, city.slug, FOOD_ANSWERS)
    for kind in FOOD_MATERIALS:
        if kind != FOLLOWS:
            put_in(resident, draft, kind, str(file))
    hand_in(resident, draft)
    found = NUMBER.search(resident.url)
    assert found is not None
    number = found[0]
    seal()

    handler = surf(city.handler, size=DESKTOP, scripts=False)
    assert city.world.take_next() == number
    handler.goto(f"/desk/cases/{number}")
    acts = handler.locator("section", has=handler.get_by_role("heading", name="可以办的"))
    expect(acts.get_by_role("button", name="受理", exact=True)).to_have_count(0)
    handler.get_by_role("button", name="容缺受理").click()
    expect(handler.get_by_text("已完成：容缺受理")).to_be_visible()
    expect(handler.get_by_role("region", name="容缺受理")).to_contain_text("补齐以后才能准予")
    handler.get_by_role("button", name="审查材料").click()
    expect(acts).not_to_contain_text("准予后")

    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("heading", name="还差 1 份材料")).to_be_visible()
    resident.get_by_role("link", name="去补交").click()
    resident.get_by_role("button", name="提交材料").click()
    expect(resident.get_by_role("alert")).to_contain_text("还没有上传要补交的材料")
    resident.locator("input[type=file]").set_input_files(str(file))
    resident.get_by_role("button", name="提交材料").click()
    expect(resident.get_by_text("收到了。")).to_be_visible()
    expect(resident.get_by_role("link", name="去补交")).to_have_count(0)
    expect(resident.get_by_role("main")).to_contain_text("要后补的都交齐了")

    handler.goto(f"/desk/cases/{number}")
    handler.get_by_role("button", name="准予").click()
    expect(handler.get_by_text("已完成：准予")).to_be_visible()
    told = [kind for kind in kinds_of(number) if kind != "flow-moved"]
    assert told == ["submitted", "taken", "accepted-tolerantly", "supplied", "granted"]
