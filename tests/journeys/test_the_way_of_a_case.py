"""One case from the guide to its delivery, by the hands of those who press the buttons."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import City, seal
from tests.journeys.steps import apply, take_next
from tongban.cases.tests.world import kinds_of


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_is_corrected_taken_in_turn_accepted_granted_and_delivered(
    city: City, surf: Surf, a_pdf: Callable[[str], str], scripts: bool
) -> None:
    resident = surf(city.resident, size=PHONE, scripts=scripts)
    officer = surf(city.handler, size=DESKTOP, scripts=scripts)

    number = apply(resident, city.slug, a_pdf)
    expect(resident.get_by_role("main")).to_contain_text(number)

    assert take_next(officer) == number
    officer.get_by_text("一次性告知补正", exact=True).click()
    officer.get_by_role("link", name="写补正告知").click()
    officer.get_by_label("哪里").first.fill("场所布局图")
    officer.get_by_label("请申请人怎么做").first.fill("请标出洗消间的位置")
    officer.get_by_role("button", name="一次性告知补正").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("需要补正")

    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("main")).to_contain_text("请标出洗消间的位置")
    resident.get_by_role("link", name="去补正").click()
    assert resident.locator("#f-area").input_value() == "86.00" or resident.locator("#f-area").input_value()
    resident.locator("#f-file-food-layout").set_input_files(a_pdf("新布局图.pdf"))
    resident.get_by_role("button", name="提交补正").click()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("已补正")
    seal()

    assert take_next(officer) == number
    officer.get_by_role("button", name="受理", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("已受理")
    officer.get_by_label("决定的理由").fill("材料齐全，场所符合要求。")
    officer.get_by_role("button", name="准予", exact=True).click()
    officer.get_by_role("radio", name="网上送达").check()
    officer.get_by_role("button", name="送达", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("已送达")

    resident.goto(f"/cases/{number}")
    main = resident.get_by_role("main")
    expect(main).to_contain_text("材料齐全，场所符合要求。")
    expect(main).to_contain_text("为了办理，看了填报内容和材料清单")
    assert kinds_of(number) == [
        "submitted",
        "taken",
        "returned-for-correction",
        "resubmitted",
        "taken",
        "accepted",
        "granted",
        "delivered",
    ]
