"""Slips of the pen: each is told once, by what was meant, and drags no other fault behind it."""

import re
from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked
from tongban.engine.packs.tests.newcomers import ELEMENTS, FORM, GUIDE, ITEM, only, told, write
from tongban.engine.packs.tree import tree_of


@pytest.mark.parametrize(
    ("text", "line", "instead"),
    [
        ("name:社区\nsample: true\n", 1, "冒号后面少一个空格"),
        ("a: 1\nflow:\n  -name: x\n    actor: y\n", 3, "短横线后面少一个空格"),
        ("a: 1\nphone: @12345\n", 2, "不能直接以 %、@ 或反引号开头"),
        ("a: 1\nwords: [花, %x]\n", 2, "不能直接以 %、@ 或反引号开头"),
        ("a: 1\nb: 'x\nc: 2\nd: 3\n", 2, "引号没有收尾"),
        ('a: 1\nb: "x\nc: "y"\nd: 1\n', 2, "引号没有收尾"),
        ("a: 1\nb: {x: 1\nc: 2\nd: 3\n", 2, "花括号 { 没有右半边"),
        ("a: 1\nwords: [a, b\nx: 1\n", 2, "方括号 [ 没有右半边"),
        ("a: 1\nhours: 周一: 九点\n", 2, "内容里面有冒号加空格"),
        ("a: 1\n  b: 2\n", 2, "缩进和上面对不齐"),
        ("a:\n  b: 1\n c: 2\n", 3, "缩进和上面对不齐"),
    ],
)
def test_what_stops_the_reading_is_told_apart_where_it_begins(text: str, line: int, instead: str) -> None:
    fault = only(tree_of("item.yaml", text.encode()).faults)
    assert (fault.line, fault.code) == (line, "YAML-SYNTAX")
    assert instead in fault.says


REGIME, FORMATS = "regime: published-promise", "\n    formats"
WHEN = "\n    when: {field: size, equals: small}"
WHEN_NO = WHEN.replace("size", "sise")


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "instead"),
    [
        (ITEM, "{charged: false}", "{charged: true}", "FEE-WITHOUT-LAW", "standard: 每本 10 元, law: {law: "),
        (ITEM, "{charged: false}", "{charged: true, rows: [{name: 卡}]}", "KEY-MISSING", "每本 10 元"),
        (ITEM, "{charged: false}", "{charged: true, rows: 10 元}", "NOT-A-LIST", "每本 10 元"),
        (ITEM, "        checked: true\n    formats", "    formats", "KEY-MISSING", "“checked”"),
        (ITEM, ", actor: 申请人", "", "KEY-MISSING", "actor: 窗口人员"),
        (ITEM, "department: 文化和旅游部门\n", "", "KEY-MISSING", "department: 民政部门"),
        (ITEM, "article: 第三十六条第二款", "article: 36", "NOT-TEXT", "例如 第三十七条"),
        (ITEM, REGIME, "regime: published_promise", "WRONG-FORM", "写成 published-promise"),
        (ITEM, REGIME, "regime: publish-promise", "REGIME-UNKNOWN", "想写“published-promise”"),
        (ITEM, REGIME, "regime: licensing", "REGIME-NOT-FOR-TYPE", "published-promise（公布的承诺）"),
        (ITEM, 'region: "510104"', "region: 锦江区", "REGION-UNKNOWN", '锦江区的代码是 "510104"'),
        (ITEM, 'region: "510104"', "region: 锦江", "REGION-UNKNOWN", '"510000"（四川省）'),
        (ITEM, REGIME, f"{REGIME}\neffective: {{from: 2026-02-30}}", "NOT-A-DAY", "没有 2026-02-30 这一天"),
        (ITEM, "phone: 028-00000000（样例）", "phone: #12345", "BLANK", "# 和它后面的算注释"),
        (ITEM, 'type, code: "20"', 'type, code: "22"', "CODE-UNKNOWN", '"20"（公共服务）'),
        (ITEM, "{value: 2, unit: workday}", "{value:2, unit: workday}", "KEY-UNKNOWN", "请写成 value: 2"),
        (ITEM, "kind: id-card", "kind: new-card", "MATERIAL-UNKNOWN", "new-card: {name: 名称, type: other}"),
        (ITEM, FORMATS, f"{WHEN_NO}{FORMATS}", "CONDITION-UNKNOWN-FIELD", "表单里的字段有：name、size"),
        (ELEMENTS, "garden-size:", "Garden_Size:", "CODE-FORM", "请写成 garden-size"),
        (FORM, "name: size", "name: Garden-Size", "WRONG-FORM", "请写成 garden_size"),
        (FORM, "equals: large", "equals: [small, large]", "CONDITION-UNREADABLE", "请用 in: [a, b]"),
        (FORM, "equals: large", "equal: large", "CONDITION-UNREADABLE", "“equal”是不是想写“equals”"),
        (FORM, "{field: size, equals: large}", "{or: []}", "CONDITION-UNREADABLE", "{not: {field: "),
        (FORM, "{field: size, equals: large}", "{any: {}}", "CONDITION-UNREADABLE", "例如 [{field: "),
        (GUIDE, "## 多少钱", "# 多少钱", "GUIDE-SECTION-MISSING", "这一行的“# 多少钱”"),
        (GUIDE, "## 多少钱", "## 收费标准", "GUIDE-SECTION-MISSING", "这一行的“## 收费标准”"),
        (GUIDE, "## 多久", "多久", "GUIDE-SECTION-MISSING", "六节是：能不能办、要带什么、多久、"),
    ],
)  # fmt: skip
def test_a_slip_is_told_by_what_was_meant(
    garden: Path, file: str, old: str, new: str, code: str, instead: str
) -> None:
    said = told(garden, file, old, new)
    assert [one for one in said if f": {code}: " in one and instead in one], said


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("{charged: false}", "{charged: true, rows: [{name: 工本费}]}", "FEE-WITHOUT-LAW"),
        ("{charged: false}", "{charged: true, rows: 10 元}", "FEE-WITHOUT-LAW"),
        ("        checked: true\n    formats", "    formats", "MATERIAL-WITHOUT-LAW"),
        ('type, code: "20"', 'type, code: "22"', "BASIC-CODE-TYPE"),
    ],
)
def test_no_second_fault_is_told_of_one_slip(garden: Path, old: str, new: str, lost: str) -> None:
    said = told(garden, ITEM, old, new)
    assert said
    assert [one for one in said if lost in one] == []


