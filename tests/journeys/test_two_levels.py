"""A matter of two levels (上报件): the street examines, the district decides; people hand in once."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import seal
from tests.journeys.steps import begin, fill_in_example, hand_in, number_on, take_next
from tests.journeys.two_levels import a_city_of_two_levels

LOOKED_UP = "入户调查、核对信息"
PUBLISHED = "在社区公示初审意见"


def test_the_street_examines_the_district_decides_and_the_street_hands_over(
    surf: Surf, a_pdf: Callable[[str], str]
) -> None:
    city = a_city_of_two_levels()
    resident = surf(city.resident, size=PHONE, scripts=False)
    number = _applies(resident, city.slug, a_pdf)

    street = surf(city.handler, size=DESKTOP, scripts=False)
    assert take_next(street) == number
    street.get_by_role("button", name="受理", exact=True).click()
    expect(_acts(street)).not_to_contain_text("准予")
    for step in (LOOKED_UP, PUBLISHED):
        street.get_by_role("button", name=step).click()
        expect(street.get_by_text(f"已完成：{step}")).to_be_visible()
    expect(_acts(street)).to_contain_text("排到那边队列的最后")
    street.get_by_label("初审意见").fill("入户看过，两口人只有一份养老金。公示七天没有人有意见。")
    street.get_by_role("button", name="上报", exact=True).click()
    expect(street.get_by_text("已完成：上报")).to_be_visible()
    expect(street.get_by_role("main")).to_contain_text("审查完，上报给作决定的单位")
    expect(street.get_by_role("button", name=LOOKED_UP)).to_have_count(0)
    seal()

    resident.goto(f"/cases/{number}")
    way = resident.locator("section", has=resident.get_by_role("heading", name="办到哪一步")).locator("li")
    expect(way.filter(has_text="正在办")).to_contain_text("审查初审意见和材料")
    expect(resident.get_by_role("main")).to_contain_text("材料不用再交一遍")

    district = surf(city.deciding, size=DESKTOP, scripts=False)
    assert take_next(district) == number
    expect(district.get_by_role("main")).to_contain_text("公示七天没有人有意见")
    district.get_by_role("button", name="审查初审意见和材料").click()
    district.get_by_role("button", name="准予", exact=True).click()
    expect(district.get_by_text("已完成：准予")).to_be_visible()

    street.goto(f"/desk/cases/{number}")
    street.get_by_role("button", name="送达", exact=True).click()
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("link", name="准予")).to_be_visible()


def _applies(resident: Page, slug: str, a_pdf: Callable[[str], str]) -> str:
    """From the guide, which says who examines and who decides, to the receipt."""
    resident.goto(f"/items/{slug}")
    expect(resident.get_by_role("main")).to_contain_text("收件的单位先审查，再报上级单位决定")
    draft = begin(resident, slug)
    fill_in_example(resident, draft, slug, a_pdf)
    hand_in(resident, draft)
    resident.wait_for_url("**/receipt")
    seal()
    return number_on(resident)


def _acts(officer: Page) -> Locator:
    return officer.locator("section", has=officer.get_by_role("heading", name="可以办的"))
