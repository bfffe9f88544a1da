"""Applying on a phone: one thing per page, nothing typed is lost, whatever happens to the line."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import PASSWORD, Account, City
from tests.journeys.steps import begin, fill_in, number_on, put_in
from tongban.cases.queries import Filters, cases, view_of
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS
from tongban.kernel.sql import run


def numbers_of(who: Account) -> list[str]:
    return [row.number for row in cases(who.viewer, Filters(), at=datetime.now(UTC))]


def a_photo(folder: Path, name: str, size: tuple[int, int]) -> str:
    """A photo as large as a phone takes it."""
    file = folder / name
    Image.effect_noise(size, 40).convert("RGB").save(file, "JPEG", quality=92)
    return str(file)


def onward(page: Page) -> None:
    page.get_by_role("button", name="保存并继续").click()


def sign_in(page: Page, who: Account) -> None:
    page.get_by_text("用密码登录").click()
    page.get_by_label("登录名").fill(who.name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()


def test_a_shop_owner_applies_with_a_camera_over_a_line_that_breaks(
    city: City, surf: Surf, a_pdf: Callable[[str], str], tmp_path: Path
) -> None:
    page = surf(city.resident, size=PHONE)
    draft = begin(page, city.slug)
    page.get_by_role("link", name="接着填").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谁来经营")
    expect(page.get_by_role("main")).to_contain_text("来自您的实名信息")
    for name in ("enterprise_name", "uscc", "representative"):
        page.locator(f"#f-{name}").fill(FOOD_ANSWERS[name])
    onward(page)

    # Faults stand at their fields, and the summary leads to them.
    expect(page.get_by_role("heading", level=1)).to_have_text("在哪里经营")
    page.locator("#f-place").fill(FOOD_ANSWERS["place"])
    page.locator("#f-area").fill("很大")
    onward(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#f-area")).to_be_focused()
    page.locator("#f-area").fill("86")

    # The line is gone: what was typed stays on the phone, also when the page is left and opened again.
    line = Line(page, "**/place")
    onward(page)
    expect(page.get_by_role("status").filter(has_text="没有网络，已记在这台手机上")).to_be_visible()
    page.goto(f"{draft}/place")
    expect(page.get_by_role("status").filter(has_text="已经替您填回来了")).to_be_visible()
    expect(page.locator("#f-area")).to_have_value("86")
    # When the line is back it goes by itself.
    onward(page)
    expect(page.get_by_role("status").filter(has_text="没有网络")).to_be_visible()
    line.mend()
    page.wait_for_url("**/business-1")
    assert page.evaluate("Object.keys(localStorage)") == []

    fill_in(page, draft, city.slug, FOOD_ANSWERS)
    photographed(page, draft, tmp_path)
    for kind in FOOD_MATERIALS[1:]:
        put_in(page, draft, kind, a_pdf(f"{kind}.pdf"))
    onward(page)
    page.wait_for_url("**/check")
    main = page.get_by_role("main")
    expect(main).to_contain_text(FOOD_ANSWERS["place"])
    expect(main).to_contain_text("2 份")
    page.get_by_role("button", name="提交申请").dblclick()
    page.wait_for_url("**/receipt")
    assert numbers_of(city.resident) == [number_on(page)]
    received(page, city)


class Line:
    """The line to an address: down until it is mended, or for so many tries; what went out, in bytes."""

    def __init__(self, page: Page, address: str, *, down_for: int = 99) -> None:
        self.down_for, self.sent = down_for, list[int]()
        page.route(address, self._sending)

    def mend(self) -> None:
        self.down_for = 0

    def _sending(self, route: Route) -> None:
        if route.request.method == "POST":
            self.sent.append(len(route.request.post_data_buffer or b""))
        if route.request.method == "POST" and len(self.sent) <= self.down_for:
            route.abort("connectionfailed")
        else:
            route.continue_()


def photographed(page: Page, draft: str, folder: Path) -> None:
    """Two photos, one of them twice over a broken line; the second becomes the first page."""
    page.goto(f"{draft}/materials/food-layout")
    assert page.locator("#f-photo").get_attribute("capture") == "environment"
    line = Line(page, "**/materials/food-layout", down_for=1)
    large = a_photo(folder, "门口.jpg", (3000, 2250))
    page.locator("#f-photo").set_input_files(large)
    expect(page.get_by_text("没有传上去")).to_be_visible()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("#files .upload")).to_have_count(1)
    assert line.sent[0] == line.sent[1] < Path(large).stat().st_size / 2
    page.locator("#f-file").set_input_files(a_photo(folder, "后厨.jpg", (1200, 900)))
    expect(page.locator("#files .upload")).to_have_count(2)
    expect(page.locator("#files img")).to_have_count(2)
    page.unroute("**/materials/food-layout")
    page.get_by_role("button", name="往前").click()
    expect(page.locator("#files .upload").first).to_contain_text("后厨.jpg")


def received(page: Page, city: City) -> None:
    """The receipt says what happens next, and can be kept, printed and sent; the photos are one file."""
    number = number_on(page)
    expect(page.get_by_role("main")).to_contain_text("接下来")
    expect(page.get_by_role("button", name="打印这一页")).to_be_visible()
    assert number in str(page.get_by_role("link", name="发到邮箱").get_attribute("href"))
    pdf = page.request.get(str(page.get_by_role("link", name="打印用的 PDF").get_attribute("href")))
    assert pdf.headers["content-type"] == "application/pdf"
    view = view_of(number, city.resident.viewer, at=datetime.now(UTC))
    [layout] = [one for one in view.materials if one.kind == "food-layout"]
    assert layout.type == "application/pdf"


def test_begun_without_signing_in_and_without_scripts_and_gone_on_with_on_a_computer(
    city: City, surf: Surf, a_pdf: Callable[[str], str]
) -> None:
    page = surf(size=PHONE, scripts=False)
    draft = begin(page, city.slug)
    page.get_by_role("link", name="接着填").click()
    page.locator("#f-enterprise_name").fill("成都小满餐饮有限公司")
    page.get_by_role("button", name="先存着，以后再填").click()
    page.wait_for_url(draft)
    expect(page.get_by_role("main")).to_contain_text("填过的在这台设备上存到")
    page.get_by_role("link", name="主要设备设施").click()
    sign_in(page, city.resident)
    page.wait_for_url("**/materials/food-layout")
    page.locator("#f-file").set_input_files([a_pdf("图.pdf"), a_pdf("图2.pdf")])
    onward(page)
    page.wait_for_url("**/materials/food-safety-rules")

    other = surf(city.resident, size=DESKTOP)
    other.goto(f"/items/{city.slug}/apply")
    other.get_by_role("link", name="接着填").click()
    expect(other.get_by_role("main")).to_contain_text("已传 2 份")
    other.goto(f"{draft}/operator")
    expect(other.locator("#f-enterprise_name")).to_have_value("成都小满餐饮有限公司")
    expect(other.locator("#f-phone")).to_have_value("13800000001")

    # Both change the same answer: whoever comes later sees what the other typed, and decides.
    page.goto(f"{draft}/operator")
    page.locator("#f-representative").fill("李大满")
    page.get_by_role("button", name="先存着，以后再填").click()
    other.locator("#f-representative").fill("张三丰")
    other.get_by_role("button", name="先存着，以后再填").click()
    expect(other.get_by_role("main")).to_contain_text("另一台设备上填的是：李大满")
    assert other.locator("#f-representative").input_value() == "张三丰"
    other.get_by_role("button", name="先存着，以后再填").click()
    other.wait_for_url(draft)

    fill_in(other, draft, city.slug, FOOD_ANSWERS)
    for kind in FOOD_MATERIALS[1:]:
        put_in(other, draft, kind, a_pdf(f"{kind}.pdf"))
    for each in (page, other):
        each.goto(f"{draft}/check")
    for each in (page, other):
        each.get_by_role("button", name="提交申请").click()
        each.wait_for_url("**/receipt")
    assert number_on(page) == number_on(other)
    assert numbers_of(city.resident) == [number_on(page)]
    left = "select count(*) from cases_draft where owner = $1::bytea and sealed is not null"
    assert run(left, (city.resident.viewer.person,)) == [(0,)]
