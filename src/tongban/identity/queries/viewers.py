"""Who the viewer is: by a token, by a page, for an enterprise."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import orjson
from django.contrib.auth.models import AnonymousUser

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import rules
from tongban.identity.models import Account, Contact
from tongban.identity.queries.people import principals_of
from tongban.kernel.access import NOBODY, Trust, Viewer
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
    account, person, officer, acting_for, shown_as, agent, mandates, trusts = rows[0]
    if officer is not None:
        return _on_duty(account, officer, day)
    if acting_for is not None and acting_for not in (mandates or ()):
        raise rules.no_mandate()
    return Viewer(
        account,
        person,
        acting_for,
        frozenset(mandates or ()),
        shown_as=shown_as,
        unnamed=person is None,
        trusts=_trusts(trusts),
        agent=agent,
    )


def viewer_of(account: Account | AnonymousUser, at: datetime) -> Viewer:
    """Who looks at a page. One statement for a resident's account, none for an officer's or nobody's.

    Before name and number were checked it is nobody's but the phone's: no person, nothing of one's own.
    """
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    day = legal_day(at)
    if account.officer_id is not None:
        viewer = _on_duty(AccountId(account.id), OfficerId(account.officer_id), day)
        return replace(viewer, by_first_password=account.first_password)
    if account.person_key is None:
        shown = Contact.objects.filter(account=account).values_list("masked_phone", flat=True).first()
        return Viewer(AccountId(account.id), shown_as=shown or "", unnamed=True)
    return _of_person(AccountId(account.id), PersonKey(bytes(account.person_key)), day)


def served(person: PersonKey, by: Viewer, at: datetime) -> Viewer:
    """A person whom an officer serves at a window, as the viewer that they are themselves. One statement.

    They need no account: what is done for them is done under that of the officer. Never to be put in the
    place of who looks at a page, for it opens what is theirs alone.
    """
    assert by.account is not None
    return _of_person(by.account, person, legal_day(at))


def _of_person(account: AccountId, person: PersonKey, day: date) -> Viewer:
    [(shown_as, mandates, trusts)] = run(load("tongban.identity", "viewer"), [person, day])
    held = frozenset(mandates or ())
    return Viewer(account, person, None, held, shown_as=shown_as, trusts=_trusts(trusts))


def _trusts(told: str | None) -> frozenset[Trust]:
    """The mandates that open no more than what their holder filed."""
    return frozenset(
        Trust(UUID(mandate), PersonKey(bytes.fromhex(whose)), frozenset(scope), person)
        for mandate, whose, scope, person in orjson.loads(told or "[]")
    )


def act_for(viewer: Viewer, code: str) -> Viewer:
    """The viewer as who acts for an enterprise, by its code, or for a person, by the mandate. One statement.

    Refused without a mandate, whether or not there is such an enterprise or person.
    """
    entitled = {one.code.upper(): one for one in principals_of(viewer)}
    chosen = entitled.get(code.strip().upper())
    if chosen is None:
        raise rules.no_mandate()
    return replace(viewer, acting_for=chosen.key, shown_as=chosen.name, agent=viewer.shown_as)


def _on_duty(account: AccountId, officer_id: OfficerId, day: date) -> Viewer:
    officer = directory.officer(officer_id, day)
    return Viewer(account=account, officer=officer, shown_as=officer.name if officer else "")
