"""What is asked of people and enterprises: above all, who the viewer is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.identity import rules
from tongban.identity.models import Account, Enterprise, Mandate, SealedProfile, Token
from tongban.identity.rules import AccountKind as AccountKind
from tongban.identity.rules import Profile
from tongban.kernel.access import NOBODY, Viewer
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise: its key, public code and name."""

    key: PersonKey
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A bearer token, without anything that would let one use it; `state` is valid, expired or revoked."""

    id: UUID
    kind: str
    account: AccountId
    enterprise: str | None
    created_at: datetime
    expires_at: datetime
    state: str


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
    return Viewer(account, person, acting_for, frozenset(mandates), shown_as=shown_as)


def viewer_of(account: Account | AnonymousUser, at: datetime) -> Viewer:
    """Who looks at a page. One statement for a resident's account, none for an officer's or nobody's."""
    if not isinstance(account, Account) or not account.is_active:
        return NOBODY
    day = legal_day(at)
    if account.officer_id is not None:
        return _on_duty(AccountId(account.id), OfficerId(account.officer_id), day)
    person = PersonKey(bytes(account.person_key or b""))
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


def profile_of(person: PersonKey) -> Profile | None:
    """What a person told of themselves, to fill in their own form. One statement."""
    row = SealedProfile.objects.filter(person_key=person).first()
    return row.open() if row else None


def name_of(holder: PersonKey) -> str | None:
    """The full name of a person or an enterprise, for a paper addressed to them. At most two statements.

    None for a person who told no name, and for one whose profile was erased.
    """
    profile = profile_of(holder)
    if profile is not None:
        return profile.name
    return Enterprise.objects.filter(key=holder).values_list("name", flat=True).first()


def enterprise(code: str) -> EnterpriseRow:
    """The enterprise of a unified social credit code; refused if there is none. One statement."""
    found = Enterprise.objects.filter(code=code.strip().upper()).first()
    if found is None:
        raise Refusal(
            "identity.enterprise.unknown", says="没有这家企业。", do="请核对统一社会信用代码。", status=404
        )
    return _enterprise_row(found)


def enterprises_of(viewer: Viewer) -> list[EnterpriseRow]:
    """The enterprises a viewer may act for, by name. One statement, none for someone without a mandate."""
    if not viewer.mandates:
        return []
    return [
        _enterprise_row(one) for one in Enterprise.objects.filter(key__in=viewer.mandates).order_by("name")
    ]


def holders_of(enterprise: PersonKey, on: date) -> list[AccountId]:
    """Accounts of the persons who may act for an enterprise that day. One statement."""
    persons = Mandate.objects.standing(on).filter(enterprise_id=enterprise).values("person_key")
    accounts = Account.objects.filter(person_key__in=persons, is_active=True).order_by("id")
    return [AccountId(one) for one in accounts.values_list("id", flat=True)]


def persons_of(holders: Collection[PersonKey], on: date) -> dict[PersonKey, list[PersonKey]]:
    """By person or enterprise: whoever may see its affairs that day; a person their own. One statement."""
    found: dict[PersonKey, list[PersonKey]] = {}
    for holder, person in run(load("tongban.identity", "persons_of"), (list(holders), on)):
        found.setdefault(PersonKey(bytes(holder)), []).append(PersonKey(bytes(person)))
    return found


def account_named(name: str, kind: AccountKind) -> AccountId:
    """The account of a resident's or an officer's sign-in name; refused if there is none. One statement."""
    return _only(Account.objects.filter(username=ring().name_digest(name), kind=str(kind)))


def has_account(name: str, kind: AccountKind) -> bool:
    """Whether a resident or an officer signs in by this name. One statement."""
    return Account.objects.filter(username=ring().name_digest(name), kind=str(kind)).exists()


def account_of_officer(officer: OfficerId) -> AccountId:
    """The account of an officer; refused if there is none. One statement."""
    return _only(Account.objects.filter(officer_id=officer))


def tokens(at: datetime) -> list[TokenRow]:
    """All bearer tokens, the latest first. One statement."""
    rows = Token.objects.select_related("account", "acting_for").order_by("-created_at", "id")
    return [
        TokenRow(
            id=one.id,
            kind="enterprise" if one.acting_for else one.account.kind,
            account=AccountId(one.account_id),
            enterprise=one.acting_for.code if one.acting_for else None,
            created_at=one.created_at,
            expires_at=one.expires_at,
            state=one.state(at),
        )
        for one in rows
    ]


def _on_duty(account: AccountId, officer_id: OfficerId, day: date) -> Viewer:
    officer = directory.officer(officer_id, day)
    return Viewer(account=account, officer=officer, shown_as=officer.name if officer else "")


def _only(accounts: QuerySet[Account]) -> AccountId:
    found = accounts.values_list("id", flat=True).filter(is_active=True).first()
    if found is None:
        raise Refusal("identity.account.unknown", says="没有这个账号。", do="请核对登录名。", status=404)
    return AccountId(found)


def _enterprise_row(one: Enterprise) -> EnterpriseRow:
    return EnterpriseRow(PersonKey(bytes(one.key)), one.code, one.name)
