"""Flows of a packs folder: drawn in BPMN under `flows/`, read and told of by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongban.engine.flow import BadFlow, Net, parse
from tongban.engine.packs.faults import PackFault


@dataclass(frozen=True, slots=True)
class Process:
    """A flow as it was found: its file, its bytes, and the net that they draw."""

    file: str
    drawn: bytes
    net: Net


def processes_of(roots: Sequence[Path]) -> tuple[dict[str, Process | None], list[PackFault]]:
    """The flows of these packs folders by name, nearest first, None for one at fault; and every fault."""
    found: dict[str, Process | None] = {}
    faults: list[PackFault] = []
    for file in [file for root in roots for file in sorted((root / "flows").glob("*.bpmn"))]:
        try:
            drawn = file.read_bytes()
            process = Process(str(file), drawn, parse(drawn))
        except OSError:
            faults.append(PackFault(str(file), 1, "FILE-UNREADABLE", "这个文件读不出来。请核对权限。"))
            process = None
        except BadFlow as bad:
            faults += [PackFault(str(file), one.line, f"FLOW-{one.code}", one.says) for one in bad.faults]
            process = None
        found.setdefault(file.stem, process)
    return found, faults
