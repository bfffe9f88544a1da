"""`python -m bench [NAME…] [--seconds N]`: one JSON line a benchmark, with its ratio to a floor of that run.

Each runs in a process of its own, one after the other; the exit code tells how many failed.
"""

import argparse
import importlib
import subprocess
import sys

from bench.installation import installation

TIMED = ("submit", "take", "lists", "certificates")
"""Over HTTP, on an installation of its own; `--seconds` says how long each is loaded."""

SHORT = ("clock", "tlog", "seal", "papers", "past")


def main() -> None:
    """Run the named ones, or all."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*SHORT, *TIMED, []], metavar="NAME")
    parser.add_argument("--seconds", type=float, default=60.0, help="of load (default %(default)s)")
    args = parser.parse_args()
    if len(args.names) == 1:
        _run(args.names[0], args.seconds)
    else:
        names = args.names or (*SHORT, *TIMED)
        sys.exit(sum(not _succeeds(name, args.seconds) for name in names))


def _succeeds(name: str, seconds: float) -> bool:
    command = [sys.executable, "-m", "bench", name, "--seconds", str(seconds)]
    return subprocess.run(command, check=False).returncode == 0


def _run(name: str, seconds: float) -> None:
    if name in SHORT:
        importlib.import_module(f"bench.{name}").main()
        return
    # First the installation: the others import the application, which must be awake.
    with installation() as house:
        importlib.import_module(f"bench.{name}").main(house, seconds)


if __name__ == "__main__":
    main()
