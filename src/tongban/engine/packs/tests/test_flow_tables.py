"""Decision tables of flows: there, over what the form asks, whole, and ending their task with a word."""

from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from tongban.engine.flow.tests.drawn import bpmn
from tongban.engine.packs import Checked, check
from tongban.engine.packs.texts import texts_of

ROOT = Path(__file__).resolve().parents[5] / "packs"
ITEM = "food-operation-licence"
DRAWN = """
    a user actor=窗口 limit=1; r rule actor=平台 table=site-visit name=要不要上门看; g xor
    b user actor=经办人 limit=2; start > a; a > r; r > g
    g > b: outcome == '上门看'; g > end: outcome == '只看材料'; b > end2; end2 end"""
HEAD = "first,if form: catering | retail | canteen,if area: number,then outcome: 上门看 | 只看材料,reason"
TABLE = f"{HEAD}\n1,retail,<= 500,只看材料,只卖包装好的小店。\n2,-,-,上门看,其余的要看现场。\n"
TRIALS = "test,form,area,row\n小卖部,retail,60,1\n饭馆,catering,60,2\n"


def checked(
    folder: Path, table: str | None = TABLE, trials: str | None = TRIALS, drawn: str = DRAWN
) -> Checked:
    """The item with this drawing and these files beside it."""
    item = folder / "items" / ITEM
    copytree(ROOT / "items" / ITEM, item)
    told: dict[str, Any] = yaml.safe_load((item / "item.yaml").read_text("utf-8"))
    told = {key: value for key, value in told.items() if key != "flow"} | {"process": {"drawn": "own"}}
    (item / "item.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    for name, text in (("site-visit.csv", table), ("site-visit-tests.csv", trials)):
        if text is not None:
            (item / name).write_text(text, "utf-8")
    (folder / "flows").mkdir()
    (folder / "flows" / "own.bpmn").write_bytes(bpmn(drawn))
    return check([folder], installed=ROOT, on=date(2026, 3, 9))


def codes(found: Checked) -> list[str]:
    """What is wrong, as codes."""
    return [fault.code for fault in found.faults]


def test_a_table_is_published_with_its_flow_under_the_name_of_its_task(tmp_path: Path) -> None:
    found = checked(tmp_path)
    assert found.faults == ()
    published = found.documents[0]["process"]["tables"]["site-visit"]
    assert published["title"] == "要不要上门看"
    assert [row[0] for row in published["tests"]] == ["test", "小卖部", "饭馆"]
    assert published["digest"]


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("first,", "collect,", "FLOW-TABLE-COLLECTS"),
        ("then outcome", "then way", "FLOW-TABLE-OUTPUT"),
        ("then outcome: 上门看 | 只看材料", "then outcome: text", "FLOW-TABLE-OUTPUT"),
        ("if form:", "if colour:", "FLOW-TABLE-FACT-UNKNOWN"),
        ("if area: number", "if area: number?", "FLOW-TABLE-FACT-TYPE"),
        ("catering | retail | canteen", "catering | retail", "FLOW-TABLE-FACT-TYPE"),
    ],
)
def test_a_table_that_finds_no_way_is_told_with_its_cell(
    tmp_path: Path, was: str, becomes: str, code: str
) -> None:
    found = checked(tmp_path, TABLE.replace(was, becomes))
    assert code in codes(found)
    assert {Path(fault.file).name for fault in found.faults if fault.code == code} == {"site-visit.csv"}


def test_a_gap_is_named_before_any_case_falls_into_it(tmp_path: Path) -> None:
    assert "TABLE-GAP" in codes(checked(tmp_path, TABLE.replace("2,-,-", "2,catering,-")))


@pytest.mark.parametrize(("table", "trials"), [(None, TRIALS), (TABLE, None), (None, None)])
def test_a_table_and_its_tests_are_there(tmp_path: Path, table: str | None, trials: str | None) -> None:
    assert set(codes(checked(tmp_path, table, trials))) == {"FILE-MISSING"}


def test_a_test_that_comes_out_otherwise_is_a_fault(tmp_path: Path) -> None:
    found = checked(tmp_path, trials=TRIALS.replace("60,1", "60,2"))
    assert [Path(fault.file).name for fault in found.faults] == ["site-visit-tests.csv"]


@pytest.mark.parametrize("name", ["decision", "decision-tests", "../other"])
def test_a_table_has_a_name_of_its_own(tmp_path: Path, name: str) -> None:
    assert codes(checked(tmp_path, drawn=DRAWN.replace("site-visit", name))) == ["FLOW-TABLE-NAME"]


def test_a_word_that_the_table_may_say_has_a_way(tmp_path: Path) -> None:
    drawn = DRAWN.replace("; g > end: outcome == '只看材料'", "; g > end: outcome == '符合'").replace(
        "limit=2", "limit=2 outcome=符合"
    )
    assert codes(checked(tmp_path, drawn=drawn)) == ["FLOW-NO-WAY"]


def test_what_people_read_of_a_table_is_to_be_translated(tmp_path: Path) -> None:
    checked(tmp_path)
    told = {text for text, _ in texts_of(tmp_path)}
    assert {"要不要上门看", "只看材料", "只卖包装好的小店。", "小卖部"} <= told
