"""What newcomers get wrong, and what they are told: what is wrong, where, and what to write instead."""

import subprocess
import sys
from pathlib import Path

import pytest

from tongban.engine.packs.schemas import FILES
from tongban.engine.packs.shape import Shape
from tongban.engine.packs.tests.copies import PACKS, checked
from tongban.engine.packs.tests.newcomers import ELEMENTS, FORM, GUIDE, ITEM, only, told
from tongban.engine.packs.tree import tree_of


def test_the_newcomers_folder_has_no_fault(garden: Path) -> None:
    assert checked(garden).faults == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "code", "instead"),
    [
        (ELEMENTS, "kind: choice", "kind: select", 3, "NOT-A-KNOWN-WORD", "choice（从选项里选一个）"),
        (ELEMENTS, "  options: {small: 小的, large: 大的}\n", "", 1, "OPTIONS-MISSING", "“花箱大小”"),
        (ELEMENTS, "{small: 小的, large: 大的}", "[小的]", 7, "NOT-A-MAPPING", "“options”"),
        (ELEMENTS, "  source: 社区自定\n", "", 1, "KEY-MISSING", "“garden-size”缺少“source”"),
        (ELEMENTS, "personal: false", "personal: no", 4, "NOT-TRUE-FALSE", "“personal”只能写 true 或 false"),
        (FORM, "equals: large", "equals: 大的", 7, "CONDITION-NEVER-TRUE", "small（小的）、large（大的）"),
        (FORM, "equals: large", "is: large", 7, "CONDITION-UNREADABLE", "{field: kind, equals: personal}"),
        (FORM, "field: size", "field: garden-size", 7, "CONDITION-UNKNOWN-FIELD", "前面问过的有：name、size"),
        (FORM, "garden-size", "garden_size", 6, "WRONG-FORM", "小写字母、数字和短横线"),
        (FORM, "name: size", "name: Size", 6, "WRONG-FORM", "小写字母、数字和下划线"),
        (FORM, "garden-size", "gardn-size", 6, "ELEMENT-UNKNOWN", "是不是想写“garden-size”"),
        (FORM, "garden-size", "tree", 6, "ELEMENT-UNKNOWN", "garden/elements.yaml 里写一行 tree: {name: "),
        (FORM, "garden-size", "tree", 6, "ELEMENT-UNKNOWN", f"、{PACKS}/elements.yaml"),
        (FORM, "employer-name", "person-name", 7, "ELEMENT-TWICE", "另定义一个数据元"),
        (FORM, ", why: 好安排", "", 7, "PERSONAL-WITHOUT-WHY", "例如 why: "),
        (FORM, "required: false", "limits: {max: 9}", 7, "LIMIT-UNKNOWN", "可用：min_length、max_length"),
        (FORM, "name: note", "name: size", 7, "FIELD-TWICE", "“size”"),
        (ITEM, "promise: {value: 2, unit: workday}", "promise: 2 天", 20, "NOT-A-MAPPING", "{value: 5, "),
        (ITEM, "promise: {value: 2, unit: workday}\n", "", 1, "KEY-MISSING", "promise: {value: 5, unit: "),
        (ITEM, "MB9000098F", "MB9000098A", 47, "OFFICE-CODE-WRONG", "写成 11510104MB9000098F"),
        (ITEM, "MB9000098F", "MB9000098", 47, "OFFICE-CODE-WRONG", "写成 11510104MB9000098F"),
        (ITEM, "11510104MB9000098F", "社区", 47, "OFFICE-CODE-WRONG", "例如 11510104MB9000099J"),
        (ITEM, "MB9000098F", "mb9000098f", 47, "OFFICE-CODE-WRONG", "请写成 11510104MB9000098F"),
        (ITEM, 'region: "510104"', "region: 510104", 49, "NOT-TEXT", '写成 "510104"'),
        (ITEM, 'region: "510104"', 'region: "510199"', 49, "REGION-UNKNOWN", '"510199": '),
        (ITEM, '"512012900000"', '"51201290000"', 4, "BASIC-CODE-FORM", "现在是 11 位"),
        (ITEM, "regime: published-promise", "regime: promise", 12, "REGIME-UNKNOWN", "published-promise（"),
        (ITEM, 'level, code: "4"', 'level, code: "7"', 10, "CODE-UNKNOWN", '"4"（县级）'),
        (ITEM, "materials:\n", "material:\n", 32, "KEY-UNKNOWN", "是不是想写“materials”"),
        (ITEM, "kind: id-card", "kind: idcard", 33, "MATERIAL-UNKNOWN", "是不是想写“id-card”"),
        (ITEM, "visits: 0", "visits: 0 次", 29, "NOT-WHOLE", "“visits”要写 0 到 9 的整数"),
        (ITEM, "words: [借书证, 图书证, 办图书馆卡]", "words: 借书证", 3, "NOT-A-LIST", "以“- ”开头"),
        (ITEM, "name: 公", "name： 公", 1, "YAML-SYNTAX", "中文冒号"),
        (ITEM, "sample: true", "\tsample: true", 2, "YAML-SYNTAX", "制表符"),
        (ITEM, "takes: {value: 1,", "takes: {value: 5,", 23, "FLOW-LONGER-THAN-PROMISE", "加起来是 5"),
        (GUIDE, "## 多少钱", "### 多少钱", 10, "GUIDE-SECTION-MISSING", "{{fee}}"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is_with_what_to_write_instead(
    garden: Path, file: str, old: str, new: str, where: int, code: str, instead: str
) -> None:
    assert [
        said
        for said in told(garden, file, old, new)
        if said.startswith(f"garden/{file}:{where}: {code}: ") and instead in said
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: choice", "kind: select", "NOT-A-KNOWN-WORD"),
        ("  options: {small: 小的, large: 大的}\n", "", "OPTIONS-MISSING"),
        ("{small: 小的, large: 大的}", "[小的, 大的]", "NOT-A-MAPPING"),
        ("  personal: false\n", "", "KEY-MISSING"),
    ],
)
def test_a_faulty_element_is_told_once_and_there(garden: Path, old: str, new: str, code: str) -> None:
    said = only(told(garden, ELEMENTS, old, new))
    assert said.startswith("garden/elements.yaml:")
    assert f": {code}: " in said


def test_a_faulty_question_is_told_once_though_conditions_and_materials_speak_of_it(garden: Path) -> None:
    item = garden / ITEM
    text = item.read_text("utf-8")
    item.write_text(
        text.replace("    formats:", "    when: {field: size, equals: small}\n    formats:"), "utf-8"
    )
    said = only(told(garden, FORM, "element: garden-size", "element: tree"))
    assert ": ELEMENT-UNKNOWN: " in said


def test_missing_keys_are_told_in_the_order_in_which_they_are_written(garden: Path) -> None:
    (garden / ITEM).write_text("name: 读者证\n", "utf-8")
    script = (
        "import sys; from pathlib import Path;"
        "from tongban.engine.packs.tests.copies import checked;"
        "print([one.says for one in checked(Path(sys.argv[1])).faults])"
    )
    command = [sys.executable, "-c", script, str(garden)]
    orders = {
        subprocess.run(
            command,
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(orders) == 1


@pytest.mark.parametrize("shape", [shape for _, shape in FILES.values()], ids=list(FILES))
def test_what_a_shape_shows_as_a_sample_fits_it(shape: Shape) -> None:
    tree = tree_of("sample.yaml", shape.sample().encode())
    assert tree.faults == []
    assert list(shape.misfits(tree.data, ())) == []
