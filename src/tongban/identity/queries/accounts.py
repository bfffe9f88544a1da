"""What is asked of accounts: whose, how they are entered and reached, what happened to them."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from tongban.identity.models import Account, AccountNote, Contact, Passkey, SignedIn, Token
from tongban.identity.rules import AccountKind, Noted, Ways
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal

MOST_NOTES = 30
NOTES = {
    Noted.OPENED: gettext_lazy("开通账号"),
    Noted.ENTERED_BY_CODE: gettext_lazy("用手机验证码登录"),
    Noted.ENTERED_BY_PASSWORD: gettext_lazy("用密码登录"),
    Noted.ENTERED_BY_PASSKEY: gettext_lazy("用通行密钥登录"),
    Noted.NAMED: gettext_lazy("完成实名"),
    Noted.PASSWORD_SET: gettext_lazy("设置密码"),
    Noted.PHONE_CHANGED: gettext_lazy("更换手机号"),
    Noted.MAIL_CHANGED: gettext_lazy("更改收通知的邮箱"),
    Noted.PASSKEY_ADDED: gettext_lazy("添加通行密钥"),
    Noted.PASSKEY_REMOVED: gettext_lazy("删除通行密钥"),
    Noted.SIGNED_OUT_ELSEWHERE: gettext_lazy("在所有设备上退出"),
    Noted.DATA_TAKEN: gettext_lazy("下载我的数据"),
    Noted.ENTERPRISE_LINKED: gettext_lazy("关联企业"),
    Noted.MANDATE_GIVEN: gettext_lazy("授权别人代办"),
    Noted.MANDATE_ACCEPTED: gettext_lazy("接受别人的授权"),
    Noted.MANDATE_ENDED: gettext_lazy("结束一项授权"),
    Noted.CHILD_KNOWN: gettext_lazy("登记了要代办的孩子"),
}
"""What the owner of an account reads of each note."""


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


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey in a list: on what device it was made, and when."""

    id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A browser in which somebody is signed in; `here` is the one that asks."""

    device: str
    since: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Own:
    """One's own account as its page shows it: everything masked."""

    phone: str
    mail: str
    has_password: bool
    named: bool
    passkeys: list[PasskeyRow] = field(default_factory=list)
    devices: list[DeviceRow] = field(default_factory=list)
    notes: list[tuple[str, datetime]] = field(default_factory=list)


def own_account(account: AccountId, *, session: str) -> Own:
    """One's own account, for whoever is signed in by it. Five statements."""
    row = Account.objects.get(id=account)
    contact = Contact.objects.filter(account_id=account).first()
    passkeys = Passkey.objects.filter(account_id=account).order_by("created_at")
    devices = SignedIn.objects.filter(account_id=account).order_by("-since")
    notes = AccountNote.objects.filter(account_id=account).order_by("-id")[:MOST_NOTES]
    return Own(
        phone=contact.masked_phone if contact else "",
        mail=contact.masked_mail if contact else "",
        has_password=row.has_usable_password(),
        named=row.person_key is not None,
        passkeys=[PasskeyRow(one.id, device_in_words(one.name), one.created_at) for one in passkeys],
        devices=[
            DeviceRow(device_in_words(one.device), one.since, one.session == session) for one in devices
        ],
        notes=[(said(one.kind), one.at) for one in notes],
    )


def device_in_words(device: str) -> str:
    """A device and its browser, kept in Chinese, in the reader's language."""
    return " · ".join(gettext(part) for part in device.split(" · "))


def said(kind: str) -> str:
    """A note in the words of its reader."""
    return str(NOTES[Noted(kind)])


def first_of(account: Account | AnonymousUser) -> tuple[str, ...] | None:
    """What somebody signed in wants first on the first page; None where they chose nothing. No statement."""
    chosen = account.first if isinstance(account, Account) else None
    return None if chosen is None else tuple(chosen)


def ways_of(account: AccountId) -> Ways:
    """How the owner of an account is reached; empty where nothing is known. One statement."""
    row = Contact.objects.filter(account_id=account).first()
    return row.open() if row else Ways("")


def mail_of(person: PersonKey) -> str | None:
    """The mail address that a person confirmed; None without one. One statement."""
    row = (
        Contact.objects.filter(account__person_key=person, account__is_active=True)
        .exclude(masked_mail="")
        .first()
    )
    return row.open().mail if row else None


def account_named(name: str, kind: AccountKind) -> AccountId:
    """The account of a resident's or an officer's sign-in name; refused if there is none. One statement."""
    return _only(Account.objects.filter(username=ring().name_digest(name), kind=str(kind)))


def has_account(name: str, kind: AccountKind) -> bool:
    """Whether a resident or an officer signs in by this name. One statement."""
    return Account.objects.filter(username=ring().name_digest(name), kind=str(kind)).exists()


def account_of_officer(officer: OfficerId) -> AccountId:
    """The account of an officer; refused if there is none. One statement."""
    return _only(Account.objects.filter(officer_id=officer))


def officer_signs_in(officer: OfficerId) -> bool:
    """Whether an officer has an account that is open. One statement."""
    return Account.objects.filter(officer_id=officer, is_active=True).exists()


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


def _only(accounts: QuerySet[Account]) -> AccountId:
    found = accounts.values_list("id", flat=True).filter(is_active=True).first()
    if found is None:
        raise Refusal("identity.account.unknown", says="没有这个账号。", do="请核对登录名。", status=404)
    return AccountId(found)
