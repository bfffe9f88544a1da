"""A business licence from its guide into the wallet, and taken back by two: everyone sees it at once."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import Account, City, a_person, on_duty, seal
from tests.journeys.steps import begin, fill_in_example, hand_in, number_on, take_next
from tongban.cases import commands
from tongban.cases.tests.world import World, a_world
from tongban.certificates import api as certificates
from tongban.identity import api as identity
from tongban.kernel.ids import PersonKey
from tongban.kernel.sql import run

COMPANY = "成都锦江知味斋餐饮管理有限公司"
WHY = "登记时交的房屋租赁合同是假的。"


def registered(founder: Page, officer: Page, slug: str, a_pdf: Callable[[str], str]) -> str:
    """A company registered, from the guide to the grant; the number of its licence."""
    draft = begin(founder, slug)
    fill_in_example(founder, draft, slug, a_pdf, "articles-of-association", "appointment-documents", "lease")
    hand_in(founder, draft)
    founder.wait_for_url("**/receipt")
    seal()
    case = number_on(founder)
    assert take_next(officer) == case
    officer.get_by_role("button", name="受理", exact=True).click()
    officer.get_by_label("决定的理由").fill("材料齐全，合乎法定形式。")
    officer.get_by_role("button", name="准予", exact=True).click()
    founder.goto("/wallet")
    founder.get_by_role("link", name="营业执照").click()
    expect(founder.get_by_role("status")).to_contain_text("有效")
    return founder.url.rpartition("/")[2]


def a_clerk_of(number: str) -> Account:
    """Somebody else whom the company itself entitled."""
    clerk, now = a_person("张国丰"), datetime.now(UTC)
    [(holder,)] = run("select holder from certificates_certificate where serial = $1::text", (number[:16],))
    assert clerk.viewer.person is not None
    identity.entitle(clerk.viewer.person, PersonKey(bytes(holder)), at=now, since=now.date())
    return clerk


def taken_back(handler: Page, leader: Page, case: str) -> None:
    """Asked for by one officer, agreed to by another."""
    handler.goto(f"/desk/cases/{case}")
    handler.get_by_role("link", name="营业执照").click()
    handler.get_by_text("提出收回", exact=True).click()
    form = handler.locator("form", has=handler.get_by_role("button", name="提出收回"))
    form.get_by_role("button").click()
    expect(handler.get_by_role("alert")).to_contain_text("理由：还没有填。")
    handler.get_by_role("radio", name="原来的许可不该给").check()
    handler.get_by_label("理由").fill(WHY)
    handler.get_by_role("button", name="提出收回").click()
    expect(handler.get_by_role("main")).to_contain_text("已经提交负责人批准")

    leader.goto("/desk/")
    leader.get_by_role("link", name="收回证照：营业执照").click()
    expect(leader.get_by_role("main")).to_contain_text(WHY)
    leader.get_by_role("button", name="同意收回", exact=True).click()
    expect(leader.get_by_role("main")).to_contain_text("已撤销")


@pytest.fixture
def registry(transactional_db: None) -> World:
    """An office that registers companies."""
    return a_world("company-registration")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_licence_taken_back_by_two_is_void_for_everyone_at_once(
    registry: World, surf: Surf, a_pdf: Callable[[str], str], scripts: bool
) -> None:
    tobacco, person = a_world("tobacco-retail-licence"), a_person()
    founder = surf(person, size=PHONE, scripts=scripts)
    handler = surf(on_duty(registry.handler), size=DESKTOP, scripts=scripts)
    leader = surf(on_duty(registry.leader), size=DESKTOP, scripts=scripts)
    number = registered(founder, handler, registry.item, a_pdf)
    clerk = surf(a_clerk_of(number), size=PHONE, scripts=scripts)
    stranger = surf(size=PHONE, scripts=scripts)

    stranger.goto(f"/certificates/{number}")
    expect(stranger.get_by_role("status")).to_contain_text("现在有效")
    for one in (founder, clerk):
        one.goto(f"/items/{tobacco.item}/apply")
        expect(one.get_by_role("radio", name=COMPANY)).to_be_visible()
        expect(one.get_by_role("main")).to_contain_text("营业执照不用再交")

    draft = begin(clerk, tobacco.item, company=COMPANY)
    taken_back(handler, leader, number_on_case_of(number))

    stranger.reload()
    expect(stranger.get_by_role("status")).to_contain_text("已撤销")

    founder.goto(f"/wallet/{number}")
    main = founder.get_by_role("main")
    for said in ("已撤销", WHY, "六十日内可以申请行政复议", "设立时给的授权同时停止"):
        expect(main).to_contain_text(said)
    founder.goto(f"/items/{tobacco.item}/apply")
    expect(founder.get_by_role("heading", level=1)).to_be_visible()
    expect(founder.get_by_role("radio", name=COMPANY)).to_have_count(0)

    fill_in_example(clerk, draft, tobacco.item, a_pdf)
    clerk.goto(f"{draft}/check")
    refused = clerk.get_by_role("alert")
    expect(refused).to_contain_text(f"您的“营业执照”（{number}）已撤销，不能用来办这件事。")
    expect(clerk.get_by_role("main")).to_contain_text("为什么、怎么办，写在“我的证照”里")
    clerk.goto("/wallet")
    clerk.get_by_role("link", name="营业执照").click()
    expect(clerk.get_by_role("main")).to_contain_text(WHY)


def number_on_case_of(number: str) -> str:
    """The case that a certificate came from."""
    [(case,)] = run(
        "select case_number from certificates_certificate where serial = $1::text", (number[:16],)
    )
    return str(case)


def test_an_officer_who_declines_leaves_the_certificate_as_it_was(city: City, surf: Surf) -> None:
    world, now = city.world, datetime.now(UTC)
    case = world.submit(by=city.resident.viewer, at=now).number
    assert world.take_next(at=now) == case
    commands.accept(case, seen=None, by=world.handler, at=now)
    commands.grant(case, seen=None, by=world.handler, at=now, text="符合条件。")
    [row] = certificates.wallet(city.resident.viewer, at=now)
    certificates.ask_revocation(
        row.number, seen=None, by=world.handler, at=now, ground="penalty", text="待查。"
    )
    leader, holder = surf(city.leader, size=DESKTOP), surf(city.resident)
    holder.goto(f"/wallet/{row.number}")
    expect(holder.get_by_role("main")).to_contain_text("发证机关有人提出收回")
    leader.goto(f"/desk/certificates/{row.number}")
    leader.get_by_role("button", name="不同意收回").click()
    expect(leader.get_by_role("main")).to_contain_text("已完成：不同意收回。")
    holder.reload()
    expect(holder.get_by_role("status")).to_contain_text("有效")
    expect(holder.get_by_role("main")).not_to_contain_text("发证机关有人提出收回")
