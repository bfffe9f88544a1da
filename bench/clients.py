"""Who loads: applicants and officers by HTTP, and for the floors writers by prepared statements.

Imports nothing of the application, for every client process imports it and measures beside it.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench.load import KeptAlive, refuse_unless, request

NOBODY_WAITS = 204


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
        status, answer = self._line.ask(request("POST", "/api/v1/cases", self.token, body, more=key))
        refuse_unless(201, status, answer)
        return True


@dataclass(slots=True)
class Writer:
    """Writes cases by the statement of submit: copies of a recorded one with ids and files of their own."""

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


@dataclass(slots=True)
class Officer:
    """Serves one queue by HTTP: takes the next and, with `decides`, accepts and grants it, one act a deed.

    It takes `most` at most.
    """

    port: int
    token: str
    queue: str
    decides: bool = False
    most: int = 10**9
    _line: KeptAlive = field(init=False)
    _next: bytes = field(init=False)
    _held: dict[str, Any] | None = field(init=False, default=None)
    _accepted: bool = field(init=False, default=False)

    def wake(self) -> None:
        self._line = KeptAlive(self.port)
        self._next = request("POST", f"/api/v1/queues/{self.queue}/next", self.token)

    def once(self) -> bool:
        if self._held is None:
            return self._take()
        act, said = ("grant", {"text": "符合条件，准予许可。"}) if self._accepted else ("accept", {})
        body = json.dumps({"seen": self._held["version"]} | said).encode()
        path = f"/api/v1/cases/{self._held['number']}/{act}"
        status, answer = self._line.ask(request("POST", path, self.token, body))
        refuse_unless(200, status, answer)
        self._held = None if self._accepted else json.loads(answer)
        self._accepted = not self._accepted
        return True

    def _take(self) -> bool:
        if not self.most:
            return False
        self.most -= 1
        status, answer = self._line.ask(self._next)
        if status == NOBODY_WAITS:
            return False
        refuse_unless(200, status, answer)
        self._held = json.loads(answer) if self.decides else None
        return True


@dataclass(frozen=True, slots=True)
class Deeds:
    """One officer's taking, acceptance and grant as they were sent: statements, and the documents written."""

    lock: str
    first: str
    again: str
    record: str
    queue: str
    documents: tuple[str, ...]
    number: str
    tag: str
    position: int


@dataclass(slots=True)
class Clerk:
    """Does the same as an officer by prepared statements, each document a copy of a recorded one."""

    url: str
    deeds: Deeds
    decides: bool = False
    _connection: Any = field(init=False)
    _cursor: Any = field(init=False)
    _held: tuple[int, str, str, int] | None = field(init=False, default=None)
    _done: int = field(init=False, default=0)

    def wake(self) -> None:
        import psycopg

        self._connection = psycopg.connect(self.url)
        self._cursor = psycopg.RawCursor(self._connection)

    def once(self) -> bool:
        if self._held is None:
            [(_, _, _, _, head)] = self._ask(self.deeds.lock, self.deeds.queue)
            rows = self._ask(self.deeds.first, self.deeds.queue, head)
            if not rows:
                return False
            self._held, self._done = (rows[0][0], rows[0][1], rows[0][2], rows[0][18]), 0
        else:
            self._ask(self.deeds.again, self._held[1])
        self._ask(self.deeds.record, self._document(), self._held[0], [], b"")
        self._connection.commit()
        self._done += 1
        if not self.decides or self._done == len(self.deeds.documents):
            self._held = None
        return True

    def _ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return list(self._cursor.execute(sql, parameters, prepare=True).fetchall())

    def _document(self) -> str:
        assert self._held is not None
        deeds, (_, number, tag, position) = self.deeds, self._held
        fresh = deeds.documents[self._done].replace(deeds.number, number).replace(deeds.tag, tag)
        fresh = fresh.replace(f'"position":{deeds.position},', f'"position":{position},')
        return fresh.replace(f'"head":{deeds.position + 1}', f'"head":{position + 1}')


@dataclass(slots=True)
class Asker:
    """Asks by HTTP, one prepared request after the other."""

    port: int
    requests: tuple[bytes, ...]
    _line: KeptAlive = field(init=False)
    _nth: int = field(init=False, default=0)

    def wake(self) -> None:
        self._line = KeptAlive(self.port)

    def once(self) -> bool:
        self._nth += 1
        refuse_unless(200, *self._line.ask(self.requests[self._nth % len(self.requests)]))
        return True


@dataclass(slots=True)
class Reader:
    """Sends the statements of an answer as they were recorded."""

    url: str
    sent: tuple[tuple[str, tuple[Any, ...]], ...]
    _cursor: Any = field(init=False)

    def wake(self) -> None:
        import psycopg

        self._cursor = psycopg.RawCursor(psycopg.connect(self.url, autocommit=True))

    def once(self) -> bool:
        for sql, parameters in self.sent:
            self._cursor.execute(sql, parameters, prepare=True)
        return True
