"""What can be taken away: a PDF that says what the page says, laid out once."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.catalogue.pages import _unclosed
from tongban.catalogue.queries import printing, published
from tongban.catalogue.tests.conftest import NOON
from tongban.engine.packs.tests.copies import SLUGS
from tongban.kernel.ids import ItemCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_catalogue")]

HOME = "/items/residence-permit"


def text_of(pdf: bytes, tmp_path: Path) -> str:
    """All that the pages say, without blanks."""
    file = tmp_path / "handout.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", "", said.stdout)


@pytest.mark.usefixtures("published")
def test_the_guide_on_paper_is_for_ones_own_situation(client: Client, tmp_path: Path) -> None:
    told = {"s-lived-half-year": "true", "s-applied-by-other": "false", "s-residence-ground": "study"}
    answer = client.get(f"{HOME}/guide.pdf", told)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    text = text_of(answer.content, tmp_path)
    for said in (
        "居住证申领办事指南",
        "在本地连续就读",
        "10天内办完",
        "您这种情况不要",
        "行政复议法",
    ):
        assert said in text
    general = text_of(client.get(f"{HOME}/guide.pdf").content, tmp_path)
    assert "有的情况才要" in general
    assert "您的情况" not in general


@pytest.mark.usefixtures("published")
def test_a_blank_form_asks_all_that_the_form_asks_in_its_order(client: Client, tmp_path: Path) -> None:
    answer = client.get(f"{HOME}/materials/residence-application-form/blank.pdf")
    text = text_of(answer.content, tmp_path)
    labels = [
        re.sub(r"\s+", "", field.label)
        for _, field, _ in catalogue.item(ItemCode("residence-permit")).form.asked
    ]
    places = [text.index(label) for label in labels]
    assert places == sorted(places)
    assert "租的房子" in text


@pytest.mark.usefixtures("published")
def test_a_sample_says_that_it_is_one(client: Client, tmp_path: Path) -> None:
    text = text_of(client.get(f"{HOME}/materials/lease/sample.pdf").content, tmp_path)
    assert "房屋租赁合同" in text
    assert "样子只供参考" in text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["lease/blank.pdf", "id-card/sample.pdf", "nothing/blank.pdf"])
def test_what_cannot_be_printed_is_refused_with_what_to_do(client: Client, path: str) -> None:
    answer = client.get(f"{HOME}/materials/{path}")
    assert answer.status_code == 404
    assert "请回到办事指南" in answer.content.decode()


@pytest.mark.usefixtures("published")
def test_a_handout_is_laid_out_once_and_then_costs_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    first = client.get(f"{HOME}/guide.pdf")
    laid_out = printing._printed.cache_info().misses
    with django_assert_num_queries(0):
        assert client.get(f"{HOME}/guide.pdf").content == first.content
    assert printing._printed.cache_info().misses == laid_out
    assert client.get(f"{HOME}/guide.pdf", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.usefixtures("published")
def test_a_guide_read_again_costs_no_statement(client: Client, django_assert_num_queries: Any) -> None:
    client.get(HOME)
    with django_assert_num_queries(0):
        client.get(HOME)
        client.get(f"{HOME}/versions")


def told_to_machines(client: Client, address: str) -> dict[str, Any]:
    """The data in a page, as a machine reads it."""
    page = client.get(address).content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.usefixtures("published")
def test_machines_are_told_what_each_guide_tells(client: Client) -> None:
    for slug in SLUGS:
        told = told_to_machines(client, f"/items/{slug}")
        item = catalogue.item(ItemCode(slug))
        assert (told["@context"], told["@type"]) == ("https://schema.org", "GovernmentService")
        assert (told["name"], told["serviceOutput"]["name"]) == (item.name, item.result)
        places = [one["serviceLocation"]["name"] for one in told["availableChannel"][1:]]
        assert places == [office.name for office in item.offices]
    assert told_to_machines(client, HOME)["availableChannel"][0]["processingTime"] == "P10D"


@pytest.mark.usefixtures("published")
def test_what_can_only_be_read_about_tells_machines_of_no_way_to_apply(client: Client) -> None:
    told = told_to_machines(client, "/items/birth-medical-certificate-reissue")
    assert told["@type"] == "GovernmentService"
    assert "availableChannel" not in told


def test_data_for_machines_never_closes_the_element_it_stands_in() -> None:
    hostile = "</script><script>alert(1)</script><!--\u2028"
    text = _unclosed({"name": hostile})
    assert "<" not in text
    assert json.loads(text)["name"] == hostile


def test_the_versions_say_in_plain_words_what_changed(packs: Path, client: Client) -> None:
    catalogue.publish([packs], at=NOON)
    file = packs / "items/residence-permit/item.yaml"
    text = file.read_text("utf-8").replace("value: 10, unit: day", "value: 12, unit: day")
    start = text.index("  - kind: lodging-proof")
    text = text[:start] + text[text.index("  - kind: real-estate-certificate") :]
    file.write_text(text.replace("在本市居住满半年。", "在本市居住满六个月。"), "utf-8")
    catalogue.publish([packs], at=NOON)
    published.forget()
    page = unescape(client.get(f"{HOME}/versions").content.decode())
    for said in ("10 天 → 12 天", "去掉：单位、学校或房屋出租人出具的住宿证明", "新增：户口不在本市"):
        assert said in page
    assert page.index("第 2 版") < page.index("第 1 版")
    assert "改了什么" in client.get(HOME).content.decode()
    past = client.get(f"{HOME}/versions/1").content.decode()
    assert "仍按这一版办" in past
    assert ">10</b><span>天" in past
    assert "开始办理" not in past


@pytest.mark.usefixtures("published")
def test_a_version_that_never_was_is_refused(client: Client) -> None:
    for number in ("0", "7", "99999999999999999999"):
        assert client.get(f"{HOME}/versions/{number}").status_code == 404
