"""One-time codes: sent, and used once."""

import hmac
import secrets
from datetime import datetime

from tongban.identity import rules
from tongban.identity.commands.bounds import bound, counted
from tongban.identity.commands.supplied import Supplied
from tongban.identity.models import OneTimeCode
from tongban.identity.rules import CodeFor
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import ring
from tongban.kernel.sql import load, run


def send_code(
    purpose: CodeFor, to: str, *, account: AccountId | None = None, address: str, at: datetime
) -> str | None:
    """Send a code of six digits to a phone or a mail address; the one before is worth nothing any more.

    Refused after too many to one place or from one address. Whether anybody has an account there does not
    matter. Returns the code where the page shows it itself (a demonstration), else None. Two statements.
    """
    limits = {bound("code to", to): rules.CODES_PER_PHONE}
    if address:
        limits[bound("code from", address)] = rules.CODES_PER_ADDRESS
    rules.refuse_too_many_codes(counted(limits, at, rules.SENDING_WINDOW), at)
    key, code = _key(purpose, to, account), f"{secrets.randbelow(1_000_000):06d}"
    run(load("tongban.identity", "keep_code"), [key, _digest(key, code), at + rules.CODE_LASTS, at])
    sender = Supplied.mail_codes if purpose is CodeFor.MAIL else Supplied.phone_codes
    return code if sender(to, code) else None


def use_code(purpose: CodeFor, to: str, code: str, *, account: AccountId | None = None, at: datetime) -> None:
    """Take a code for what it was sent for: once, within five minutes and five tries; else refused.

    The try is counted before the code is compared, and of two at the same time one alone finds it there.
    """
    key = _key(purpose, to, account)
    sent = run(
        "update identity_onetimecode set tries = tries + 1"
        " where key = $1::text and expires_at > $2::timestamptz and tries < $3::int returning digest",
        (key, at, rules.TRIES_PER_CODE),
    )
    digest = _digest(key, "".join(code.split()) or "none")
    if not sent or not hmac.compare_digest(bytes(sent[0][0]), digest):
        raise rules.wrong_code()
    if not OneTimeCode.objects.filter(key=key, digest=digest).delete()[0]:
        raise rules.wrong_code()


def _key(purpose: CodeFor, to: str, account: AccountId | None) -> str:
    return ring().fact_digest("bound", f"code for {purpose}\x00{account or ''}\x00{to}").hex()


def _digest(key: str, code: str) -> bytes:
    return ring().fact_digest("code", f"{key}\x00{code}")
