"""Rules that decide: our own pass, and each breach is refused at its line, cell by cell."""

from pathlib import Path

import pytest

from tongban.engine.packs import PackFault, texts_of
from tongban.engine.packs.tests.copies import PACKS, checked, copy_to
from tongban.engine.sheets import Table, written

FUND = "items/housing-fund-certificate/item.yaml"
WORK = "items/flexible-employment/item.yaml"
TABLE = "items/flexible-employment/decision.csv"
TESTS = "items/flexible-employment/decision-tests.csv"


def spoiled(tmp_path: Path, file: str, old: str, new: str) -> Path:
    packs = copy_to(tmp_path)
    text = (packs / file).read_text("utf-8")
    assert text.count(old) >= 1
    (packs / file).write_text(text.replace(old, new, 1), "utf-8")
    return packs


def faults_of(packs: Path, file: str, code: str) -> list[PackFault]:
    """The faults of this code in this file, its item checked alone."""
    found = checked((packs / file).parent).faults
    return [fault for fault in found if (fault.file, fault.code) == (str(packs / file), code)]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FUND, "register: housing-fund", "register: no-such", "REGISTER-UNKNOWN"),
        (FUND, "asks: deposits", "asks: something", "REGISTER-QUESTION-UNKNOWN"),
        (FUND, ", purpose: 出具住房公积金缴存证明", "", "RULE-SOURCE-WRONG"),
        (FUND, "fund.paid_until]", "fund.paid_until, fund.where]", "RULE-PRINTS-UNKNOWN"),
        (
            FUND,
            "prints: [fund.state, fund.employer,",
            "prints: [fund.state,",
            "CERTIFICATE-ELEMENT-NOT-ASKED",
        ),
        (FUND, "value: 2, unit: hour", "value: 2, unit: day", "NOT-A-KNOWN-WORD"),
        (WORK, "kind: instant\npromise: {value: 0", "kind: promised\npromise: {value: 1", "RULE-NOT-INSTANT"),
        (WORK, "years_since: person.born", "years_since: insurance.state", "RULE-SOURCE-WRONG"),
        (
            WORK,
            "    age:",
            "    card: {certificate: no, purpose: 看看}\n    age:",
            "CERTIFICATE-UNKNOWN",
        ),
    ],
)
def test_each_breach_of_a_rule_is_refused_at_its_line(
    tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    found = faults_of(spoiled(tmp_path, file, old, new), file, code)
    assert [fault.line > 1 for fault in found] == [True]


def test_a_source_that_serves_for_nothing_is_refused(tmp_path: Path) -> None:
    needless = "    fund: {register: housing-fund, asks: deposits, purpose: 看看}\n    age:"
    packs = spoiled(tmp_path, WORK, "    age:", needless)
    assert len(faults_of(packs, WORK, "RULE-ASKS-NEEDLESSLY")) == 1


def test_a_table_that_would_refuse_somebody_is_refused(tmp_path: Path) -> None:
    packs = spoiled(tmp_path, TABLE, "grant | pass", "grant | refuse | pass")
    assert [fault.line for fault in faults_of(packs, TABLE, "RULE-REFUSES")] == [1]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line", "cell"),
    [
        (TABLE, "first,", "collect,", "RULE-COLLECTS", 1, "A1"),
        (TABLE, "then decision:", "then answer:", "RULE-OUTPUT", 1, "D1"),
        (TABLE, ",grant,", ",pass,", "RULE-NEVER-GRANTS", 1, ""),
        (TABLE, "if age: whole", "if years: whole", "RULE-FACT-UNKNOWN", 1, "B1"),
        (TABLE, "if age: whole", "if age: whole?", "RULE-FACT-TYPE", 1, "B1"),
        (TABLE, "none | pension", "none | pension | other", "RULE-FACT-TYPE", 1, "C1"),
        (TABLE, "3,-,employer", "3,-,employed", "CELL-NO-SUCH-CHOICE", 4, "C4"),
        (TABLE, "4,-,flexible", "4,> 16,flexible", "TABLE-GAP", 5, ""),
        (TABLE, "2,-,pension", "2,< 14,pension", "ROW-UNREACHABLE", 3, ""),
        (TESTS, "15,none,1", "15,none,4", "TEST-FAILS", 2, ""),
        (TESTS, "退休以后又去打零工的人,61,pension,2\n", "", "ROW-UNTESTED", 1, ""),
    ],
)
def test_a_fault_of_a_table_is_named_by_line_and_cell(
    tmp_path: Path, file: str, old: str, new: str, code: str, line: int, cell: str
) -> None:
    found = faults_of(spoiled(tmp_path, file, old, new), file, code)
    assert [fault.line for fault in found] == [line]
    assert found[0].says.startswith(cell)


def test_a_rule_without_its_table_or_tests_is_refused(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    (packs / TABLE).unlink()
    (packs / TESTS).unlink()
    found = checked((packs / TABLE).parent).faults
    assert [fault.code for fault in found] == ["FILE-MISSING"] * 2


def test_a_table_that_no_rule_belongs_to_is_refused(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    stray = packs / "items/residence-permit/decision.csv"
    stray.write_bytes((packs / TABLE).read_bytes())
    found = checked(stray.parent).faults
    assert [(fault.file, fault.code) for fault in found] == [(str(stray), "RULE-MISSING")]


def test_a_workbook_serves_as_well(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    for file, sheet in ((TABLE, "规则"), (TESTS, "测试")):
        rows = [line.split(",") for line in (packs / file).read_text("utf-8").splitlines()]
        (packs / file).with_suffix(".xlsx").write_bytes(written([Table(sheet, rows[0], rows[1:])]))
        (packs / file).unlink()
    result = checked(packs / "items/flexible-employment")
    assert result.faults == ()
    [by_csv] = checked(PACKS / "items/flexible-employment").documents
    assert result.documents[0]["rule"] == by_csv["rule"]


def test_an_item_carries_its_rule_and_nothing_that_a_register_says_of_people() -> None:
    documents = {document["slug"]: document for document in checked(PACKS).documents}
    rule = documents["housing-fund-certificate"]["rule"]
    assert rule["facts"]["fund"]["name"] == "住房公积金缴存登记（样例）"
    assert rule["facts"]["fund"]["answer"]["steps"][0]["fields"][0]["name"] == "state"
    assert rule["table"][1][:3] == ["1", "paying", "grant"]
    assert len(rule["digest"]) == 64
    assert "510104199001019013" not in repr(documents)
    assert "rule" not in documents["residence-permit"]


def test_reasons_laws_and_tests_are_texts_to_be_translated() -> None:
    texts = {text for text, file in texts_of(PACKS) if file.startswith("items/flexible-employment/decision")}
    assert "登记簿上在领养老金的，由工作人员核对。" in texts
    assert "就业促进法第四十三条第二款" in texts
    assert "十五岁的人" in texts
    assert not {"grant", "first", "15"} & texts
