"""An intermediary's service is demanded only where a law of sufficient rank demands it."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import checked, copy_to
from tongban.engine.packs.tests.test_check import found, spoil

PLACE = "items/public-place-hygiene-licence/item.yaml"
TOLD = "intermediary: {demanded: false, terms: 检测要多少钱、要几天，由机构公布。}"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def demanded(rank: str, law: str, source: str) -> str:
    """The key that demands the service, by a law of this rank."""
    cited = f"{{law: {law}, article: 第一条, sense: 样例, source: {source}, checked: false}}"
    return f"intermediary: {{demanded: true, terms: 费用由机构公布, rank: {rank}, law: {cited}}}"


def codes(packs: Path) -> list[str]:
    return [code for file, _, code in found(packs) if file == PLACE]


def test_what_a_trade_makes_says_whether_the_trade_must_be_asked(packs: Path) -> None:
    line = spoil(packs, PLACE, f"    {TOLD}\n", "")
    kind = next(one for one in checked(packs).faults if one.code == "INTERMEDIARY-UNTOLD")
    assert kind.line < line
    assert "卫生检测机构" in kind.says
    assert "demanded: false" in kind.says


@pytest.mark.parametrize(
    "key",
    [
        "intermediary: {demanded: true, terms: 费用由机构公布}",
        demanded("law", "公共场所卫生管理条例实施细则", "卫生部令第80号"),
        demanded("regulation", "公共场所卫生管理条例实施细则", "卫生部令第80号"),
        demanded("decision", "某市关于加强检测的通知", "某市人民政府"),
        demanded("law", "某法", "样例").replace("true", "false", 1),
    ],
)
def test_no_rule_below_a_law_a_regulation_or_a_decision_demands_one(packs: Path, key: str) -> None:
    spoil(packs, PLACE, TOLD, key)
    assert codes(packs) == ["INTERMEDIARY-WITHOUT-LAW"]


@pytest.mark.parametrize(
    "key",
    [
        demanded("law", "某某法", "2021年文本"),
        demanded("regulation", "某某条例", "2021年文本"),
        demanded("regulation", "某某办法", "国务院令第1号"),
        demanded("decision", "国务院关于某事的决定", "国发〔2000〕1号"),
    ],
)
def test_a_law_a_regulation_or_a_decision_of_the_state_council_may_demand_one(packs: Path, key: str) -> None:
    spoil(packs, PLACE, TOLD, key)
    assert codes(packs) == []


def test_what_no_trade_makes_needs_no_intermediary(packs: Path) -> None:
    spoil(packs, PLACE, "  - kind: hygiene-rules\n", f"  - kind: hygiene-rules\n    {TOLD}\n")
    assert codes(packs) == ["INTERMEDIARY-OF-NOBODY"]
