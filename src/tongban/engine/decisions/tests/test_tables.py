"""Decision tables: what a file may say, where a fault stands, what a table comes to."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from tongban.engine.decisions import check, decide, read, table_of, trials_from, trials_of
from tongban.engine.decisions.coverage import MOST_LOOKS, _Ways
from tongban.engine.expressions import ExpressionFailed
from tongban.engine.sheets import Table as Sheet
from tongban.engine.sheets import written

FUND = """\
first,if fund.state: paying|closed|none,if fund.months: whole?,if since: day,then decision: grant|pass,reason
1,paying,>= 6,< 2026-01-01,grant,正常缴存满半年
2,paying | closed,[1..6),-,grant,缴过几个月
3,closed,null,[2020-01-01..2025-12-31],pass,封存了，要核对
4,-,-,-,pass,其余的转给工作人员
"""
TESTS = """\
test,fund.state,fund.months,since,row
缴满半年,paying,7,2025-12-31,1
刚缴,closed,5,2026-01-01,2
没有月数,closed,,2025-12-31,3
没有账户,none,null,2020-01-01,4
"""


def table(text: str = FUND) -> Any:
    found, _, faults = read(text.encode())
    assert faults == []
    return found


def faults(text: str) -> list[tuple[str, str]]:
    found, _, wrong = read(text.encode())
    assert (found is None) is bool(wrong)
    return [(fault.cell, fault.code) for fault in wrong]


def with_cell(old: str, new: str) -> str:
    assert FUND.count(old) == 1
    return FUND.replace(old, new)


def facts(state: str, months: int | None, since: str) -> dict[str, Any]:
    return {"fund": {"state": state, "months": months}, "since": since}


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (facts("paying", 6, "2025-12-31"), 1),
        (facts("paying", 6, "2026-01-01"), 4),
        (facts("paying", 5, "2026-01-01"), 2),
        (facts("closed", 5, "2026-01-01"), 2),
        (facts("closed", None, "2020-01-01"), 3),
        (facts("closed", None, "2026-01-01"), 4),
        (facts("none", 1, "2020-01-01"), 4),
    ],
)
def test_the_first_row_that_hits_is_the_answer(given: dict[str, Any], row: int) -> None:
    decided = decide(table(), given)
    assert decided.row == row
    assert decided.outputs == ({"decision": "grant" if row < 3 else "pass"},)


def test_a_table_without_gaps_and_idle_rows_has_no_fault() -> None:
    assert check(table()) == []


def test_collect_gives_every_row_that_hits() -> None:
    both = table("collect,if a: whole,then b: text,reason\n1,> 1,x,一\n2,> 2,y,二\n3,-,z,三\n")
    assert decide(both, {"a": 3}).rows == (1, 2, 3)
    assert [one["b"] for one in decide(both, {"a": 2}).outputs] == ["x", "z"]
    assert check(both) == []


def test_a_row_says_why_and_by_which_law() -> None:
    rows = table(
        "first,if a: whole,then b: whole,law,reason\n1,> 1,1,某条例第一条,多的\n2,-,2,,其余的\n"
    ).rows
    assert [(row.reason, row.law) for row in rows] == [("多的", "某条例第一条"), ("其余的", "")]


def test_facts_of_another_type_decide_nothing() -> None:
    with pytest.raises(ExpressionFailed):
        decide(table(), facts("gone", 6, "2025-12-31"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("1:1", "TABLE-EMPTY")]),
        (with_cell("first,", "any,"), [("A1", "POLICY-UNKNOWN")]),
        (with_cell("if since: day", "since"), [("D1", "COLUMN-UNKNOWN")]),
        (with_cell("if since: day", "if since: date"), [("D1", "TYPE-UNKNOWN")]),
        (with_cell("if since: day", "if since: a | a"), [("D1", "TYPE-UNKNOWN")]),
        (with_cell("if since: day", "if fund: day"), [("D1", "COLUMN-TWICE")]),
        (with_cell("if since: day", "if fund.state: day"), [("D1", "COLUMN-TWICE")]),
        (with_cell(",reason", ",law"), [("1:1", "COLUMN-MISSING")]),
        ("first,if a: whole,reason\n1,-,x\n", [("1:1", "COLUMN-MISSING")]),
        ("first,then a: whole,reason\n1,1,x\n", [("1:1", "COLUMN-MISSING")]),
        ("first,if a: whole,then b: whole,reason\n", [("1:1", "TABLE-WITHOUT-ROWS")]),
        (with_cell("3,closed", "4,closed"), [("A4", "ROW-NUMBER")]),
        (with_cell("3,closed,null", "3,closd,null"), [("B4", "CELL-NO-SUCH-CHOICE")]),
        (with_cell("3,closed,null", "3,closed | closed,null"), [("B4", "CELL-TWICE")]),
        (with_cell("3,closed,null", "3,> closed,null"), [("B4", "CELL-NOT-ORDERED")]),
        (with_cell("3,closed,null", "3,null,null"), [("B4", "CELL-NEVER-NOTHING")]),
        (with_cell("3,closed,null", "3,,null"), [("B4", "CELL-EMPTY")]),
        (with_cell("[1..6)", "[6..1)"), [("C3", "CELL-RANGE-EMPTY")]),
        (with_cell("[1..6)", "[1..1)"), [("C3", "CELL-RANGE-EMPTY")]),
        (with_cell("[1..6)", "[1..六)"), [("C3", "CELL-TYPE")]),
        (with_cell("[1..6)", "1.5"), [("C3", "CELL-TYPE")]),
        (with_cell("[1..6)", ">= 1234567890123456"), [("C3", "CELL-TYPE")]),
        (with_cell("< 2026-01-01", "< 2026-02-30"), [("D2", "CELL-TYPE")]),
        (with_cell("grant,缴过几个月", "refuse,缴过几个月"), [("E3", "CELL-NO-SUCH-CHOICE")]),
        (with_cell("grant,缴过几个月", ",缴过几个月"), [("E3", "CELL-EMPTY")]),
        (with_cell("grant,缴过几个月", "grant,"), [("F3", "REASON-MISSING")]),
        (with_cell("缴过几个月", '"缴过"几个月'), [("3:3", "CSV-SYNTAX")]),
        (with_cell("缴过几个月", "缴过几个月,多出来的"), [("G3", "ROW-TOO-LONG")]),
        (f"first,{','.join(f'if a{one}: whole' for one in range(30))}\n", [("1:1", "TABLE-TOO-LARGE")]),
    ],
)
def test_a_fault_is_named_by_its_cell(text: str, found: list[tuple[str, str]]) -> None:
    assert faults(text) == found


def test_every_fault_is_named_at_once() -> None:
    text = FUND.replace("2,paying | closed,[1..6)", "2,paid,[1..x)").replace("4,-,-,-", "4,-,-,")
    assert faults(text) == [("B3", "CELL-NO-SUCH-CHOICE"), ("C3", "CELL-TYPE"), ("D5", "CELL-EMPTY")]


def test_what_is_no_text_is_refused() -> None:
    assert [fault.code for fault in read("规则".encode("gbk"))[2]] == ["NOT-UTF8"]
    assert [fault.code for fault in read(b"x" * 1_000_001)[2]] == ["FILE-TOO-LARGE"]
    assert [fault.code for fault in read(b"PK\x03\x04broken")[2]] == ["SHEET-UNREADABLE"]


def test_a_cell_over_several_lines_keeps_the_lines_of_what_follows() -> None:
    _, grid, _ = read(FUND.replace("正常缴存满半年", '"正常缴存\n满半年"').encode())
    assert [grid.line(row) for row in (1, 2, 3, 4)] == [1, 2, 4, 5]


def as_workbook(text: str, name: str = "规则") -> bytes:
    rows = [line.split(",") for line in text.splitlines()]
    return written([Sheet(name, rows[0], rows[1:])])


def test_a_workbook_says_the_same_as_its_csv() -> None:
    from_sheet = read(as_workbook(FUND))[0]
    assert from_sheet is not None
    assert from_sheet == table()
    assert from_sheet.digest == table().digest
    assert trials_of(as_workbook(TESTS, "测试"), table())[2] == []


def test_what_a_spreadsheet_made_of_the_words_is_read_as_they_were_meant() -> None:
    workbook = Workbook()
    workbook.active.title = "规则"
    workbook.active.append(
        ["unique", "if a: day", "if b: boolean", "if c: number", "then d: whole", "reason"]
    )
    workbook.active.append([1, date(2026, 1, 31), True, 1.5, 3.0, "一"])
    workbook.active.append([2, datetime(2026, 2, 1), False, 7, 4, "二"])  # noqa: DTZ001
    content = BytesIO()
    workbook.save(content)
    found, _, wrong = read(content.getvalue())
    assert wrong == []
    assert found is not None
    assert decide(found, {"a": "2026-01-31", "b": True, "c": "1.50"}).outputs == ({"d": 3},)
    assert decide(found, {"a": "2026-02-01", "b": False, "c": 7}).row == 2


def test_a_formula_decides_nothing() -> None:
    workbook = Workbook()
    workbook.active.title = "规则"
    workbook.active.append(["first", "if a: whole", "then d: whole", "reason"])
    workbook.active.append(["1", "=1+1", "3", "一"])
    content = BytesIO()
    workbook.save(content)
    assert [(one.cell, one.code) for one in read(content.getvalue())[2]] == [("B2", "SHEET-UNREADABLE")]
    assert [one.code for one in read(content.getvalue(), sheet="别的")[2]] == ["SHEET-UNREADABLE"]


def test_what_was_published_is_read_again_and_is_the_same() -> None:
    again = table_of([list(row) for row in table().grid])
    assert again == table()
    with pytest.raises(ValueError, match="A1 POLICY-UNKNOWN"):
        table_of([["x", "if a: whole", "then b: whole", "reason"], ["1", "-", "1", "一"]])


def test_another_word_is_another_version() -> None:
    assert table(with_cell("缴过几个月", "缴过几个月了")).digest != table().digest


@pytest.mark.parametrize(
    ("text", "row", "code", "says"),
    [
        (with_cell("4,-,-,-", "4,none,-,-"), 5, "TABLE-GAP", "fund.state 是 paying"),
        (with_cell("4,-,-,-", "4,-,> 0,-"), 5, "TABLE-GAP", "fund.months 是 -1"),
        (with_cell("4,-,-,-", "4,-,-,>= 2026-01-01"), 5, "TABLE-GAP", "since 是 2019-12-31"),
        (with_cell("2,paying | closed,[1..6)", "2,paying,>= 7"), 3, "ROW-UNREACHABLE", "第 2 条"),
        (with_cell("first,", "unique,"), 5, "TABLE-OVERLAP", "第 1 条和第 4 条"),
    ],
)
def test_gaps_overlaps_and_idle_rows_are_named_with_an_example(
    text: str, row: int, code: str, says: str
) -> None:
    if code == "ROW-UNREACHABLE":
        text = text.replace(",< 2026-01-01,", ",-,")
    found = check(table(text))
    assert (row, code) in [(fault.row, fault.code) for fault in found]
    assert says in "".join(fault.says for fault in found)


def test_stretches_between_days_and_whole_numbers_are_no_gaps() -> None:
    head = "unique,if a: {},then b: whole,reason\n"
    days = head.format("day") + "1,<= 2026-01-31,1,一\n2,>= 2026-02-01,2,二\n"
    assert check(table(days)) == []
    whole = head.format("whole") + "1,<= 1,1,一\n2,>= 2,2,二\n"
    assert check(table(whole)) == []
    [gap] = check(table(whole.replace("whole,then", "number,then")))
    assert gap.code == "TABLE-GAP" and "1.5" in gap.says


def test_a_text_that_nobody_named_is_a_gap() -> None:
    [gap] = check(table("unique,if a: text,then b: whole,reason\n1,甲,1,一\n2,乙,2,二\n"))
    assert "别的文字" in gap.says


def test_a_table_with_too_many_ways_is_refused_and_not_guessed_at() -> None:
    names = [f"if a{one}: whole" for one in range(20)]
    rows = [
        f"{number},{','.join('1' if one == at else '-' for one in range(20))},1,一"
        for number, at in enumerate(range(20), start=1)
    ]
    text = f"first,{','.join(names)},then b: whole,reason\n" + "\n".join(rows)
    assert [fault.code for fault in check(table(text))] == ["TABLE-TOO-LARGE"]


def test_what_is_too_large_is_known_before_it_is_looked_at() -> None:
    names = ",".join(f"if a{one}: number" for one in range(10))
    # Every cell of a column names another number, so that each cuts it into two pieces more.
    lines = [
        f"{row},{','.join(f'> {(row * 7 + column * 31) % 100}' for column in range(10))},1,一"
        for row in range(1, 101)
    ]
    ways = _Ways(table(f"first,{names},then b: whole,reason\n" + "\n".join(lines)))
    ways.go()
    assert (ways.too_many, ways.ends) == (True, {})
    assert ways.looks <= MOST_LOOKS


UNKNOWN = [("D1", "TEST-COLUMN-UNKNOWN"), ("1:1", "TEST-COLUMN-MISSING")]


def trial_faults(text: str) -> list[tuple[str, str]]:
    return [(fault.cell, fault.code) for fault in trials_of(text.encode(), table())[2]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TESTS, []),
        (TESTS.replace("刚缴,closed,5,2026-01-01,2", "刚缴,closed,5,2026-01-01,1"), [("3:3", "TEST-FAILS")]),
        (TESTS.replace("没有月数,closed,,2025-12-31,3\n", ""), [("1:1", "ROW-UNTESTED")]),
        (TESTS.replace("没有月数,", ","), [("A4", "TEST-NAME-MISSING")]),
        (TESTS.replace("2020-01-01,4", "2020-01-01,5"), [("E5", "TEST-ROW")]),
        (TESTS.replace("2020-01-01,4", "2020-01-01,第四"), [("E5", "TEST-ROW")]),
        (TESTS.replace("没有账户,none", "没有账户,gone"), [("B5", "CELL-NO-SUCH-CHOICE")]),
        (TESTS.replace("没有账户,none", "没有账户,"), [("B5", "CELL-EMPTY")]),
        (
            TESTS.replace("since,row", "until,row"),
            UNKNOWN,
        ),
        ("", [("1:1", "TABLE-EMPTY")]),
    ],
)
def test_a_table_is_judged_by_its_own_tests(text: str, found: list[tuple[str, str]]) -> None:
    assert trial_faults(text) == found


def test_published_tests_are_run_again() -> None:
    trials, grid, _ = trials_of(TESTS.encode(), table())
    assert trials_from([list(row) for row in grid.rows], table()) == trials
    assert all(trial.passes for trial in trials)
    assert trials[2].given == ("closed", "", "2025-12-31")
