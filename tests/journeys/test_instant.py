"""Two certificates granted while one waits for the page, and what one reads when the register is away."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from stdnum.cn import ric

from tests.journeys.conftest import PHONE, Surf
from tests.journeys.people import PASSWORD, Account, seal
from tests.journeys.steps import begin, number_on
from tongban.cases.tests.world import a_world, kinds_of
from tongban.catalogue import api as catalogue
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.keys import ring

ITEMS = ["housing-fund-certificate", "no-criminal-record"]


class Away:
    """A register next door that does not answer."""

    def ask(self, question: exchange.Question, /) -> exchange.Answer:
        raise exchange.RegisterAway


@pytest.fixture
def away(transactional_db: None) -> Iterator[None]:
    """Nobody next door answers."""
    exchange.supply({"housing-fund": Away(), "criminal-record": Away()})
    yield
    exchange.supply({})


def a_person_known_by_number() -> Account:
    """A resident with an account, a name, and a number that could be somebody's."""
    serial = uuid4().int
    base = f"510104{1960 + serial % 40}0{1 + serial // 40 % 9}1{serial // 360 % 9}9{serial // 3240 % 90:02d}"
    number = base + ric.calc_check_digit(f"{base}-")
    login, person = f"person-{uuid4().hex[:12]}", ring().person_key("person", number)
    account = identity.open_account(login, PASSWORD, person=person)
    identity.save_profile(person, identity.Profile("王秀丽", number, "13800000001"))
    return Account(login, Viewer(account=account, person=person, shown_as="王*丽"))


def apply(page: Page, slug: str) -> str:
    """From the guide to the result; the number of the case."""
    page.goto(f"/items/{slug}")
    expect(page.get_by_role("main")).to_contain_text("当场出结果")
    draft = begin(page, slug)
    page.get_by_role("link", name="接着填").click()
    page.locator("#f-use").fill("入职")
    page.locator("[name=truth][value=true]").check()
    page.get_by_role("button", name="保存并继续").click()
    page.wait_for_url(f"{draft}/check")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/cases/*")
    return number_on(page)


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_certificate_is_there_when_the_page_comes(
    surf: Surf, transactional_db: None, item: str, scripts: bool
) -> None:
    world = a_world(item)
    page = surf(a_person_known_by_number(), size=PHONE, scripts=scripts)
    number = apply(page, world.item)
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已送达")
    expect(main).to_contain_text("由公布的规则办理，没有经过工作人员。")
    expect(main).to_contain_text("办理规则（")
    assert kinds_of(number) == ["submitted", "accepted", "granted", "delivered"]
    page.get_by_role("heading", name="发给您的电子证照").locator("xpath=../..").get_by_role(
        "link"
    ).first.click()
    expect(page.get_by_role("main")).to_contain_text("入职")
    expect(page.get_by_role("main")).to_contain_text("有效")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_rule_is_read_before_one_applies_and_named_on_the_decision(
    surf: Surf, transactional_db: None, scripts: bool
) -> None:
    world = a_world(ITEMS[0])
    page = surf(a_person_known_by_number(), size=PHONE, scripts=scripts)
    page.goto(f"/items/{world.item}")
    page.get_by_role("link", name="按什么规则决定").click()
    rule = page.get_by_role("main")
    expect(rule).to_contain_text("不会拒绝您")
    expect(rule.locator("#row-1")).to_contain_text("正常缴存")
    expect(rule.locator("#row-1")).to_contain_text("当场办给您")
    expect(rule.locator("#row-3")).to_contain_text("转给工作人员")
    expect(rule).to_contain_text("3 个例子，结果都和写的一样")
    apply(page, world.item)
    version = catalogue.item(world.item).rule
    assert version is not None
    expect(page.get_by_role("main")).to_contain_text(f"按公布的规则（版本 {version.short}）第 1 行")


@pytest.mark.parametrize("item", ITEMS)
def test_one_is_told_plainly_that_the_register_does_not_answer(surf: Surf, away: None, item: str) -> None:
    world = a_world(item)
    page = surf(a_person_known_by_number(), size=PHONE)
    number = apply(page, world.item)
    main = page.get_by_role("main")
    expect(main).to_contain_text("现在没有答复。我们会自己再问，不用您再来")
    assert kinds_of(number) == ["submitted", "register-away"]
    seal()
    page.reload()
    page.get_by_role("link", name="撤回申请").click()
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已撤回")
