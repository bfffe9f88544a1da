"""What is asked of exchange's own record."""

from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.ids import BodyCode, CaseId, PersonKey
from tongban.kernel.sql import run


@dataclass(frozen=True, slots=True)
class AskingRow:
    """That a rule asked a register for a case: when, which rule of which body, to what purpose, what."""

    at: datetime
    rule: str
    body: BodyCode
    purpose: str
    register: str
    register_name: str
    question: str


def askings_for(case: CaseId) -> list[AskingRow]:
    """Every asking for a case, the oldest first. One statement."""
    rows = run(
        "select at, rule, body, purpose, register, register_name, question from exchange_asking"
        " where case_id = $1::bigint order by id",
        (case,),
    )
    return [AskingRow(*row) for row in rows]


def askings_about(subject: PersonKey, *, most: int = 500) -> list[AskingRow]:
    """What registers were asked about a person, for a case or for none, the newest first. One statement."""
    rows = run(
        "select at, rule, body, purpose, register, register_name, question from exchange_asking"
        " where subject = $1::bytea order by id desc limit $2::int",
        (subject, most),
    )
    return [AskingRow(*row) for row in rows]
