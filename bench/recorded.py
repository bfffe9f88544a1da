"""What the application truly sends to the database: statements with their parameters, and round trips.

The floor of a benchmark is made of these very statements, so that both sides do the same work there.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import Client
from psycopg import RawCursor
from psycopg.pq import Trace

from tongban.kernel import sql

_TRIP = re.compile(rb"^F\s+\d+\s+(?:Sync|Query)\b", re.MULTILINE)
"""A message upon which libpq waits for the server."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement with the parameters it was sent with."""

    sql: str
    parameters: tuple[Any, ...]


@dataclass(slots=True)
class Wire:
    """What went over the wire: statements, and how often the application waited for the database."""

    statements: list[Sent] = field(default_factory=list)
    trips: int = 0

    def one(self, mark: str) -> Sent:
        """The one statement that holds these words."""
        [found] = [sent for sent in self.statements if mark in sent.sql]
        return found


@contextmanager
def recorded() -> Iterator[Wire]:
    """Record what this process sends by `kernel.sql`, and count every round trip of its connection."""
    wire = Wire()

    class Recording(RawCursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            wire.statements.append(Sent(str(query), tuple(params or ())))
            return super().execute(query, params, **how)

    connection.ensure_connection()
    line = connection.connection.pgconn
    with tempfile.TemporaryFile() as trace, patch.object(sql, "RawCursor", Recording):
        line.trace(trace.fileno())
        line.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield wire
        finally:
            line.untrace()
            trace.seek(0)
            wire.trips = len(_TRIP.findall(trace.read()))


class Program:
    """Someone with a token who asks the site within this process."""

    def __init__(self, token: str) -> None:
        self._client, self._headers = Client(), {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        """The JSON that is answered."""
        return self._good(self._client.get(f"/api/v1{path}", headers=self._headers))

    def post(self, path: str, body: Any = None) -> Any:
        """The JSON that is answered."""
        address = f"/api/v1{path}"
        return self._good(
            self._client.post(address, body, content_type="application/json", headers=self._headers)
        )

    def _good(self, answer: Any) -> Any:
        if answer.status_code >= 300:
            raise RuntimeError(f"answered {answer.status_code}: {answer.content.decode()}")
        return answer.json()
