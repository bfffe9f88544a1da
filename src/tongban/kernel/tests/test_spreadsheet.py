"""Spreadsheets hold what they are given, and nothing in them is reckoned with."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tongban.kernel.spreadsheet import Table, written


def test_every_table_is_a_sheet_with_its_heads_and_rows() -> None:
    at = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
    book = load_workbook(
        BytesIO(written([Table("甲", ("事项", "件数"), [("食品", 3)]), Table("乙", ("收到",), [(at,)])]))
    )
    assert book.sheetnames == ["甲", "乙"]
    assert [[cell.value for cell in row] for row in book["甲"]] == [["事项", "件数"], ["食品", 3]]
    assert str(book["乙"]["A2"].value) == "2026-03-09 10:00:00"


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    file = written([Table("表", ("=1+1",), [(text,), (date(2026, 3, 9),)])])
    sheet = load_workbook(BytesIO(file))["表"]
    assert {sheet[name].data_type for name in ("A1", "A2")} == {"s"}
    assert sheet["A2"].value == text
    assert sheet["A2"].quotePrefix
    assert b"<f>" not in ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml")


def test_letters_that_no_spreadsheet_may_hold_are_left_out() -> None:
    sheet = load_workbook(BytesIO(written([Table("表", ("名",), [("张\x00三\x0b",)])])))["表"]
    assert sheet["A2"].value == "张三"
