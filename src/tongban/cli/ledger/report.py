"""What a run has to say: short lines for people, one JSON object for programs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tongban.cli.ledger.memory import Keys
from tongban.engine.fairness import Fairness, Overtaking
from tongban.engine.tlog import Checkpoint
from tongban.engine.tlog.spelling import to_base64


class Report:
    """Lines and JSON of one run; a fault in it makes the exit code 1."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {"faults": []}
        self._lines: list[str] = []
        self._unfair = False

    @property
    def exit_code(self) -> int:
        return 1 if self.data["faults"] or self._unfair else 0

    def fault(self, says: str, evidence: Sequence[str] = ()) -> None:
        self.data["faults"].append(says)
        self._lines.append(f"FAULT: {says}")
        if evidence:
            self.data.setdefault("evidence", []).extend(evidence)

    def tell_pinned(self, keys: Keys, state: Path) -> None:
        self.data["pinned"] = [str(key) for key in keys.all]
        self._lines.append(f"first use: pinned the keys this address serves, in {state};")
        self._lines.append("compare them with a copy from elsewhere, or give those with --key:")
        self._lines += [f"  {key}" for key in keys.all]

    def tell_checkpoint(self, checkpoint: Checkpoint) -> None:
        root = to_base64(checkpoint.root)
        self.data |= {"origin": checkpoint.origin, "size": checkpoint.size, "root": root}
        self._lines.append(f"checkpoint: {checkpoint.origin}, {checkpoint.size} leaves, root {root}, signed")

    def tell_log_is_good(self, begun: int, size: int) -> None:
        self.data["checked"] = {"from": begun, "to": size}
        since = f" since the last check at {begun}" if begun else ""
        self._lines.append(f"log: {size - begun} entries{since}, their tiles and the root agree")

    def tell_receipt(
        self, path: Path, case: str | None, index: int | None, faults: list[str], evidence: Sequence[str] = ()
    ) -> None:
        self.data["receipts"].append({"file": str(path), "case": case, "index": index, "faults": faults})
        for says in faults:
            self.fault(f"receipt {path}: {says}", evidence)
        if not faults:
            self._lines.append(f"receipt {path}: case {case} arrived at index {index}")

    def tell_fairness(self, fairness: Fairness) -> None:
        self._unfair = not fairness.is_fair
        self.data |= {
            "queues": {
                name: {
                    "arrived": story.arrived,
                    "taken": story.taken,
                    "waiting": story.waiting,
                    "overtakings": [_as_json(one) for one in story.overtakings],
                }
                for name, story in fairness.queues.items()
            },
            "without_reason": fairness.without_reason,
            "with_reason": fairness.with_reason,
        }
        for fault in fairness.faults:
            self.fault(f"leaf {fault.index}: {fault.says}")
        for name, story in fairness.queues.items():
            self._lines.append(
                f"queue {name}: {story.arrived} arrived, {story.taken} taken, {story.waiting} waiting"
            )
            self._lines += [_as_line(one) for one in story.overtakings]
        self._lines.append(
            f"overtakings: {fairness.without_reason} without reason, {fairness.with_reason} with reason"
        )

    def print(self, *, as_json: bool) -> None:
        """Everything told, and last whether it is good."""
        if as_json:
            print(json.dumps({"ok": self.exit_code == 0} | self.data, ensure_ascii=False))
            return
        for line in self._lines:
            print(line)
        for text in self.data.get("evidence", []):
            print(f"--- {text}", end="")
        print("good" if self.exit_code == 0 else "NOT GOOD")


def _as_json(one: Overtaking) -> dict[str, Any]:
    return {
        "index": one.index,
        "case": one.case,
        "reason": one.reason,
        "passed": list(one.passed),
        "passed_count": one.passed_count,
    }


def _as_line(one: Overtaking) -> str:
    ground = f"with reason {one.reason}" if one.has_reason else "WITHOUT REASON"
    more = ", …" if one.passed_count > len(one.passed) else ""
    passed = f"{one.passed_count} waiting ({', '.join(one.passed)}{more})"
    return f"  leaf {one.index}: case {one.case} taken ahead of {passed}, {ground}"
