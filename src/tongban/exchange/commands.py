"""What changes in exchange: registers are published, and every asking is recorded before it is done."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
import structlog
from django.conf import settings
from django.db import transaction

from tongban.engine.calendar import legal_day
from tongban.engine.packs import Document, check
from tongban.exchange.rules import (
    ELSE,
    ROWS,
    Answer,
    Errand,
    NothingKnown,
    Question,
    Register,
    RegisterAway,
    Sample,
)
from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import new_key, open_, ring, seal
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

__all__ = [
    "KEY_TABLES",
    "Answer",
    "Errand",
    "NothingKnown",
    "Question",
    "Register",
    "RegisterAway",
    "ask",
    "publish",
    "supply",
]

log = structlog.get_logger(__name__)


class _Supplied:
    adapters: Mapping[str, Register] = {}


def supply(adapters: Mapping[str, Register]) -> None:
    """Say through what real registers are asked, by their slugs; every other one is a pack's sample."""
    _Supplied.adapters = adapters


def ask(question: Question, errand: Errand, *, at: datetime) -> Answer:
    """Ask a register about a person. RegisterAway, NothingKnown.

    The asking is recorded for good, in a transaction of its own, before the register hears of it; within
    another transaction nothing is asked, for a slow register would keep its locks. One statement, and one
    more for a sample register.
    """
    with transaction.atomic(durable=True):
        run(
            "insert into exchange_asking"
            " (at, case_id, subject, rule, body, purpose, register, register_name, question)"
            " values ($1::timestamptz, $2::bigint, $3::bytea, $4::text, $5::text, $6::text, $7::text,"
            " $8::text, $9::text)",
            (
                at,
                errand.case,
                question.about,
                errand.rule,
                errand.body,
                errand.purpose,
                question.register,
                errand.register,
                errand.question,
            ),
        )
    try:
        return (_Supplied.adapters.get(question.register) or _sample(question.register)).ask(question)
    except (RegisterAway, NothingKnown):
        raise
    except Exception as error:
        # What an adapter did not foresee must keep nobody waiting for ever. Its words may tell of the person.
        log.error("exchange.adapter-failed", register=question.register, fault=type(error).__name__)
        raise RegisterAway(question.register) from error


def _sample(slug: str) -> Sample:
    rows = run("select wrapped, sealed from exchange_sampleregister where slug = $1::text", (slug,))
    if not rows:
        raise RegisterAway(slug)
    wrapped, sealed = rows[0]
    key = ring().unwrap(bytes(wrapped), _wrapping(slug))
    return Sample(orjson.loads(open_(key, bytes(sealed), _wrapping(slug))))


def publish(paths: Iterable[Path], *, at: datetime) -> list[str]:
    """Publish the sample registers that these packs may refer to; returns the slugs of those that changed.

    Refused with every fault, as the items of the same packs are.
    """
    checked = check(paths, installed=Path(settings.PACKS), on=legal_day(at))
    if checked.faults:
        raise Refusal(
            "exchange.publish.faulty-pack",
            says=f"事项包里有 {len(checked.faults)} 处错误，没有发布。",
            do="请用 tongban packs check 查看每一处，改好后再发布。",
            status=422,
            faults=[fault._asdict() for fault in checked.faults],
        )
    with transaction.atomic():
        return [register["slug"] for register in checked.registers if _published(register)]


def _published(register: Document) -> bool:
    slug, text = register["slug"], orjson.dumps(_hashed(register), option=orjson.OPT_SORT_KEYS)
    key = new_key()
    return bool(
        run(
            "insert into exchange_sampleregister as r (slug, digest, wrapped, sealed)"
            " values ($1::text, $2::bytea, $3::bytea, $4::bytea) on conflict (slug) do update"
            " set digest = excluded.digest, wrapped = excluded.wrapped, sealed = excluded.sealed"
            " where r.digest <> excluded.digest returning slug",
            (
                slug,
                ring().content_digest(text),
                ring().wrap(key, _wrapping(slug)),
                seal(key, text, _wrapping(slug)),
            ),
        )
    )


def _hashed(register: Document) -> dict[str, Any]:
    """The questions with their rows by the keyed hashes of the people they are about."""
    return {
        code: {
            "answer": question["answer"],
            ELSE: question[ELSE],
            ROWS: {_about(row).hex(): row["answer"] for row in question["rows"]},
        }
        for code, question in register["questions"].items()
    }


def _about(row: Mapping[str, Any]) -> PersonKey:
    if "enterprise" in row:
        return ring().person_key("enterprise", row["enterprise"])
    return ring().person_key("person", row["person"])


def _wrapping(slug: str) -> bytes:
    return f"register {slug}".encode()


KEY_TABLES: Final = (
    KeyTable("registers", "exchange_sampleregister", {"slug": "text"}, "wrapped", _wrapping),
)
"""The keys of sample registers."""
