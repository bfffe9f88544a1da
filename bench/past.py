"""Living through the demonstration's past: what a case costs, beside bare round trips to the database."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.recorded import recorded
from tongban.cli.installation import packs_folder, wake_installation
from tongban.cli.postgres import Server

CASES = 600
TRIPS = 2_000


def main() -> None:
    """Print one line."""
    with tempfile.TemporaryDirectory(prefix="tongban-past-") as folder:
        place = Path(folder)
        place.chmod(0o711)  # The account of the database passes through.
        var = place / "var"
        with Server(var / "postgres") as server:
            os.environ |= {"TONGBAN_VAR": str(var), "TONGBAN_DEMO": "1", "DATABASE_URL": server.url}
            for step in (["migrate"], ["packs", "load", str(packs_folder())]):
                command = [sys.executable, "-m", "tongban.cli", *step]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            wake_installation()
            _tell(*_lived())


def _lived() -> tuple[float, int, float]:
    """Seconds to live through it, round trips to the database meanwhile, and seconds of a bare one."""
    from tongban.demo.api import live, populate
    from tongban.kernel.clock import now
    from tongban.kernel.sql import run

    populate(now())
    with recorded() as wire:
        begun = perf_counter()
        for _ in live(now(), cases=CASES):
            pass
        took = perf_counter() - begun
    bare = []
    for _ in range(TRIPS):
        asked = perf_counter()
        run("select 1")
        bare.append(perf_counter() - asked)
    return took, wire.trips, median(bare)


def _tell(took: float, trips: int, bare: float) -> None:
    figures = {
        "cases": CASES,
        "ms_per_case": round(took / CASES * 1e3, 1),
        "round_trips_per_case": round(trips / CASES, 1),
        "ratio": round(trips * bare / took, 3),
    }
    print(json.dumps({"bench": "demo.past", **figures}))


if __name__ == "__main__":
    main()
