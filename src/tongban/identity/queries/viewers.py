"""Who the viewer is: by a token, by a page, for an enterprise."""

from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import rules
from tongban.identity.models import Account, Contact
from tongban.identity.queries.enterprises import enterprises_of
from tongban.kernel.access import NOBODY, Viewer
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


def bearer(token: str, at: datetime) -> Viewer:
    """Who speaks by a bearer token. One prepared statement, none for what has no token's shape.

    Refused (401) unless the token is valid and its account open; (403) when it is for an enterprise that its
    person is no longer entitled to act for.
    """
    day = legal_day(at)
    asked = [ring().token_digest(token), at, day] if rules.is_token(token) else None
    rows = run(load("tongban.identity", "bearer"), asked) if asked else []
    if not rows:
        raise Refusal(
            "identity.token.invalid",
            says="令牌不存在、已过期或已撤销。",
            do="请换用有效的令牌；没有的，请向系统管理员申请。",
            status=401,
        )
    account, person, officer, acting_for, shown_as, mandates = rows[0]
    if officer is not None:
        return _on_duty(account, officer, day)
    if acting_for is not None and acting_for not in mandates:
        raise rules.no_mandate()
    unnamed = person is None
    return Viewer(account, person, acting_for, frozenset(mandates), shown_as=shown_as, unnamed=unnamed)


def viewer_of(account: Account | AnonymousUser, at: datetime) -> Viewer:
    """Who looks at a page. One statement for a resident's account, none for an officer's or nobody's.

    Before name and number were checked it is nobody's but the phone's: no person, nothing of one's own.
    """
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    day = legal_day(at)
    if account.officer_id is not None:
        return _on_duty(AccountId(account.id), OfficerId(account.officer_id), day)
    if account.person_key is None:
        shown = Contact.objects.filter(account=account).values_list("masked_phone", flat=True).first()
        return Viewer(AccountId(account.id), shown_as=shown or "", unnamed=True)
    person = PersonKey(bytes(account.person_key))
    [(shown_as, mandates)] = run(load("tongban.identity", "viewer"), [person, day])
    return Viewer(AccountId(account.id), person, None, frozenset(mandates), shown_as=shown_as)


def act_for(viewer: Viewer, code: str) -> Viewer:
    """The viewer as one who acts for the enterprise of a unified social credit code. One statement.

    Refused without a mandate, whether or not there is such an enterprise.
    """
    entitled = {one.code: one for one in enterprises_of(viewer)}
    chosen = entitled.get(code.strip().upper())
    if chosen is None:
        raise rules.no_mandate()
    return replace(viewer, acting_for=chosen.key, shown_as=chosen.name)


def _on_duty(account: AccountId, officer_id: OfficerId, day: date) -> Viewer:
    officer = directory.officer(officer_id, day)
    return Viewer(account=account, officer=officer, shown_as=officer.name if officer else "")
