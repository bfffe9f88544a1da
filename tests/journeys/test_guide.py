"""The guide: the answer first, then what one person needs; to take away, to pass on, and as it once was."""

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tongban.papers.tests.sheets import text_of

HOME = "/items/residence-permit"


def answered(page: Page, question: str, answer: str) -> None:
    """Choose an answer to the question that the page asks, and go on."""
    page.get_by_role("group", name=question).get_by_text(answer, exact=True).click()
    page.get_by_role("button", name="继续").click()


@pytest.mark.parametrize(
    ("size", "scripts"), [(PHONE, True), (PHONE, False), (DESKTOP, True)], ids=["phone", "bare", "desktop"]
)
def test_a_tenant_learns_in_four_answers_what_to_bring(
    packs: None, surf: Surf, size: dict[str, int], scripts: bool
) -> None:
    page = surf(size=size, scripts=scripts)
    said: list[ConsoleMessage] = []
    page.on("console", lambda one: said.append(one))
    page.goto(HOME)
    answer = page.get_by_label("先说结果")
    asked = answer.get_by_role("heading", level=2).all_inner_texts()
    assert asked == ["能不能办？", "要带什么？", "多久？", "多少钱？", "要跑几趟？"]
    expect(answer).to_contain_text("劳动合同")
    page.get_by_role("link", name="看看我要带什么").click()
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("请选一个再继续。")
    answered(page, "在本市住满半年了吗", "是")
    answered(page, "给自己办，还是替别人办", "否")
    answered(page, "凭哪一样申领", "在本地有合法稳定住所")
    answered(page, "住处是哪一种", "租的房子")
    answer = page.get_by_label("先说结果")
    expect(answer).to_contain_text("2 样")
    expect(answer).to_contain_text("房屋租赁合同")
    expect(answer).not_to_contain_text("劳动合同")
    start = page.get_by_role("link", name="开始办理").get_attribute("href")
    assert start is not None
    assert start.endswith("s-residence-ground=dwelling&s-dwelling-kind=rented")
    # A block of data in the page is no script: nothing was refused by the content policy.
    assert [one.text for one in said] == []
    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert data["@type"] == "GovernmentService"


def test_a_guide_is_taken_away_on_paper_and_shows_on_it_what_lies_folded_on_the_screen(
    packs: None, surf: Surf, tmp_path: Path
) -> None:
    page = surf()
    page.goto(f"{HOME}?s-lived-half-year=true")
    expect(page.get_by_text("印在居住证上", exact=True)).to_be_hidden()
    printed = text_of(page.pdf(format="A4"), tmp_path)
    assert "印在居住证上" in printed
    assert "开始办理" not in printed
    page.locator("summary").filter(has_text="居住证申领表").click()
    for link, said in (("下载 PDF", "居住证申领办事指南"), ("下载空白表", "居住证申领表")):
        address = page.get_by_role("link", name=re.compile(link)).first.evaluate("link => link.href")
        with urlopen(address) as answer:
            assert said in text_of(answer.read(), tmp_path)


def test_the_address_is_copied_with_one_press(packs: None, surf: Surf) -> None:
    page = surf()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(HOME)
    page.get_by_role("button", name="复制网址").click()
    expect(page.get_by_role("button", name="复制好了")).to_be_visible()
    assert str(page.evaluate("navigator.clipboard.readText()")).endswith(HOME)
    page.get_by_role("link", name="历次版本").click()
    page.get_by_role("link", name="第 1 版").click()
    expect(page.get_by_text("这就是现在的版本。")).to_be_visible()
