"""告知承诺 from the form to the revocation: granted at once, checked later, found untrue, and told why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.committed import FIRE, FOUND
from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import a_person, on_duty, seal
from tests.journeys.steps import begin, choose, fill_in_example, hand_in, number_on, take_next
from tongban.cases.rules.words import UNTRUE_COMMITMENT
from tongban.cases.tests.world import a_world
from tongban.catalogue import api as catalogue

CHECK, ORDER = "到场核查，看和承诺是不是一致", "责令限期改正，到期复查"


def applied(resident: Page, slug: str, a_pdf: Callable[[str], str]) -> str:
    """From the guide to the receipt, by commitment; the number of the case."""
    draft = begin(resident, slug)
    fill_in_example(resident, draft, slug, a_pdf, "fire-plan", "fire-rules")
    resident.goto(f"{draft}/way-1")
    expect(resident.get_by_role("main")).to_contain_text("没把握就选一般办法，不会吃亏")
    expect(resident.get_by_role("radio", name="一般办法")).to_be_visible()
    hand_in(resident, draft)
    resident.wait_for_url("**/receipt")
    seal()
    return number_on(resident)


def granted(officer: Page) -> None:
    """Accepted, decided upon the promise alone, and delivered."""
    officer.get_by_role("button", name="受理", exact=True).click()
    officer.get_by_label("决定的理由").fill("材料齐全，已经承诺。")
    officer.get_by_role("button", name="准予", exact=True).click()
    expect(officer.get_by_role("main")).to_contain_text(f"后面还有：{CHECK}")
    officer.get_by_role("radio", name="网上送达").check()
    officer.get_by_role("button", name="送达", exact=True).click()


def task_done(officer: Page, name: str, outcome: str) -> None:
    """A step of the flow, done with this word."""
    choose(officer, "task-1-outcome", outcome)
    officer.get_by_role("button", name=name).click()
    expect(officer.get_by_text(f"已完成：{name}")).to_be_visible()


def acts_on(officer: Page) -> Locator:
    return officer.locator("section", has=officer.get_by_role("heading", name="可以办的"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_who_promised_what_is_untrue_loses_what_was_granted_and_reads_why(
    transactional_db: None, surf: Surf, a_pdf: Callable[[str], str], scripts: bool
) -> None:
    world, person = a_world(FIRE), a_person()
    catalogue.forget()
    resident = surf(person, size=PHONE, scripts=scripts)
    officer = surf(on_duty(world.handler), size=DESKTOP, scripts=scripts)
    number = applied(resident, world.item, a_pdf)
    assert take_next(officer) == number
    granted(officer)

    # It can be used at once; what is still to come, and by when, is told to both.
    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("main")).to_contain_text(f"现在就能用。后面还有：{CHECK}，最晚")
    officer.goto("/desk/")
    expect(officer.get_by_role("main")).to_contain_text(number)
    officer.goto(f"/desk/cases/{number}")
    expect(acts_on(officer)).not_to_contain_text("撤销准予决定")

    task_done(officer, CHECK, "不一致")
    expect(acts_on(officer)).not_to_contain_text("撤销准予决定")
    task_done(officer, ORDER, "仍达不到要求")
    officer.goto(f"/cases/{number}/acts/revoke")
    choose(officer, "revoke-ground", UNTRUE_COMMITMENT)
    officer.get_by_role("checkbox", name="第五十八条第二款").check()
    officer.get_by_label("撤销的理由").fill(FOUND)
    officer.get_by_role("button", name="撤销准予决定").click()
    expect(officer.get_by_role("main")).to_contain_text("已经提交负责人批准")
    resident.goto("/wallet")
    expect(resident.get_by_role("main")).to_contain_text("有效")

    leader = surf(on_duty(world.leader), size=DESKTOP, scripts=scripts)
    leader.goto("/desk/")
    leader.get_by_role("link", name="撤销准予决定").click()
    expect(leader.get_by_role("main")).to_contain_text("责令改正以后仍达不到要求")
    expect(leader.get_by_role("main")).to_contain_text(FOUND)
    expect(leader.get_by_role("main")).to_contain_text("第五十八条第二款")
    leader.get_by_role("button", name="批准", exact=True).click()

    resident.goto(f"/cases/{number}")
    expect(resident.get_by_role("heading", level=1)).to_contain_text("决定已撤销")
    for told in (FOUND, "六十日内可以申请行政复议", "六个月内提出", "撤销行政许可决定书"):
        expect(resident.get_by_role("main")).to_contain_text(told)
    resident.goto("/wallet")
    expect(resident.get_by_role("main")).to_contain_text("已撤销")
