"""Those who use the house while it is struck: each keeps a durable note of every answer it got."""

import json
import os
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.survival.people import ITEM
from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, PDF

ANSWER_WITHIN = 20.0
PATIENCE = 120.0
AWAY = httpx.codes.SERVICE_UNAVAILABLE
STALE = httpx.codes.CONFLICT


@dataclass(slots=True)
class Day:
    """What all clients share: whether to begin anything new, how much was acknowledged, what must not be."""

    over: threading.Event = field(default_factory=threading.Event)
    strange: list[str] = field(default_factory=list)
    """Answers that no kill excuses."""
    unanswered: int = 0
    _acknowledged: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def acknowledge(self) -> None:
        with self._changed:
            self._acknowledged += 1
            self._changed.notify_all()

    def wait_for(self, more: int) -> bool:
        """Wait for so many more acknowledgements; False when they do not come, or something strange does."""
        with self._changed:
            goal = self._acknowledged + more
            self._changed.wait_for(lambda: self._acknowledged >= goal or self.strange, PATIENCE)
            return self._acknowledged >= goal and not self.strange

    def wonder(self, what: str) -> None:
        """Say that something must not be."""
        with self._changed:
            self.strange.append(what)
            self._changed.notify_all()


class Client(threading.Thread):
    """One program with a token of its own, which repeats itself until it is answered."""

    def __init__(self, name: str, url: str, token: str, day: Day, folder: Path) -> None:
        super().__init__(name=name, daemon=True)
        self.day, self.chance = day, random.Random(name)
        self.http = httpx.Client(
            base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=ANSWER_WITHIN
        )
        self._notes = (folder / f"{name}.jsonl").open("a", encoding="utf-8")
        self.path = Path(self._notes.name)

    def note(self, **what: Any) -> None:
        """Write down, so that not even a power cut of the client forgets it."""
        self._notes.write(json.dumps(what) + "\n")
        self._notes.flush()
        os.fsync(self._notes.fileno())

    def asked(self, method: str, path: str, *good: int, **said: Any) -> httpx.Response | None:
        """One answer, or None where there was none or the house said it is away; others are strange."""
        try:
            answer = self.http.request(method, path, **said)
        except httpx.TransportError:
            self.day.unanswered += 1
            return None
        if answer.status_code in good:
            return answer
        if answer.status_code != AWAY:
            self.day.wonder(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        elif "Retry-After" not in answer.headers:
            self.day.wonder(f"{method} {path}: away without saying until when")
        return None

    def insist(self, method: str, path: str, *good: int, **said: Any) -> httpx.Response:
        """Ask until answered."""
        for _ in self._patiently():
            if (answer := self.asked(method, path, *good, **said)) is not None:
                return answer
        raise TimeoutError(f"{method} {path}: no answer within {PATIENCE:.0f} s")

    def _patiently(self) -> Iterator[None]:
        pause, spent = threading.Event(), 0.0
        while spent < PATIENCE:
            yield
            wait = self.chance.uniform(0.05, 0.3)
            pause.wait(wait)
            spent += wait


class Applicant(Client):
    """Applies again and again; sometimes gives up unanswered, sometimes sends the same twice."""

    def __init__(self, name: str, url: str, token: str, day: Day, folder: Path, regions: list[str]) -> None:
        super().__init__(name, url, token, day, folder)
        self.regions = regions
        self.sent: dict[str, dict[str, Any]] = {}

    def run(self) -> None:
        while not self.day.over.is_set():
            key = f"{self.name}-{len(self.sent)}"
            self.sent[key] = self._application()
            self.note(sent=key)
            if self.chance.random() < 0.1:
                self._submit_once(key)
            else:
                self.submit(key)
            if self.chance.random() < 0.1:
                self.submit(key)

    def submit(self, key: str) -> dict[str, Any]:
        """Submit until acknowledged."""
        answer = self.insist("POST", "/cases", 201, 200, json=self.sent[key], headers=_keyed(key))
        return self._acknowledged(key, answer)

    def _submit_once(self, key: str) -> None:
        answer = self.asked("POST", "/cases", 201, 200, json=self.sent[key], headers=_keyed(key))
        if answer is not None:
            self._acknowledged(key, answer)

    def _acknowledged(self, key: str, answer: httpx.Response) -> dict[str, Any]:
        told = answer.json()
        self.note(key=key, number=told["number"], receipt=told["receipt"])
        self.day.acknowledge()
        return dict(told)

    def _application(self) -> dict[str, Any]:
        materials = [{"kind": kind, "file": self._stored(kind)} for kind in FOOD_MATERIALS]
        region = self.chance.choice(self.regions)
        return {"item": ITEM, "region": region, "answers": FOOD_ANSWERS, "materials": materials}

    def _stored(self, kind: str) -> str:
        file = {"file": (f"{kind}.pdf", PDF, "application/pdf")}
        return str(self.insist("POST", "/files", 201, files=file).json()["file"])


class Handler(Client):
    """Takes the next, and brings it to its end; sometimes gives it back, sometimes keeps it untouched."""

    ACTS: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("accept", "accepted", {}),
        ("grant", "granted", {"text": "材料齐全，符合条件。"}),
        ("deliver", "delivered", {"way": "online"}),
    )

    def __init__(self, name: str, url: str, token: str, day: Day, folder: Path, queue: str) -> None:
        super().__init__(name, url, token, day, folder)
        self.queue = queue

    def run(self) -> None:
        pause = threading.Event()
        while not self.day.over.is_set():
            # The queue is there with its first case, so that at first it may be unknown.
            taken = self.asked("POST", f"/queues/{self.queue}/next", 200, 204, 404)
            if taken is None or taken.status_code != httpx.codes.OK:
                pause.wait(0.2)
                continue
            told = taken.json()
            self._noted(told["number"], "taken", told["version"])
            self._handle(told["number"], told["version"])

    def _handle(self, number: str, version: int) -> None:
        luck = self.chance.random()
        if luck < 0.1:
            self._act(number, "release", "released", version)
        elif luck > 0.1 + 0.1:
            for act, kind, said in self.ACTS:
                version = self._act(number, act, kind, version, **said)

    def _act(self, number: str, act: str, kind: str, version: int, **said: Any) -> int:
        """Act until it is done; where the answer was lost, the story says whether it was."""
        path = f"/cases/{number}"
        while True:
            answer = self.insist("POST", f"{path}/{act}", 200, STALE, json={"seen": version} | said)
            if answer.status_code != STALE:
                done = int(answer.json()["version"])
                self._noted(number, kind, done)
                return done
            events = self.insist("GET", f"{path}/events", 200).json()["events"]
            since = [event["kind"] for event in events[version:]]
            if since[:1] != [kind]:
                self.day.wonder(f"{number}: {act} upon {version} found {since}")
                return version + len(since)
            return version + 1

    def _noted(self, number: str, kind: str, version: int) -> None:
        self.note(number=number, kind=kind, version=version)
        self.day.acknowledge()


def _keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}
