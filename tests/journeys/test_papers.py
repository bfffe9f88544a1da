"""A paper from the case's page to whoever is shown it: it opens, and anyone can check that it is true."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import City
from tests.journeys.steps import apply, take_next


def paper(page: Page, title: str) -> bytes:
    """The PDF behind a paper's link on the case's page."""
    address = page.get_by_role("link", name=title).get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def code_on(pdf: bytes, folder: Path) -> str:
    """The code as it is printed beside the QR code."""
    (folder / "paper.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", folder / "paper.pdf", "-"], capture_output=True, text=True, check=True
    )
    found = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){4}\b", told.stdout)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_notice_of_acceptance_is_opened_and_checked_by_a_stranger(
    city: City, surf: Surf, a_pdf: Callable[[str], str], tmp_path: Path, scripts: bool
) -> None:
    resident, officer = surf(city.resident, scripts=scripts), surf(city.handler, size=DESKTOP)
    stranger = surf(size=PHONE, scripts=scripts)
    number = apply(resident, city.slug, a_pdf)
    take_next(officer)
    officer.get_by_role("button", name="受理", exact=True).click()
    expect(officer.get_by_role("link", name="受理通知书")).to_be_visible()

    resident.goto(f"/cases/{number}")
    pdf = paper(resident, "受理通知书")
    expect(resident.get_by_role("link", name="收件凭证", exact=False).first).to_be_visible()

    stranger.goto("/verify")
    stranger.get_by_label("文书的查验码，或者证照的编号").fill(code_on(pdf, tmp_path).lower())
    stranger.get_by_role("button", name="查验").first.click()
    main = stranger.get_by_role("main")
    expect(main).to_contain_text("是真的，现在有效")
    expect(main).to_contain_text("受理通知书")

    file = tmp_path / "paper.pdf"
    for content, verdict in (
        (pdf, "是真的，现在有效"),
        (pdf + b"\n", "被改动过"),
        (b"%PDF-1.4\n%%EOF\n", "不是从这里发出的原件"),
    ):
        file.write_bytes(content)
        stranger.goto("/verify")
        stranger.get_by_label("选择文件").set_input_files(str(file))
        stranger.get_by_role("button", name="查验").last.click()
        expect(main).to_contain_text(verdict)
