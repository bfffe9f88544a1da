"""The frame of the command: finds the subcommand, runs it, and turns every failure into one line."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from tongban.cli.failure import Failure

# Each name is a module of this package (with _ for -) that has `add_to(subparsers)`.
COMMANDS = {
    "demo": "start everything: database, pages, worker and a demonstration city",
    "exercise": "let officers practise ten cases, on a database and a clock of their own",
    "exercise-data": "have the learners of an exercise and say who may sign in",
    "serve": "answer requests: the pages and the API",
    "worker": "seal the public log, let timers act, do the jobs",
    "migrate": "bring the database to this version, or check that no migration is missing",
    "check": "check settings and templates",
    "packs": "check and publish packs of services",
    "demo-data": "have everybody of the demonstration and say who may sign in",
    "demo-past": "live through the last half year of the demonstration",
    "catch-mail": "keep the mail of a demonstration to be looked at",
    "figures": "count all cases from their events",
    "administrator": "have one of the first two administrators, who then arrange everything on pages",
    "token": "make a bearer token for the API",
    "keys": "the key ring that seals what people hand in",
    "clock": "legal deadlines, without a database",
    "ledger": "check the public log from outside, without an installation",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line; the usage is a `--help` away."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message} (see: {self.prog} --help)")
        sys.exit(2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; return its exit code: 0 done, 1 failed, 2 asked wrongly, 130 interrupted."""
    given = sys.argv[1:] if argv is None else list(argv)
    try:
        args = _parser(given[0] if given else "").parse_args(given)
        return int(args.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`tongban … | head`): keep the interpreter from writing on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get("TONGBAN_DEBUG") == "1":
            raise
        complain(_sentence(error))
        return 1


def complain(line: str) -> None:
    """Write one line to standard error, under the command's name."""
    print(f"tongban: {line}", file=sys.stderr)


def _parser(wanted: str) -> Parser:
    """The parser with all names and, of the commands, only the wanted one imported."""
    parser = Parser(prog="tongban", description="通办 Tongban: one network for all of a city's services.")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    if wanted in COMMANDS:
        import_module(f"tongban.cli.{wanted.replace('-', '_')}").add_to(subparsers)
    else:
        for name, meaning in COMMANDS.items():
            subparsers.add_parser(name, help=meaning)
    return parser


def _sentence(error: Exception) -> str:
    """The failure in one line, for a person and not for a programmer."""
    from tongban.kernel.refusal import Refusal

    text = " ".join(str(error).split())
    if isinstance(error, Refusal):
        return f"{error.code}: {error.says}{error.do}"
    if _is_database_trouble(error):
        return f"the database does not answer: {text} (start one with `make demo`, or set DATABASE_URL)"
    if isinstance(error, Failure | OSError) or type(error).__name__ == "CommandError":
        return text
    return f"{type(error).__name__}: {text} (TONGBAN_DEBUG=1 shows where)"


def _is_database_trouble(error: Exception) -> bool:
    # Looked up, not imported: most commands never load a driver.
    loaded = [sys.modules[name] for name in ("psycopg", "django.db") if name in sys.modules]
    return isinstance(error, tuple(module.OperationalError for module in loaded))


if __name__ == "__main__":
    sys.exit(main())
