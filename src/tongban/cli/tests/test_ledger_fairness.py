"""`tongban ledger fairness`: overtakings are listed, and those without a reason are a fault."""

import json

from tongban.cli.tests.served_log import (
    FAULT,
    GOOD,
    LEAVES,
    City,
    leaf,
)


def test_a_fair_log_is_called_fair(city: City) -> None:
    city.log.add(*(leaf("taken", case) for case in range(300)))
    code, said = city.fairness()
    assert code == GOOD
    assert "queue q: 700 arrived, 300 taken, 400 waiting" in said
    assert "overtakings: 0 without reason, 0 with reason" in said


def test_overtakings_are_listed_and_only_those_without_reason_are_a_fault(city: City) -> None:
    city.log.add(leaf("taken", 6, reason="emergency"))
    code, said = city.fairness()
    assert code == GOOD
    assert f"leaf 700: case {6:032x} taken ahead of 6 waiting" in said
    city.log.add(leaf("taken", 1), leaf("taken", 1))
    code, said = city.fairness("--json")
    told = json.loads(said)
    assert (code, told["ok"], told["without_reason"], told["with_reason"]) == (FAULT, False, 2, 1)
    assert told["queues"]["q"] == {
        "arrived": 700,
        "taken": 3,
        "waiting": 698,
        "overtakings": [
            {
                "index": 700,
                "case": f"{6:032x}",
                "reason": "emergency",
                "passed": [f"{case:032x}" for case in range(5)],
                "passed_count": 6,
            },
            {"index": 701, "case": f"{1:032x}", "reason": None, "passed": [f"{0:032x}"], "passed_count": 1},
            {"index": 702, "case": f"{1:032x}", "reason": None, "passed": [f"{0:032x}"], "passed_count": 1},
        ],
    }
    assert told["faults"] == [f"leaf 702: case {1:032x} is taken after taken"]


def test_fairness_of_a_tampered_log_is_not_told(city: City) -> None:
    city.log.change("tile/entries/001", LEAVES[300], leaf("arrived", 9999))
    code, said = city.fairness("--json")
    assert (code, "queues" in json.loads(said)) == (FAULT, False)
