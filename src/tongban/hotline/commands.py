"""What changes: a call is asked for, a number opened, a call recorded, what is over deleted."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.hotline import rules
from tongban.hotline.models import Call, CallBack, found_by
from tongban.hotline.rules import Outcome as Outcome
from tongban.hotline.rules import Stage
from tongban.kernel.access import Deed, Viewer, allow
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode
from tongban.kernel.keys import new_key, open_, ring, seal
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

HERE = "tongban.hotline"


@dataclass(frozen=True, slots=True, repr=False)
class Asking:
    """What somebody tells who wants to be called; `about` is the code of an item or a guide, or empty."""

    phone: str
    called: str
    what: str
    about: str
    region: RegionCode
    hours: str


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What they are told: the code word that the caller will say, and by when."""

    word: str
    due: date


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A request with its number open. `seen`: how often was tried until now."""

    id: UUID
    phone: str
    called: str
    what: str
    word: str
    about_name: str
    hours: str
    asked_at: datetime
    due: date
    seen: int


def ask(key: UUID, asking: Asking, *, address: str, at: datetime) -> Asked:
    """Take down that somebody wants to be called. The same `key` again gives the first answer.

    Refused for a number or an address that asked too often within a day.
    """
    phone = ring().content_digest(f"call-back phone {asking.phone}".encode())
    origin = ring().content_digest(f"call-back address {address}".encode())
    with transaction.atomic():
        run("select pg_advisory_xact_lock(hashtextextended($1::text, 0))", (phone.hex(),))
        before = CallBack.objects.filter(id=key, phone=phone).first()
        if before is not None:
            return Asked(_sealed_in(before)["word"], before.due)
        [(of_phone, from_address)] = run(load(HERE, "asked"), (phone, origin, at - rules.WITHIN))
        rules.refuse_too_many(of_phone, from_address)
        return _written(key, asking, phone, origin, at)


def _written(key: UUID, asking: Asking, phone: bytes, origin: bytes, at: datetime) -> Asked:
    word = f"{secrets.choice(rules.WORDS)} {secrets.randbelow(1000):03d} {secrets.randbelow(1000):03d}"
    name, body = _about(asking)
    own, told = new_key(), {**asdict(asking), "word": word}
    row = CallBack(
        id=key,
        asked_at=at,
        due=rules.promised(legal_day(at), calendar_in_force()),
        about=asking.about if name else "",
        about_name=name,
        body=body,
        region=asking.region,
        hours=asking.hours,
        found_by=found_by(asking.phone, word),
        phone=phone,
        address=origin,
        wrapped=ring().wrap(own, _about_key(key)),
        sealed=seal(own, json.dumps(told).encode(), _about_key(key)),
        stage=Stage.WAITING,
    )
    row.save(force_insert=True)
    return Asked(word, row.due)


def _about(asking: Asking) -> tuple[str, BodyCode | None]:
    """What it is about by its name, and the office of the region that runs it; nothing for no code."""
    code = ItemCode(asking.about)
    item = next((one for one in catalogue.items() if one.slug == code), None)
    office = item.office_in(asking.region) if item else None
    return catalogue.name_of(code), office.body if office else None


def _about_key(key: UUID) -> bytes:
    return b"hotline/call-back/" + key.bytes


def _sealed_in(row: CallBack) -> dict[str, str]:
    key = ring().unwrap(bytes(row.wrapped), _about_key(row.id))
    told: dict[str, str] = json.loads(open_(key, bytes(row.sealed), _about_key(row.id)))
    return told


def open_number(key: UUID, *, by: Viewer, at: datetime) -> Opened:
    """Show an officer the number, and record the look first; its owner reads who looked."""
    with transaction.atomic():
        row = _of_officer(key, by)
        _recorded(row, by, at, None)
        told = _sealed_in(row)
        return Opened(
            row.id,
            told["phone"],
            told["called"],
            told["what"],
            told["word"],
            row.about_name,
            row.hours,
            row.asked_at,
            row.due,
            row.tries,
        )


def record_call(key: UUID, outcome: Outcome, *, seen: int, by: Viewer, at: datetime) -> Stage:
    """Record what came of a call; refused where somebody else called since `seen` tries."""
    with transaction.atomic():
        row = _of_officer(key, by)
        row.stage = rules.after(_request(row), outcome, seen)
        row.tries += 1
        row.ended_at = None if row.stage is Stage.WAITING else at
        row.save(update_fields=["stage", "tries", "ended_at"])
        _recorded(row, by, at, outcome)
        return Stage(row.stage)


def withdraw(phone: str, word: str, *, at: datetime) -> None:
    """Want no call any more; nothing where there is none that waits."""
    waiting = CallBack.objects.filter(found_by=found_by(phone, word), stage=Stage.WAITING)
    waiting.update(stage=Stage.WITHDRAWN, ended_at=at)


def expire(at: datetime) -> int:
    """Delete what is over long enough; how many."""
    ended, asked = rules.expired(at)
    return len(run(load(HERE, "expire"), (ended, asked)))


def _of_officer(key: UUID, by: Viewer) -> CallBack:
    """The row under its lock, for an officer who may answer it."""
    row = CallBack.objects.select_for_update().filter(id=key).first()
    if row is None:
        raise Refusal(
            "hotline.unknown",
            says="没有这个回电登记，可能已经到期删除。",
            do="请回到名单。",
            status=404,
        )
    allow(by, Deed.ANSWER_CALL, _request(row).thing)
    return row


def _request(row: CallBack) -> rules.Request:
    body = BodyCode(row.body) if row.body else None
    return rules.Request(RegionCode(row.region), body, Stage(row.stage), row.tries)


def _recorded(row: CallBack, by: Viewer, at: datetime, outcome: Outcome | None) -> None:
    assert by.officer is not None, "whom the access function lets in is an officer"
    officer = by.officer
    Call.objects.create(call_back=row, at=at, officer=officer.id, body=officer.body, outcome=outcome)


KEY_TABLES: Final = (
    KeyTable(
        "calls",
        "hotline_callback",
        {"id": "uuid"},
        "wrapped",
        lambda key: _about_key(UUID(key)),
    ),
)
"""The keys of requests for a call."""
