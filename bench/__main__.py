"""`python -m bench [NAME…] [--seconds N] [--data FOLDER]`: one JSON line a benchmark.

Each with its ratio to a floor of that run, in a process of its own, one after the other; the exit code tells
how many failed.
"""

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

from bench.installation import installation

TIMED = ("submit", "joint", "take", "lists", "leader", "certificates", "desk", "rules", "steps")
"""Over HTTP, on an installation of its own; `--seconds` says how long each is loaded."""

SHORT = ("clock", "flows", "tlog", "seal", "papers", "past", "pages", "search")


def main() -> None:
    """Run the named ones, or all."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*SHORT, *TIMED, []], metavar="NAME")
    parser.add_argument("--seconds", type=float, default=60.0, help="of load (default %(default)s)")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="of items and judged wishes, for search")
    args = parser.parse_args()
    if len(args.names) == 1:
        _run(args.names[0], args.seconds, args.data)
    else:
        names = args.names or (*SHORT, *TIMED)
        sys.exit(sum(not _succeeds(name, args.seconds, args.data) for name in names))


def _succeeds(name: str, seconds: float, data: Path | None) -> bool:
    command = [sys.executable, "-m", "bench", name, "--seconds", str(seconds)]
    command += ["--data", str(data)] if data else []
    return subprocess.run(command, check=False).returncode == 0


def _run(name: str, seconds: float, data: Path | None) -> None:
    if name == "search":
        importlib.import_module("bench.search").main(data)
        return
    if name in SHORT:
        importlib.import_module(f"bench.{name}").main()
        return
    # First the installation: the others import the application, which must be awake.
    with installation() as house:
        importlib.import_module(f"bench.{name}").main(house, seconds)


if __name__ == "__main__":
    main()
