"""Items that follow a drawing: named, there, right for this very item; with every fault where it stands."""

from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from tongban.engine.flow import Life
from tongban.engine.flow.tests.drawn import bpmn
from tongban.engine.packs import Checked, check

ROOT = Path(__file__).resolve().parents[5] / "packs"
ITEM = "public-place-hygiene-licence"
SOUND = "a user actor=窗口 limit=1; b user actor=经办人 limit=2; start > a; a > b; b > end"


LIFE = Life(
    first="submitted",
    table={
        "submitted": {"accept": "accepted"},
        "accepted": {"grant": "granted"},
        "granted": {"revoke": "revoked"},
        "revoked": {},
    },
    ends=frozenset({"granted", "revoked"}),
    accepts=frozenset({"accept"}),
    decides=frozenset({"grant"}),
    revokes=frozenset({"revoke"}),
)
DECIDED = "a user actor=窗口 limit=0 act=accept; b user actor=经办人 limit=0 act=grant; start > a; a > b; "
REVOKED = DECIDED + "c user actor=经办人 limit=1 act=revoke; b > c; c > end"
CHECKED_LATER = DECIDED + "c user actor=经办人 limit=1; b > c; c > end"
NO_LAW, BY_RULE = "old-age-allowance", "no-criminal-record"
"""An item whose law knows no revocation, and one that a rule decides."""


def checked(
    folder: Path, drawn: str | bytes = SOUND, *, like: str = ITEM, life: Life | None = None, **process: Any
) -> Checked:
    """The item with this drawing, in a packs folder of its own; a key that is None is left out."""
    item = folder / "items" / like
    copytree(ROOT / "items" / like, item)
    told = yaml.safe_load((item / "item.yaml").read_text("utf-8"))
    told["process"] = {"drawn": "own"}
    told = {key: value for key, value in (told | process).items() if value is not None}
    (item / "item.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    (folder / "flows").mkdir()
    (folder / "flows" / "own.bpmn").write_bytes(drawn if isinstance(drawn, bytes) else bpmn(drawn))
    return check([item], installed=ROOT, on=date(2026, 3, 9), life=life)


def codes(found: Checked) -> list[str]:
    """What is wrong, as codes."""
    return [fault.code for fault in found.faults]


def test_the_steps_of_the_guide_are_read_off_the_drawing(tmp_path: Path) -> None:
    found = checked(tmp_path, process={"drawn": "own", "takes": {"b": {"value": 5, "unit": "workday"}}})
    assert found.faults == ()
    assert found.documents[0]["item"]["flow"] == [
        {"name": "a", "actor": "窗口", "takes": {"value": 1, "unit": "workday"}},
        {"name": "b", "actor": "经办人", "takes": {"value": 5, "unit": "workday"}},
    ]


THERE = {"body": "11510104MB9000023Q", "name": "锦江区公安分局（样例）", "region": "510100"}
ITSELF = {"body": "11510104MB900004XB", "name": "锦江区卫生健康局（样例）", "region": "510104"}
"""The office of the item."""
TRAFFIC = {"traffic": [THERE]}


@pytest.mark.parametrize(
    ("drawn", "asks", "codes_found"),
    [
        ("traffic user actor=公安 limit=3", TRAFFIC, []),
        ("traffic user actor=公安 limit=3", {"other": [THERE]}, ["FLOW-CANNOT-ASK"]),
        ("traffic user actor=公安 limit=3 outcome=行+不行", TRAFFIC, ["FLOW-CANNOT-ASK"]),
        ("traffic user actor=公安 limit=11", TRAFFIC, ["FLOW-ANSWER-DAYS"]),
        ("traffic user actor=公安 limit=3+day", TRAFFIC, ["FLOW-ANSWER-DAYS"]),
        (
            "traffic user actor=公安 limit=3",
            {"traffic": [THERE | {"region": "510105"}]},
            ["FLOW-NOBODY-TO-ASK"],
        ),
        (
            "traffic user actor=公安 limit=3",
            {"traffic": [THERE, ITSELF]},
            ["FLOW-ASKS-ITSELF"],
        ),
        ("traffic user actor=公安 limit=3", {"traffic": [ITSELF | {"region": "510000"}, THERE]}, []),
        (
            "traffic user actor=公安 limit=3",
            {"traffic": [THERE | {"body": "11510104MB9000023X"}]},
            ["OFFICE-CODE-WRONG"],
        ),
        (
            "traffic user actor=公安 limit=3",
            {"traffic": [THERE | {"name": "别的名字"}]},
            ["OFFICE-NAME-DIFFERS"],
        ),
    ],
)
def test_whoever_is_asked_can_be_and_has_so_many_days(
    tmp_path: Path, drawn: str, asks: dict[str, Any], codes_found: list[str]
) -> None:
    flow = f"{drawn}; start > traffic; traffic > end"
    assert codes(checked(tmp_path, flow, process={"drawn": "own", "asks": asks})) == codes_found


@pytest.mark.parametrize(
    ("process", "code"),
    [
        ({"process": None}, "FLOW-MISSING"),
        ({"flow": [{"name": "看", "actor": "窗口"}]}, "FLOW-TWICE"),
        ({"process": {"drawn": "nowhere"}}, "FLOW-UNKNOWN"),
        (
            {"process": {"drawn": "own", "takes": {"c": {"value": 1, "unit": "workday"}}}},
            "FLOW-TASK-UNKNOWN",
        ),
    ],
)
def test_what_names_no_drawing_or_two_is_told(tmp_path: Path, process: dict[str, Any], code: str) -> None:
    assert codes(checked(tmp_path, **process)) == [code]


LOOK = "a service actor=经办人 limit=1; start > a; a > end"
HOUSEHOLD = {"register": "population", "asks": "household", "purpose": "核对户口所在地"}


@pytest.mark.parametrize(
    ("looks", "codes_found"),
    [
        ({"a": HOUSEHOLD}, []),
        ({"a": HOUSEHOLD, "b": dict(HOUSEHOLD)}, ["FLOW-TASK-UNKNOWN"]),
        ({"a": HOUSEHOLD | {"register": "stars"}}, ["REGISTER-UNKNOWN"]),
        ({"a": HOUSEHOLD | {"asks": "shoe_size"}}, ["REGISTER-QUESTION-UNKNOWN"]),
        ({}, ["FLOW-LOOKS-NOWHERE"]),
    ],
)
def test_a_service_task_asks_a_register_that_answers(
    tmp_path: Path, looks: dict[str, Any], codes_found: list[str]
) -> None:
    found = checked(tmp_path, LOOK, process={"drawn": "own", "looks": looks})
    assert codes(found) == codes_found
    if not codes_found:
        look = found.documents[0]["process"]["looks"]["a"]
        assert (look["question"], look["name"]) == ("户口登记在哪里", "人口基本信息（样例）")
        assert [one["slug"] for one in found.registers] == ["population"]


def test_a_register_at_fault_is_told_with_its_own_file_alone(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "population.yaml").write_text("name: 人口\n", "utf-8")
    found = checked(tmp_path, LOOK, process={"drawn": "own", "looks": {"a": HOUSEHOLD}})
    assert {Path(fault.file).name for fault in found.faults} == {"population.yaml"}


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ("a user limit=1; start > a; a > end", "FLOW-NO-ACTOR"),
        ("a user actor=甲 limit=1; start > a", "FLOW-NOTHING-OUT"),
        ("a send actor=平台; start > a; a > end", "FLOW-SAYS-NOTHING"),
        ("a service actor=经办人 limit=1; start > a; a > end", "FLOW-LOOKS-NOWHERE"),
        ("m message limit=1; start > m; m > end", "FLOW-NO-ACTOR"),
        (b"<html/>", "FLOW-BPMN"),
    ],
)
def test_a_drawing_that_may_not_run_is_told_by_its_own_line(
    tmp_path: Path, drawn: str | bytes, code: str
) -> None:
    found = checked(tmp_path, drawn)
    assert codes(found) == [code]
    assert found.faults[0].file.endswith("flows/own.bpmn")


