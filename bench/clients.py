"""Who loads: applicants and officers by HTTP, and for the floors writers by prepared statements.

Imports nothing of the application, for every client process imports it and measures beside it.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench.load import KeptAlive, refuse_unless, request


@dataclass(slots=True)
class Applicant:
    """Submits by HTTP: one body, whose `places` are filled with three handles that nobody used."""

    port: int
    token: str
    body: bytes
    places: tuple[bytes, ...]
    handles: list[bytes]
    _line: KeptAlive = field(init=False)

    def wake(self) -> None:
        self._line = KeptAlive(self.port)

    def once(self) -> bool:
        if len(self.handles) < len(self.places):
            return False
        body = self.body
        for place in self.places:
            body = body.replace(place, self.handles.pop())
        key = f"Idempotency-Key: {secrets.token_hex(16)}\r\n"
        status, answer = self._line.ask(request("POST", "/cases", self.token, body, more=key))
        refuse_unless(201, status, answer)
        return True


@dataclass(slots=True)
class Writer:
    """Writes cases by the statement of submit, each a copy of a recorded one under an id, tag and files of its own."""

    url: str
    sql: str
    parameters: tuple[Any, ...]
    files: list[UUID]
    _cursor: Any = field(init=False)
    _next: int = field(init=False)
    _number: str = field(init=False)
    _tag: str = field(init=False)

    def wake(self) -> None:
        import psycopg

        row = json.loads(self.parameters[0])["row"]
        self._number, self._tag = row["number"], row["tag"]
        # Far beyond what the sequence gives in a benchmark.
        self._next = secrets.randbits(32) * 2**20 + 2**53
        self._cursor = psycopg.RawCursor(psycopg.connect(self.url, autocommit=True))

    def once(self) -> bool:
        document, _, digest, receipt, case, wrapped, files, owner = self.parameters
        if len(self.files) < len(files):
            return False
        self._next += 1
        number, mine = f"floor-{self._next}", [self.files.pop() for _ in files]
        fresh = document.replace(self._number, number).replace(self._tag, secrets.token_hex(16))
        fresh = fresh.replace(f'"id":{case},', f'"id":{self._next},', 1)
        for old, new in zip(files, mine, strict=True):
            fresh = fresh.replace(str(old), str(new))
        told = receipt.replace(self._number, number)
        given = (fresh, secrets.token_bytes(32), digest, told, self._next, wrapped, mine, owner)
        [(_, _, is_fresh, _)] = self._cursor.execute(self.sql, given, prepare=True).fetchall()
        if not is_fresh:
            raise RuntimeError("the floor wrote nothing")
        return True
