"""Bearer tokens: made, and made worthless."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from tongban.engine.calendar import legal_day
from tongban.identity import rules
from tongban.identity.models import Account, Mandate, Token
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal


def create_token(
    account: AccountId, *, at: datetime, acting_for: PersonKey | None = None, days: int = 90
) -> str:
    """A bearer token for an account, told this once and kept as a digest; it ends after `days`.

    With `acting_for` it speaks for that enterprise alone; refused unless the account's person is entitled to
    act for it in everything.
    """
    if acting_for is not None:
        person = Account.objects.filter(id=account).values_list("person_key", flat=True).first()
        standing = Mandate.objects.standing(legal_day(at)).filter(person_key=person, scope=[])
        if not standing.filter(enterprise_id=acting_for).exists():
            raise rules.no_mandate()
    token = f"tb_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        digest=ring().token_digest(token),
        account_id=account,
        acting_for_id=acting_for,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return token


def revoke_token(token: UUID, *, at: datetime) -> None:
    """Make a token worthless from this moment on, by its id; refused if there is none."""
    if not Token.objects.filter(id=token).exists():
        raise Refusal(
            "identity.token.unknown",
            says="没有这个令牌。",
            do="请用 tongban token list 查看编号。",
            status=404,
        )
    Token.objects.filter(id=token, revoked_at=None).update(revoked_at=at)
