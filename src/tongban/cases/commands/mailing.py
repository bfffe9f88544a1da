"""A receipt by mail: asked for on its page, sent by a job to the address that its reader confirmed."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from tongban.cases.commands.change import HERE
from tongban.cases.rules.acting import unknown
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.access import Deed, Thing, Viewer, allow
from tongban.kernel.ids import PersonKey
from tongban.kernel.jobs import later
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run
from tongban.notices import api as notices

JOB: Final = "tongban.cases.handlers.mail_receipt"
PRESSED_TWICE: Final = timedelta(minutes=10)
COUNTED: Final = timedelta(days=1)
MOST: Final = 10
"""Letters a day to one person, whatever the cases."""

KEPT: Final = timedelta(days=30)


def ask_receipt_mail(number: str, *, by: Viewer, at: datetime) -> None:
    """Have the receipt of a case sent to the address that the viewer confirmed; pressed twice is once.

    Refused without such an address, and beyond MOST a day. Three statements, and one for the job.
    """
    rows = run(
        "select id, applicant, filed_by from cases_case where number = $1::text",
        (number,),
    )
    if not rows or by.person is None:
        raise unknown(number)
    case, *whose = rows[0]
    applicant, filed_by = (PersonKey(bytes(one)) for one in whose)
    allow(by, Deed.ACT_AS_APPLICANT, Thing(applicant=applicant, filed_by=filed_by))
    if notices.mailbox_of(by).shown is None:
        raise Refusal(
            "cases.receipt.no-mail",
            says=_("您还没有留邮箱，或者邮箱还没有核对过。"),
            do=_("请先到“我的账号”里留一个邮箱。"),
            status=422,
        )
    with transaction.atomic():
        run("select pg_advisory_xact_lock(hashtextextended($1::text, 1))", (by.person.hex(),))
        since = (at - PRESSED_TWICE, at - COUNTED, MOST, at - KEPT)
        [(twice, mail)] = run(load(HERE, "ask_receipt_mail"), (uuid4(), case, by.person, at, *since))
        if mail is not None:
            later(JOB, mail=str(mail))
    if mail is None and not twice:
        raise Refusal(
            "cases.receipt.too-many-mails",
            says=_("今天发的凭证太多了。"),
            do=_("请明天再发；现在可以下载凭证文件，或者打印。"),
            status=429,
        )


def send_receipt(mail: UUID, *, at: datetime) -> None:
    """Send a receipt that was asked for; once over it stays so. Raises what a job must try again for.

    Outside every transaction. Should we die before noting it, it is sent again under the same id. Whoever may
    read of the case no longer is sent nothing.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a letter is never sent inside a transaction")
    rows = run(
        "select m.reader, c.applicant, c.number, c.item_name, c.received_at, s.receipt"
        " from cases_receiptmail m join cases_case c on c.id = m.case_id"
        " join cases_submission s on s.case_id = c.id where m.id = $1::uuid and m.over_at is null",
        (mail,),
    )
    for reader, applicant, *told in rows:
        if _may_read(PersonKey(bytes(reader)), PersonKey(bytes(applicant)), at):
            notices.write_to(PersonKey(bytes(reader)), letter_of(mail, *told))
        run("update cases_receiptmail set over_at = $2::timestamptz where id = $1::uuid", (mail, at))


def _may_read(reader: PersonKey, applicant: PersonKey, at: datetime) -> bool:
    readers = identity.readers_of([applicant], legal_day(at)).get(applicant, identity.Readers())
    return reader in readers.persons or reader in readers.agents


def letter_of(mail: UUID, number: str, item: str, received_at: datetime, receipt: str) -> notices.Letter:
    """Item, number and moment, and the signed receipt whole, which names nobody."""
    with override(settings.LANGUAGE_CODE):
        lines = [
            _("您好："),
            "",
            _("%(item)s，办件编号 %(number)s，%(received)s 收到。")
            % {"item": item, "number": number, "received": localtime(received_at).strftime("%Y-%m-%d %H:%M")},
            _("下面是收件凭证的原文，带有签名，请留着；谁都能核对它是真的、没有改过。"),
            "",
            receipt,
            "",
            _("看办到哪一步（要登录）："),
            settings.ADDRESS + reverse("cases:case", args=[number]),
            _("怎么核对："),
            settings.ADDRESS + reverse("ledger:ledger"),
            "",
            _("%(city)s通办") % {"city": settings.CITY},
        ]
        subject = _("收件凭证：%(item)s") % {"item": item}
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return notices.Letter(f"<{mail}@{host}>", subject, "\n".join(lines))
