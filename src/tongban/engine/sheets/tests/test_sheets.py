"""Spreadsheets from outside: what is taken, what is named as a fault, and what hostile files cannot do."""

import io
import struct
import time
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tongban.engine.sheets import MOST_BYTES, MOST_ROWS, Column, Shape, Table, read, written

NAMES = Shape("名单", (Column("代码", longest=18), Column("名称"), Column("日期", False, day=True)))
SHAPES = (NAMES,)


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def a_file(*rows: tuple[object, ...], headings: tuple[str, ...] = ("代码", "名称", "日期")) -> bytes:
    workbook = Workbook()
    workbook.active.title = "名单"
    for row in (headings, *rows):
        workbook.active.append(row)
    return saved(workbook)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same file, one part put in or in the place of what it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return made.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name)


SHEET = "xl/worksheets/sheet1.xml"


def codes(content: bytes) -> list[str]:
    return [fault.code for fault in read(content, SHAPES).faults]


def test_text_numbers_and_days_are_read_as_they_were_meant():
    content = a_file(
        ("007", " 甲局 ", date(2026, 3, 1)),
        (510104, "乙局", "2026/3/2"),
        (510104022001.0, "丙局", "2026年3月3日"),
        (None, None, None),
        ("8", "丁局", datetime(2026, 3, 4, 9, 30)),  # noqa: DTZ001
    )
    book = read(content, SHAPES)
    assert book.faults == []
    rows = book.rows["名单"]
    assert [row.text("代码") for row in rows] == ["007", "510104", "510104022001", "8"]
    assert [row.day("日期") for row in rows] == [date(2026, 3, day) for day in (1, 2, 3, 4)]
    assert rows[0].text("名称") == "甲局"
    assert rows[-1].place("名称") == "名单!B6"


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="甲乙丙=+-@'\"<>&0123456789ABC", min_size=1, max_size=18),
            st.text(alphabet="局厅 处=&<", min_size=1, max_size=30).filter(str.strip),
        ),
        max_size=6,
    )
)
@settings(max_examples=25)
def test_what_is_written_is_read_back_and_never_a_formula(rows):
    content = written([Table("名单", ("代码", "名称", "日期"), [(*row, "2026-03-01") for row in rows])])
    book = read(content, SHAPES)
    assert book.faults == []
    told = [(row.text("代码"), row.text("名称")) for row in book.rows["名单"]]
    assert told == [(code.strip(), name.strip()) for code, name in rows]


def test_a_row_marked_as_an_example_is_passed_over_and_one_fault_alone_still_counts():
    headings = ("代码", "名称", "日期", "备注")
    assert read(a_file(("x", "=1+1", None, "样例：删去"), headings=headings), SHAPES).rows["名单"] == []
    assert codes(a_file(("", "=1+1", None, None), headings=headings)) == [
        "sheets.cell.empty",
        "sheets.cell.formula",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not-a-workbook"),
        ("代码,名称\n1,甲".encode(), "not-a-workbook"),
        (b"PK\x03\x04" + b"\0" * 200, "damaged"),
        (a_file(("1", "甲"))[:-300], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (a_file() + b"\0" * MOST_BYTES, "too-large"),
        (with_part(a_file(), "xl/vbaProject.bin", b"x"), "macros"),
        (with_part(a_file(), "xl/externalLinks/externalLink1.xml", b"<x/>"), "links"),
        (with_part(a_file(), "xl/embeddings/oleObject1.bin", b"x"), "embedded"),
        (with_part(a_file(), SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "declares"),
        (with_part(a_file(), SHEET, "<x/>".encode("utf-16")), "declares"),
        (with_part(a_file(), SHEET, b"<x"), "damaged"),
        (with_part(a_file(), "xl/media/a.bin", b"\0" * 13_000_000), "inflates"),
        (with_part(a_file(), SHEET, b"<x>" + b"<a/>" * 600_000 + b"</x>"), "inflates"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_plain_workbook_is_refused_as_a_whole(content, code):
    assert codes(content) == [f"sheets.file.{code}"]


def test_a_zip_of_something_else_is_no_workbook():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("a.txt", "x")
    assert codes(made.getvalue()) == ["sheets.file.not-a-workbook"]


def test_a_locked_part_is_refused():
    content = bytearray(a_file())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as parts:
        places = [one.header_offset for one in parts.infolist()]
    for place in places:
        struct.pack_into("<H", content, place + 6, 1)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<H", content, at + 8, 1)
        at = content.find(b"PK\x01\x02", at + 4)
    assert codes(bytes(content)) == ["sheets.file.locked"]


def test_a_sheet_that_says_it_is_huge_is_read_by_what_it_holds():
    content = a_file(("1", "甲", None))
    sheet = part_of(content, SHEET).replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1:XFD1048576"')
    started = time.monotonic()
    assert len(read(with_part(content, SHEET, sheet), SHAPES).rows["名单"]) == 1
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("place", ["A1000000000", "XFD3", f"A{MOST_ROWS + 1}"])
def test_a_cell_far_away_is_named_and_costs_nothing(place):
    content = a_file(("1", "甲", None))
    row = int("".join(char for char in place if char.isdigit()))
    far = f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    sheet = part_of(content, SHEET).replace(b"</sheetData>", far.encode())
    started = time.monotonic()
    assert codes(with_part(content, SHEET, sheet)) == ["sheets.sheet.too-long"]
    assert time.monotonic() - started < 2


def test_merged_cells_over_the_whole_sheet_are_named_and_not_spread_out():
    content = a_file(("1", "甲", None))
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    started = time.monotonic()
    book = read(with_part(content, SHEET, part_of(content, SHEET).replace(b"</sheetData>", merged)), SHAPES)
    assert [(one.code, one.where) for one in book.faults] == [("sheets.cell.merged", "名单!A1:XFD1048576")]
    assert time.monotonic() - started < 2


def test_no_sheet_of_ours_and_no_heading_are_told_apart():
    workbook = Workbook()
    workbook.active.title = "工资"
    assert codes(saved(workbook)) == ["sheets.sheet.unknown", "sheets.sheet.none"]
    workbook.create_sheet("名单")
    assert codes(saved(workbook)) == ["sheets.sheet.unknown", *["sheets.column.missing"] * 3]


def test_a_chart_in_the_place_of_a_sheet_is_no_sheet():
    workbook = Workbook()
    workbook.create_chartsheet("名单")
    assert any(code.startswith("sheets.") for code in codes(saved(workbook)))


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_whatever_comes_is_answered(junk):
    assert codes(junk)
    assert codes(b"PK\x03\x04" + junk)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
@settings(max_examples=40)
def test_a_damaged_file_is_answered(at, junk):
    content = bytearray(a_file(("1", "甲", None)))
    content[at : at + len(junk)] = junk
    read(bytes(content), SHAPES)
    assert isinstance(read(bytes(content), SHAPES).faults, list)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("yyyy-mm-dd", "2026年6月1日"),
        ("mm-dd-yy", "2026年6月1日"),
        ('yyyy"年"m"月"', "2026年6月"),
        ('[$-804]yyyy"年 day "m"月";@', "2026年6月"),
    ],
)
def test_words_of_which_a_spreadsheet_made_a_date_are_read_as_the_cell_shows_them(form: str, said: str):
    workbook = Workbook()
    workbook.active.title = "名单"
    workbook.active.append(("期限",))
    workbook.active.append((date(2026, 6, 1),))
    workbook.active["A2"].number_format = form
    shape = Shape("名单", (Column("期限", dated=True),))
    book = read(saved(workbook), (shape,))
    assert (book.faults, book.rows["名单"][0].text("期限")) == ([], said)