def test_a_grant_is_revoked_only_where_the_law_of_the_item_knows_that(tmp_path: Path) -> None:
    assert checked(tmp_path / "licence", REVOKED, life=LIFE).faults == ()
    without = checked(tmp_path / "none", REVOKED, like=NO_LAW, life=LIFE, flow=None)
    assert codes(without) == ["FLOW-ACT-UNKNOWN"]


def test_what_a_rule_decides_leaves_nothing_to_do_to_officers_it_does_not_have(tmp_path: Path) -> None:
    assert checked(tmp_path / "officers", CHECKED_LATER, life=LIFE).faults == ()
    by_rule = checked(tmp_path / "rule", CHECKED_LATER, like=BY_RULE, life=LIFE, flow=None)
    assert codes(by_rule) == ["FLOW-BESIDE-RULE"]
    first = "c user actor=经办人 limit=1; start > c; " + DECIDED.replace("start > a", "c > a") + "b > end"
    before = checked(tmp_path / "before", first, like=BY_RULE, life=LIFE, flow=None)
    assert codes(before) == ["FLOW-BESIDE-RULE"]


@pytest.mark.parametrize(
    ("promise", "limit", "codes_found"),
    [
        ("10 day", "10+day", []),
        ("10 day", "11+day", ["FLOW-OVER-PROMISE"]),
        ("10 day", "1+workday", ["FLOW-OVER-PROMISE"]),
        ("1 month", "28+day", []),
        ("1 month", "29+day", ["FLOW-OVER-PROMISE"]),
    ],
)
def test_a_promise_in_natural_days_is_held_against_limits_in_natural_days(
    tmp_path: Path, promise: str, limit: str, codes_found: list[str]
) -> None:
    value, unit = promise.split()
    told = {"promise": {"value": int(value), "unit": unit}, "flow": None}
    drawn = DECIDED.replace("b user actor=经办人 limit=0", f"b user actor=经办人 limit={limit}") + "b > end"
    assert codes(checked(tmp_path, drawn, like=NO_LAW, life=LIFE, **told)) == codes_found


def test_nobody_is_asked_for_an_opinion_once_it_is_decided(tmp_path: Path) -> None:
    flow = DECIDED + "traffic user actor=公安 limit=3; b > traffic; traffic > end"
    found = checked(tmp_path, flow, life=LIFE, process={"drawn": "own", "asks": TRAFFIC})
    assert codes(found) == ["FLOW-ASKS-TOO-LATE"]
