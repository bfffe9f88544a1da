"""A sheet becomes pages that print alike everywhere, whatever the name and however many the materials."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongban.papers.printing import print_sheet
from tongban.papers.printing.fonts import printable
from tongban.papers.tests.sheets import (
    ADDRESS,
    CODE,
    a_sheet,
    fonts_of,
    pages_of,
    structure_of,
    text_of,
)


def printed(**changes):
    return print_sheet(a_sheet(**changes), code=CODE, address=ADDRESS)


def test_everything_the_sheet_says_can_be_read(tmp_path):
    text = text_of(printed(remedies=("自知道之日起六十日内可以申请行政复议。",)), tmp_path)
    for said in (
        "一次性补正告知书",
        "编号：510104-20261118-0000123-4-3",
        "王秀丽：",
        "一、食品安全规章制度：请补上健康管理制度。",
        "《行政许可法》第三十二条第一款第四项",
        "对此不服的",
        "自知道之日起六十日内可以申请行政复议。",
        "2026年11月21日",
        CODE,
        "第1页，共1页",
    ):
        assert said.replace(" ", "") in text


def test_it_is_pdf_a_2b_with_every_font_inside(tmp_path):
    pdf = printed()
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    fonts = fonts_of(pdf, tmp_path)
    assert fonts
    assert all("NotoSansCJK" in font[0] and font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)
    assert structure_of(pdf, tmp_path) == ""


def test_the_same_sheet_gives_the_same_bytes():
    assert printed() == printed()


def test_a_paper_of_a_demonstration_says_so_and_a_real_one_does_not(tmp_path):
    assert "不具有法律效力" in text_of(printed(sample=True), tmp_path)
    assert "样例专用章" in text_of(printed(sample=True), tmp_path)
    real = text_of(printed(sample=False), tmp_path)
    assert "不具有法律效力" not in real
    assert "样例专用章" not in real


@pytest.mark.parametrize(
    "name",
    [
        "阿依古丽·买买提",
        "王𠅤",
        "𬭎㛃",
        "成都市锦江区" + "春熙路街道总府社区" * 12 + "餐饮管理有限责任公司",
        "O'Neil & Söhne <GmbH> #1 \\ $x$ [y] *z*",
    ],
)
def test_any_name_prints_as_it_is(name, tmp_path):
    assert name.replace(" ", "") + "：" in text_of(printed(addressee=name), tmp_path)


def test_a_character_that_the_font_lacks_stands_as_its_code(tmp_path):
    assert printable("张𪚥") == "张〔U+2A6A5〕"
    assert "张〔U+2A6A5〕：" in text_of(printed(addressee="张𪚥"), tmp_path)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40))
def test_no_text_breaks_the_printing(tmp_path, text):
    assert pages_of(printed(addressee=text, points=(text,), facts=((text, text),)), tmp_path) >= 1


@pytest.mark.parametrize("layout", ["notice", "receipt"])
def test_many_materials_run_over_pages_and_none_is_lost(layout, tmp_path):
    names = tuple(f"第{place}份材料：场所平面图和设施布局说明" for place in range(1, 61))
    pdf = printed(layout=layout, points=names)
    text = text_of(pdf, tmp_path)
    assert pages_of(pdf, tmp_path) > 2
    assert all(name in text for name in names)


@pytest.mark.parametrize("length", range(1, 40, 3))
def test_the_seal_never_stands_alone_on_a_page(length, tmp_path):
    pdf = printed(points=("请补上从业人员健康管理制度，写明谁负责、多久查一次。",) * length)
    last = text_of(pdf, tmp_path).rsplit(f"第{pages_of(pdf, tmp_path) - 1}页", 1)[-1]
    assert "《行政许可法》第三十二条第一款第四项" in last
