"""Logs: one JSON line an entry to stderr, and in none of them a word that somebody typed.

What an exception says may hold what somebody typed (a database names the value it refused), so of every
exception only its type, the places it passed and the database's own codes are written.
"""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog

_QUIET = ("django.request", "django.server")


def configure() -> None:
    """Let structlog and the standard library write alike. Called once in a process."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    handler = _ToStderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # The site writes its own line for each fault; Django's would hold the address with all that is in it.
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _ToStderr(logging.Handler):
    """Writes to the stderr of the moment, as structlog does: whoever turns it elsewhere keeps every line."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr, flush=True)


def without_words(logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the exception of an entry by what may be written of it."""
    given = entry.pop("exc_info", None)
    error = sys.exception() if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        entry["error"] = [_named(each) for each in _chain(error)]
        entry["where"] = [
            f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__, limit=-12)
        ]
    return entry


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _ in range(5):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _named(error: BaseException) -> str:
    """The type, and for the database's errors its code and the constraint that refused."""
    kind = type(error)
    said = [f"{kind.__module__}.{kind.__qualname__}", getattr(error, "sqlstate", None)]
    said.append(getattr(getattr(error, "diag", None), "constraint_name", None))
    return " ".join(each for each in said if each)
