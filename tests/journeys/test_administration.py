"""Two administrators: a spreadsheet is mended and agreed to, the master key is changed."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.people import on_duty
from tests.journeys.test_every_page import barriers, shape
from tongban.administration import commands
from tongban.administration.tests.faulty import BODIES, PEOPLE, POSTS, a_workbook
from tongban.administration.tests.keeping import kept_beside
from tongban.administration.tests.world import a_code, a_number, two_admins
from tongban.kernel.hanging import A_BATCH
from tongban.kernel.keys import rotate, store

Surf = Callable[..., Page]


def upload(page: Page, file: Path) -> None:
    page.goto("/desk/administration/import")
    page.get_by_label("填好的表格").set_input_files(file)
    page.get_by_label("为什么改").fill("新设便民服务中心")
    page.get_by_role("button", name="上传并检查").click()


def a_file(file: Path, body: str, person: Sequence[str | None]) -> Path:
    """A new centre, a post there and somebody to hold it."""
    centre = [BODIES, [body, f"便民服务中心{body}", "510104", "事业单位"]]
    posts = [POSTS, [body, "办事员", "窗口"]]
    file.write_bytes(a_workbook(单位=centre, 职务=posts, 人员=[PEOPLE, person]))
    return file


def agreed_to(page: Page, body: str) -> None:
    """The second administrator looks, agrees, and finds it on record."""
    page.goto("/desk/administration/")
    page.get_by_role("link", name="批量导入机构和人员").first.click()
    page.get_by_role("button", name="同意，现在就办").click()
    expect(page.get_by_role("status")).to_contain_text("写进了变更记录")
    page.get_by_role("link", name="变更记录").click()
    page.get_by_role("link", name=f"便民服务中心{body}").click()
    expect(page.get_by_text("管理二，同意")).to_be_visible()


def first_password(page: Page, body: str) -> str:
    """What the new officer signs in by, as it is shown once."""
    page.goto(f"/desk/administration/directory/bodies/{body}")
    page.get_by_role("link", name="赵新").click()
    page.get_by_role("link", name="开通登录").click()
    page.get_by_label("为什么改").fill("新进人员")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认修改").click()
    expect(page.get_by_text("只显示这一次")).to_be_visible()
    return page.locator("dd b").inner_text()


def test_a_spreadsheet_is_mended_agreed_to_by_another_and_a_new_officer_signs_in(
    surf: Surf, tmp_path: Path
) -> None:
    first, second = map(on_duty, two_admins())
    body, number, file = a_code("510104"), a_number(), tmp_path / "机构人员.xlsx"
    page, other, new = surf(first), surf(second), surf()
    page.goto("/desk/")
    page.get_by_role("link", name="管理", exact=True).click()
    page.get_by_role("link", name="用表格批量导入").click()
    upload(page, a_file(file, body, [number, "赵新", body, "主任", "2026年2月30日", None]))
    expect(page.get_by_role("alert")).to_contain_text("有 2 处错，什么也没有导入")
    for cell in ("人员!D2", "人员!E2"):
        expect(page.get_by_text(cell, exact=True)).to_be_visible()
    upload(page, a_file(file, body, [number, "赵新", body, "办事员", "2026-02-03", None]))
    expect(page.get_by_text(f"单位 便民服务中心{body}（{body}）")).to_be_visible()
    page.get_by_role("button", name="交给另一位管理员").click()
    expect(page.get_by_text("自己提出的，不能自己同意")).to_be_visible()
    expect(page.get_by_role("button", name="同意，现在就办")).to_have_count(0)
    agreed_to(other, body)
    signs_in(new, number, first_password(other, body))


def signs_in(page: Page, number: str, password: str) -> None:
    """By the first password, and chooses one of their own."""
    page.goto("/sign-in")
    page.get_by_text("用密码登录").click()
    page.get_by_label("登录名").fill(number)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_text("别人给的初始密码")).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="设密码")).to_be_visible()
    for label in ("新密码", "再填一遍"):
        page.get_by_label(label).fill("春熙路上卖豆花 2026")
    page.get_by_role("button", name="设好").click()
    expect(page.get_by_role("status")).to_contain_text("密码已设好")
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


KEYS = "/desk/administration/keys"


def asked_for(page: Page, button: str) -> None:
    """Pressed without a reason first, then with one; handed to the other administrator."""
    page.goto(KEYS)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_contain_text("没有写为什么改")
    assert [*barriers(page), *shape(page, PHONE)] == []
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.type("一年一换")
    page.get_by_role("button", name=button).click()
    page.get_by_role("button", name="交给另一位管理员").click()


def second_agrees(page: Page, proposal: str) -> None:
    page.goto(proposal)
    page.get_by_role("button", name="同意，现在就办").click()
    expect(page.get_by_text("已经改好")).to_be_visible()
    page.goto(KEYS)
    assert [*barriers(page), *shape(page, DESKTOP)] == []


def test_the_master_key_is_changed_by_two_and_the_old_one_goes_when_nothing_needs_it(
    surf: Surf, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_beside(tmp_path, settings, monkeypatch) as keeping:
        keeping.keep(*range(A_BATCH + 1))
        first, second = (surf(on_duty(one)) for one in two_admins())
        for page in (first, second):
            page.add_init_script(Axe().axe_script)
        rotate()
        asked_for(first, "下一步：看会改什么")
        second_agrees(second, first.url)
        commands.rewrap_on(datetime.now(UTC))
        second.reload()
        expect(second.get_by_text(f"{A_BATCH} 个，开始时有 {A_BATCH + 1} 个要换")).to_be_visible()
        expect(second.get_by_role("button", name="停用：先看会改什么")).to_have_count(0)
        while commands.rewrap_on(datetime.now(UTC)):
            pass
        asked_for(first, "停用：先看会改什么")
        second_agrees(second, first.url)
        expect(second.get_by_text("已同意停用，等后台去掉")).to_be_visible()
        shown = second.content()
        commands.drop_retired()
        second.reload()
        expect(second.get_by_text("m1", exact=True)).to_have_count(0)
        assert keeping.masters() == {"m2"}
        held = store.read(tmp_path)
        secrets = {*held.masters.values(), held.person, held.token, held.django, held.log, held.receipt}
        assert not [one for one in secrets if one in shown]
