"""Making a paper: laid out, sealed and kept, once. Never inside the transaction of the act it tells."""

from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings

from tongban.kernel.ids import CaseId
from tongban.kernel.keys import seal
from tongban.kernel.sheet import Sheet
from tongban.kernel.sql import load, run
from tongban.papers.commands.seals import authority, seal_of
from tongban.papers.models import kept, paper_of
from tongban.papers.printing import print_sheet
from tongban.papers.rules import new_code, spoken


def make(sheet: Sheet, *, owner: CaseId, seq: int, key: bytes, withdrawn_at: datetime | None) -> bytes:
    """Make the paper of the `seq`-th event of a case and keep it under the case's key; its signed PDF.

    Two that make it at once both get the one that was kept. `withdrawn_at`: the act was undone before its
    paper was made. Three statements; Unprintable where it cannot be laid out.
    """
    # Loads for a third of a second, once; most commands make no paper.
    from tongban.papers.signing import sign

    code = new_code()
    pages = print_sheet(sheet, code=spoken(code), address=f"{settings.ADDRESS}/verify")
    # A signature bears the time of the machine: the clock of a demonstration may stand elsewhere.
    now = datetime.now(UTC)
    signed = sign(pages, seal_of(sheet.issuer, now), authority(now).certificate)
    row = (
        owner,
        seq,
        sheet.kind,
        code,
        sheet.title,
        sheet.number,
        sheet.issuer.body,
        sheet.issuer.name,
        sheet.on,
        sheet.sample,
        sha256(signed).digest(),
        seal(key, signed, paper_of(owner, seq)),
        now,
        withdrawn_at,
    )
    if run(load("tongban.papers", "make"), row):
        return signed
    first = kept(owner, seq, key)
    assert first is not None
    return first


def withdraw(owner: CaseId, seq: int, *, at: datetime) -> None:
    """The act that a paper tells was undone: anyone who checks it is told so. One statement.

    In the transaction that undoes the act. Where the paper was not made yet there is nothing to withdraw.
    """
    run(
        "update papers_paper set withdrawn_at = $3::timestamptz"
        " where owner = $1::bigint and seq = $2::int and withdrawn_at is null",
        (owner, seq, at),
    )
