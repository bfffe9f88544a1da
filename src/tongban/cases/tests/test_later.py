"""Materials that may follow: with a period, one that the promise holds, and a drawing that waits as long."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tongban.cases.rules.life import LIFE_OF_FLOWS
from tongban.engine.packs.tests.test_processes import ROOT, checked, codes

DRAWN = (ROOT / "flows" / "tolerant-acceptance.bpmn").read_bytes()
ITEM = "disability-certificate"
EXAMINE = {"examine": {"value": 7, "unit": "workday"}}


def required() -> list[dict[str, Any]]:
    """The materials of the item, none of which may follow."""
    told = yaml.safe_load((ROOT / "items" / ITEM / "item.yaml").read_bytes())
    return [
        one | {"need": "required" if one["need"] == "later" else one["need"]} for one in told["materials"]
    ]


def six() -> dict[str, Any]:
    """Six working days, written anew each time: a pack knows no aliases."""
    return {"value": 6, "unit": "workday"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"later_within": None}, "LATER-WITHOUT-PERIOD"),
        ({"later_within": {"value": 11, "unit": "workday"}}, "LATER-OVER-PROMISE"),
        ({"materials": required()}, "LATER-OF-NOTHING"),
    ],
)
def test_each_breach_is_told(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    assert code in codes(checked(tmp_path, DRAWN, like=ITEM, life=LIFE_OF_FLOWS, **changes))


def test_a_drawing_waits_as_long_as_the_item_says(tmp_path: Path) -> None:
    process = {"drawn": "own", "takes": EXAMINE}
    found = checked(tmp_path, DRAWN, like=ITEM, life=LIFE_OF_FLOWS, process=process, later_within=six())
    assert codes(found) == ["FLOW-LATER", "FLOW-LATER"]


def test_task_and_timer_can_be_given_another_length(tmp_path: Path) -> None:
    process = {"drawn": "own", "takes": EXAMINE | {"supply": six(), "over": six()}}
    found = checked(tmp_path, DRAWN, like=ITEM, life=LIFE_OF_FLOWS, process=process, later_within=six())
    assert codes(found) == []