def test_the_fee_that_the_tutorial_shows_is_one(garden: Path) -> None:
    tutorial = (PACKS.parent / "docs/tutorial.md").read_text("utf-8")
    fee = only(re.findall(r"^```yaml\n(fee:\n.*?)^```$", tutorial, re.DOTALL | re.MULTILINE))
    assert told(garden, ITEM, "fee: {charged: false}\n", fee) == []


@pytest.mark.parametrize("file", [ELEMENTS, FORM])
def test_of_what_a_file_that_cannot_be_read_lacks_nothing_is_said(garden: Path, file: str) -> None:
    write(garden, ITEM, "\n    formats", f"{WHEN}\n    formats")
    assert checked(garden).faults == ()
    said = only(told(garden, file, ":", ":["))
    assert said.startswith(f"garden/{file}:1: YAML-SYNTAX: ")


def test_a_certificate_is_not_missed_in_a_form_that_cannot_be_read(garden: Path) -> None:
    write(garden, ITEM, "kind: certificate}", "kind: certificate, certificate: residence-permit}")
    said = only(told(garden, FORM, "steps:", "steps:["))
    assert ": YAML-SYNTAX: " in said


@pytest.mark.parametrize(("name", "meant"), [("element.yaml", ELEMENTS), ("Elements.yml", ELEMENTS)])
def test_a_shared_file_by_another_name_is_told_by_its_own(garden: Path, name: str, meant: str) -> None:
    (garden / meant).rename(garden / name)
    said = only([str(one) for one in checked(garden).faults if one.code == "FILE-NAME"])
    assert f"是不是想写 {meant}" in said


def test_what_lies_beside_a_file_of_the_right_name_is_left_alone(garden: Path) -> None:
    (garden / "elements.yaml.bak").write_text("", "utf-8")
    (garden / "notes").mkdir()
    assert checked(garden).faults == ()


@pytest.mark.parametrize(("name", "meant"), [("Item.yml", "item.yaml"), ("guide.MD", "guide.md")])
def test_a_file_of_an_item_by_another_name_is_told_by_its_own(garden: Path, name: str, meant: str) -> None:
    folder = garden / "items/library-card"
    (folder / meant).rename(folder / name)
    fault = only(checked(garden).faults)
    assert fault.code == "FILE-MISSING"
    assert f"这里有“{name}”，是它就改名为 {meant}" in fault.says
