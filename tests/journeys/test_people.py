"""Coming in and being known: a phone, a name, a passkey; an enterprise; a certificate to show; one's data."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import DESKTOP, Surf
from tests.journeys.people import City
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import an_order

PHONES = ("13912345601", "13912345602", "13912345603")
SUQING = ("苏晴", "510104200103209059")
ZHIXIA = ("林知夏", "510104199504129011")
GUILAN = ("周桂兰", "510105194809309025")
"""Of the sample register of people, and nobody's account before; the second represents a shop."""
FLOWERS = "91510104MA9000201H"


@pytest.fixture(autouse=True)
def _a_demonstration(settings: Any, live_server: LiveServer, packs: None) -> None:
    settings.DEMONSTRATION = True
    settings.PASSKEY_HOST, settings.PASSKEY_ORIGINS = "localhost", [live_server.url]


def come_in(page: Page, phone: str) -> None:
    """From the page one stands on: the phone, then the code that a demonstration shows."""
    page.get_by_label("手机号", exact=True).fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    shown = page.get_by_text("验证码是").inner_text()
    page.get_by_label("6 位验证码").fill(re.findall(r"[0-9]{6}", shown)[0])
    page.get_by_role("button", name="继续").click()


def be_known(page: Page, name: str, number: str) -> None:
    """Name and number, compared with the population register."""
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("公民身份号码").fill(number)
    page.get_by_label("同意用姓名和身份号码").check()
    page.get_by_role("button", name="核对").click()


