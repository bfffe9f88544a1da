"""Closed-loop load from processes of its own: each client asks again as soon as it is answered.

A client is cheap on purpose, for it runs on the cores it measures: a raw socket, bytes made before, and of
the answer only status and length are read. This module imports the standard library alone, since every
client process imports it.
"""

import socket
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Protocol

WARM_UP_SECONDS = 2.0
MARGIN = 20
"""A percentile is told only where so many observations lie beyond it; else it is the noise of a few."""


class Client(Protocol):
    """Someone who does one thing again and again; made here, carried to its process, woken there."""

    def wake(self) -> None:
        """Connect."""

    def once(self) -> bool:
        """Do it once; False when nothing is left to do. Raises where it failed."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients met: when each deed ended (seconds from the start) and how long it took (seconds)."""

    ends: list[float]
    took: list[float]
    errors: list[str]

    @property
    def seconds(self) -> float:
        return max(self.ends, default=0.0)

    @property
    def rate(self) -> float:
        """Deeds a second."""
        return len(self.ends) / self.seconds if self.ends else 0.0

    def between(self, start: float, end: float) -> float:
        """Deeds a second within a part of the time."""
        return sum(start <= at < end for at in self.ends) / (end - start)

    def milliseconds(self, share: float) -> float:
        """The time that this share of the deeds took at most."""
        return round(percentile(self.took, share) * 1e3, 1)

    def figures(self) -> dict[str, float]:
        """Rate and percentiles, as they are printed."""
        return {
            "per_second": round(self.rate),
            "p50_ms": self.milliseconds(0.5),
            "p95_ms": self.milliseconds(0.95),
            "p99_ms": self.milliseconds(0.99),
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def together(clients: Sequence[Client], seconds: float, *, warm_up: float = WARM_UP_SECONDS) -> Load:
    """Let every client loop in a process of its own, all beginning at once; a failure of any is an error.

    What happens in the first `warm_up` seconds is done and not counted.
    """
    spawn = get_context("spawn")
    barrier = spawn.Barrier(len(clients))
    pipes, processes = [], []
    for client in clients:
        ours, theirs = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_loop, args=(client, warm_up, seconds, barrier, theirs), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    ends: list[float] = []
    took: list[float] = []
    errors: list[str] = []
    for pipe in pipes:
        error, their_ends, their_took = pipe.recv()
        ends += array("d", their_ends)
        took += array("d", their_took)
        errors += [error] if error else []
    for process in processes:
        process.join()
    if errors:
        raise RuntimeError(f"{len(errors)} of {len(clients)} clients failed; one of them: {errors[0]}")
    return Load(ends, took, errors)


def _loop(client: Client, warm_up: float, seconds: float, barrier: Barrier, told: Connection) -> None:
    ends, took, error = array("d"), array("d"), ""
    try:
        client.wake()
        barrier.wait(120)
        start = time.monotonic() + warm_up
        begun, more = time.monotonic(), True
        while more and begun < start + seconds:
            more = client.once()
            ended = time.monotonic()
            if more and begun >= start:
                ends.append(ended - start)
                took.append(ended - begun)
            begun = ended
    except Exception as fault:
        error = f"{type(fault).__name__}: {fault}"
        barrier.abort()
    told.send((error, ends.tobytes(), took.tobytes()))


class KeptAlive:
    """One HTTP connection that is kept; asks with whole prepared requests."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        self._socket.sendall(request)
        answer = self._socket.recv(65536)
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        while len(answer) < end + 4 + length:
            answer += self._more()
        return int(answer[9:12]), answer[end + 4 :]

    def _more(self) -> bytes:
        more = self._socket.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        return more


def request(method: str, path: str, token: str, body: bytes = b"", *, more: str = "") -> bytes:
    """A whole request as bytes; `more` are further header lines, each with its end."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


def refuse_unless(wanted: int, status: int, body: bytes) -> None:
    """An answer that is not the wanted one ends the client that met it."""
    if status != wanted:
        raise RuntimeError(f"answered {status}: {body[:500].decode(errors='replace')}")


def timed(deed: Callable[[], object], times: int) -> list[float]:
    """Seconds of each of many doings, one after the other."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - begun)
    return taken