def a_device(page: Page) -> None:
    """Let the browser have a device that holds passkeys and knows its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    verified = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | verified})


def test_from_a_phone_to_a_name_to_a_passkey(surf: Surf, city: City) -> None:
    page = surf(altered=True)
    a_device(page)
    page.goto(f"/items/{city.slug}")
    page.goto(f"/register?next=/items/{city.slug}")
    page.get_by_label("手机号", exact=True).fill("12345")
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_role("alert").get_by_role("link", name="手机号码不对").click()
    assert page.evaluate("document.activeElement.id") == "f-phone"
    come_in(page, PHONES[0])
    page.wait_for_url("**/real-name?next=**")
    be_known(page, SUQING[0], GUILAN[1])
    assert "对不上" in page.get_by_role("alert").inner_text()
    be_known(page, *SUQING)
    page.wait_for_url(f"**/items/{city.slug}")

    page.goto("/mine/settings")
    page.get_by_role("button", name="在这台设备上添加通行密钥").click()
    page.get_by_text("通行密钥已添加").wait_for()
    page.goto("/mine")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")
    page.goto("/mine/data")
    page.wait_for_url("**/sign-in?next=**")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/mine/data")
    assert "这个平台" in page.locator("main").inner_text()

    with page.expect_download() as taken:
        page.get_by_role("button", name="下载").click()
    folder = zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes()))
    assert json.loads(folder.read("my-data.json"))["account"]["name"] == SUQING[0]
    assert SUQING[1] in folder.read("my-data.html").decode()


def test_an_enterprise_is_linked_and_a_mandate_given_and_taken_back_without_scripts(surf: Surf) -> None:
    boss, agent = surf(size=DESKTOP, scripts=False), surf(scripts=False)
    for page, phone, who in ((boss, PHONES[1], ZHIXIA), (agent, PHONES[2], GUILAN)):
        page.goto("/sign-in?next=/mine/enterprises")
        come_in(page, phone)
        be_known(page, *who)
        page.wait_for_url("**/mine/enterprises")
    boss.get_by_role("link", name="关联企业").click()
    boss.get_by_label("统一社会信用代码").fill("91510104MA90000016")
    boss.get_by_role("button", name="核对并关联").click()
    assert "没有查到您是" in boss.get_by_role("alert").inner_text()
    boss.get_by_label("统一社会信用代码").fill(FLOWERS.lower())
    boss.get_by_role("button", name="核对并关联").click()
    boss.get_by_role("link", name="授权给经办人").click()
    boss.get_by_label("对方的姓名").fill(GUILAN[0])
    boss.get_by_label("对方的手机号").fill(PHONES[2])
    boss.get_by_label("授权到哪一天").fill("2000-01-01")
    boss.get_by_role("button", name="发出授权").click()
    assert "最长三年" in boss.get_by_role("alert").inner_text()
    boss.get_by_label("授权到哪一天").fill((datetime.now(UTC) + timedelta(days=365)).date().isoformat())
    boss.get_by_role("button", name="发出授权").click()
    boss.get_by_text("等对方同意").wait_for()

    agent.reload()
    agent.get_by_role("button", name="同意", exact=True).click()
    agent.get_by_text("经办人", exact=True).wait_for()
    boss.reload()
    boss.get_by_role("button", name="收回").click()
    agent.reload()
    agent.get_by_text("现在没有").wait_for()
    a_grandmother_is_applied_for_by_her_neighbour(agent, boss)


def a_grandmother_is_applied_for_by_her_neighbour(grandmother: Page, neighbour: Page) -> None:
    """She asks for it by phone and name, for some matters; taken, it stands among those one may apply for."""
    grandmother.goto("/mine/people/offer")
    grandmother.get_by_label("对方的姓名").fill(ZHIXIA[0])
    grandmother.get_by_label("对方的手机号").fill(PHONES[1])
    grandmother.get_by_label("只限下面选的这几类").check()
    grandmother.get_by_label("授权到哪一天").fill((datetime.now(UTC) + timedelta(days=90)).date().isoformat())
    grandmother.get_by_role("button", name="发出授权").click()
    assert "请至少选一类" in grandmother.get_by_role("alert").inner_text()
    grandmother.get_by_label("民政部门").check()
    grandmother.get_by_role("button", name="发出授权").click()
    grandmother.get_by_text("等对方同意").wait_for()
    neighbour.goto("/mine/people")
    neighbour.get_by_role("button", name="同意", exact=True).click()
    neighbour.get_by_text("只限：民政部门").wait_for()

    neighbour.goto("/items/residence-permit/apply")
    assert neighbour.get_by_label("周*兰").count() == 0, "not a matter of this mandate"
    neighbour.goto("/items/old-age-allowance/apply")
    neighbour.get_by_label("周*兰").check()
    neighbour.get_by_label("锦江区民政局").check()
    neighbour.get_by_role("button", name="开始填写").click()
    neighbour.get_by_role("link", name="接着填").click()
    assert neighbour.get_by_label("老人姓名").input_value() == GUILAN[0]
    assert "来自您代办的这个人的实名信息" in neighbour.locator("main").inner_text()
    neighbour.goto(f"{neighbour.url.rpartition('/')[0]}/check")
    neighbour.get_by_text("由 林*夏 代办").wait_for()

    grandmother.goto("/mine/people")
    grandmother.get_by_role("button", name="收回").click()
    neighbour.goto("/mine/people")
    neighbour.get_by_text("现在没有。家人请您代办").wait_for()
    neighbour.goto("/mine/people/child")
    neighbour.get_by_label("孩子的姓名").fill("张朵朵")
    neighbour.get_by_label("孩子的公民身份号码").fill("510105202011039019")
    neighbour.get_by_role("button", name="核对").click()
    neighbour.get_by_text("父母代办，来自：人口基本信息").wait_for()


def test_a_certificate_is_shown_white_by_night_and_without_a_network(surf: Surf, city: City) -> None:
    page = surf(city.resident)
    page.emulate_media(color_scheme="dark")
    order = an_order(
        holder=city.resident.viewer.person, body=city.world.body, granted_on=datetime.now(UTC).date()
    )
    number = certificates.issue(order, at=datetime.now(UTC))
    page.goto(f"/wallet/{number}")
    page.get_by_role("link", name="放大出示").click()
    page.get_by_text("此刻有效").wait_for()
    page.context.set_offline(True)
    ground, code = page.evaluate(
        "[getComputedStyle(document.querySelector('.pass')).backgroundColor,"
        " document.querySelector('.qr svg').getBoundingClientRect().width]"
    )
    assert ground == "rgb(255, 255, 255)"
    assert code >= 240
