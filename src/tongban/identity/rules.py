"""What is right about signing in, being known and acting for others, decided from values alone."""

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from django.utils.translation import gettext as _

from tongban.engine.codes import mask_name
from tongban.kernel.refusal import Refusal

TRY_WINDOW: Final = timedelta(minutes=15)
TRIES_PER_NAME: Final = 5
TRIES_PER_ADDRESS: Final = 60
"""Wide, since a service hall or a village may share one address."""

CODE_LASTS: Final = timedelta(minutes=5)
TRIES_PER_CODE: Final = 5
SENDING_WINDOW: Final = timedelta(hours=1)
CODES_PER_PHONE: Final = 5
CODES_PER_ADDRESS: Final = 60
"""With five tries a code: 25 guesses an hour at one in a million each."""

NAMING_WINDOW: Final = timedelta(hours=1)
NAMINGS_PER_ACCOUNT: Final = 5
NAMINGS_PER_NUMBER: Final = 10
NAMINGS_PER_ADDRESS: Final = 60

SHORTEST_PASSWORD: Final = 10
LONGEST_PASSWORD: Final = 128
OLD_ENOUGH: Final = 14
"""Below it a guardian acts: 个人信息保护法 第三十一条."""

OF_AGE: Final = 18
"""Below it parents act as guardians, and nobody gives mandates: 民法典 第十七条、第二十三条、第二十七条."""

LONGEST_MANDATE: Final = timedelta(days=3 * 366)

_TOKEN: Final = re.compile(r"tb_[A-Za-z0-9_-]{43}", re.ASCII)


class AccountKind(StrEnum):
    """Whose an account is; nobody is both by one account."""

    RESIDENT = "resident"
    OFFICER = "officer"


class CodeFor(StrEnum):
    """What a code is for; one sent for a purpose serves no other."""

    ENTER = "enter"
    PHONE = "phone"
    MAIL = "mail"


class Noted(StrEnum):
    """What may happen to an account, as its owner reads it."""

    OPENED = "opened"
    ENTERED_BY_CODE = "entered-by-code"
    ENTERED_BY_PASSWORD = "entered-by-password"
    ENTERED_BY_PASSKEY = "entered-by-passkey"
    NAMED = "named"
    PASSWORD_SET = "password-set"
    PHONE_CHANGED = "phone-changed"
    MAIL_CHANGED = "mail-changed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    SIGNED_OUT_ELSEWHERE = "signed-out-elsewhere"
    DATA_TAKEN = "data-taken"
    ENTERPRISE_LINKED = "enterprise-linked"
    MANDATE_GIVEN = "mandate-given"
    MANDATE_ACCEPTED = "mandate-accepted"
    MANDATE_ENDED = "mandate-ended"
    CHILD_KNOWN = "child-known"


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """What a person told of themselves, to be filled in for them; never shown by its repr."""

    name: str
    id_number: str
    phone: str

    @property
    def masked_name(self) -> str:
        """The name as lists show it."""
        return mask_name(self.name)


@dataclass(frozen=True, slots=True, repr=False)
class Ways:
    """How somebody is reached: a phone, and a mail address they confirmed; never shown by its repr."""

    phone: str
    mail: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Represented:
    """An enterprise as its register tells it: its name, and the name and number of who represents it."""

    name: str
    representative: str
    representative_id: str


@dataclass(frozen=True, slots=True, repr=False)
class Guarded:
    """A person as the population register tells it: the name, the numbers of the parents, and who says so."""

    name: str
    parents: frozenset[str]
    register: str


class Registers(Protocol):
    """What identity asks of other departments; recorded where it is asked, refused while one is away."""

    def is_named(self, id_number: str, name: str, /, *, at: datetime) -> bool:
        """Whether the population register knows this number under this name."""
        ...

    def represented(self, code: str, /, *, at: datetime) -> Represented | None:
        """The enterprise of a code, and who represents it; None where the register knows none."""
        ...

    def guarded(self, id_number: str, /, *, at: datetime) -> Guarded | None:
        """Who the parents of the person of this number are; None where the register knows none."""
        ...


class CodeSender(Protocol):
    """Sends one-time codes: the one place where a provider of short messages or of mail is put in."""

    def __call__(self, to: str, code: str, /) -> bool:
        """Send it, within seconds; True where the page shows the code itself, as a demonstration does."""
        ...


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried since a moment, and how often it may be within the window."""

    count: int
    since: datetime
    limit: int


def wait_for(tries: Collection[Tries], at: datetime, window: timedelta = TRY_WINDOW) -> int:
    """Minutes until the window of the first try too many is over; 0 where there were not too many."""
    waits = [one.since + window - at for one in tries if one.count > one.limit]
    return max(1, math.ceil(max(waits) / timedelta(minutes=1))) if waits else 0


def refuse_too_many(tries: Collection[Tries], at: datetime) -> None:
    """Refuse to look at another password before the window of the first try is over."""
    if minutes := wait_for(tries, at):
        raise Refusal(
            "identity.sign-in.too-many",
            says=_("登录失败的次数太多，为保护账号，暂停登录。"),
            do=_("请在%(minutes)s分钟后再试。忘记密码的，可以用手机验证码登录后重设。")
            % {"minutes": minutes},
            status=429,
        )


def refuse_too_many_codes(tries: Collection[Tries], at: datetime) -> None:
    """Refuse to send another code before the window of the first is over."""
    if minutes := wait_for(tries, at, SENDING_WINDOW):
        raise Refusal(
            "identity.code.too-many",
            says=_("验证码发得太多了，先停一停。"),
            do=_("请在%(minutes)s分钟后再试；有密码或通行密钥的，现在就可以用它登录。")
            % {"minutes": minutes},
            status=429,
        )


def refuse_too_many_namings(tries: Collection[Tries], at: datetime) -> None:
    """Refuse to compare another name with the register before the window of the first is over."""
    if minutes := wait_for(tries, at, NAMING_WINDOW):
        raise Refusal(
            "identity.real-name.too-many",
            says=_("核对的次数太多，为保护个人信息，先停一停。"),
            do=_("请在%(minutes)s分钟后再试，或带身份证到政务服务大厅的窗口办理。") % {"minutes": minutes},
            status=429,
        )


def wrong_code() -> Refusal:
    """The refusal of a code: one answer for wrong, old, used and never sent."""
    return Refusal(
        "identity.code.wrong",
        says=_("验证码不对，或者已经过期。"),
        do=_("请核对最新收到的 6 位数字；5 分钟内有效，用过一次就作废。也可以重新获取。"),
        status=422,
    )


def weak_password(password: str, told: Collection[str]) -> str | None:
    """Why a password is refused, in words; None where it may be had.

    Length and not being known count, not kinds of characters (NIST SP 800-63B §3.1.1.2). `told`: what others
    may know of this person.
    """
    if len(password) < SHORTEST_PASSWORD:
        return _("密码至少要 %(least)s 个字符。一句只有您知道的话就很好。") % {"least": SHORTEST_PASSWORD}
    if len(password) > LONGEST_PASSWORD:
        return _("密码最多 %(most)s 个字符。") % {"most": LONGEST_PASSWORD}
    if any(fact and fact in password for fact in told):
        return _("密码里不要有自己的手机号、姓名或身份证号。")
    if len(set(password)) < 4:
        return _("这个密码太容易猜到。请换一个。")
    return None


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are written alike, but for blanks, width and the dot between their parts."""
    return bool(plain_name(one)) and plain_name(one) == plain_name(other)


def plain_name(name: str) -> str:
    """A name by which it is compared: without blanks, with one kind of dot."""
    text = re.sub(r"[\u00b7\u2027\u2022\u30fb\uff65.．]", "·", "".join(name.split()))
    return unicodedata.normalize("NFKC", text)


def refuse_young(born: date, today: date) -> None:
    """Refuse an account to a child, for whom a guardian acts (个人信息保护法 第三十一条)."""
    if today < birthday(born, OLD_ENOUGH):
        raise Refusal(
            "identity.real-name.too-young",
            says=_("未满 14 岁的孩子由父母或其他监护人代办。"),
            do=_("请监护人用自己的账号办理，或带户口簿到政务服务大厅的窗口办理。"),
            status=422,
        )


def birthday(born: date, years: int) -> date:
    """The day on which somebody is so many years old; born on 29 February, in other years the day behind."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def refuse_grown(born: date, today: date) -> None:
    """Refuse to take somebody who is of age for a child: they give a mandate themselves."""
    if today >= birthday(born, OF_AGE):
        raise Refusal(
            "identity.child.of-age",
            says=_("已经满 18 岁，不能由父母直接代办。"),
            do=_("请本人登录后授权给您。"),
            status=422,
        )


def refuse_minor(born: date, today: date) -> None:
    """Refuse a mandate that somebody under age would give (民法典 第二十三条: the guardian acts for them)."""
    if today < birthday(born, OF_AGE):
        raise Refusal(
            "identity.mandate.minor",
            says=_("未满 18 岁，不能授权别人替您办事。"),
            do=_("您的事由父母代办：请他们登录后，在“为家人办事”里填您的身份证号。"),
            status=422,
        )


def not_parent() -> Refusal:
    """The refusal of whoever is no parent in the register; no more is told of the child."""
    return Refusal(
        "identity.child.not-parent",
        says=_("登记信息里没有查到您是这个孩子的父亲或母亲。"),
        do=_("请对照户口簿核对姓名和公民身份号码；是其他监护人的，请带证明到政务服务大厅的窗口办理。"),
        status=422,
    )


def not_named() -> Refusal:
    """The refusal of a name that is not the number's; it does not say which of the two is wrong."""
    return Refusal(
        "identity.real-name.mismatch",
        says=_("姓名和公民身份号码对不上。"),
        do=_("请对照身份证再核对一遍；确认没有写错的，带身份证到政务服务大厅的窗口办理。"),
        status=422,
    )


def named_elsewhere() -> Refusal:
    """The refusal of a person who has an account already."""
    return Refusal(
        "identity.real-name.taken",
        says=_("您已经有一个实名账号，登记的是另一个手机号。"),
        do=_("请用那个手机号登录；号码不用了的，带身份证到政务服务大厅的窗口更换。"),
    )


def no_mandate() -> Refusal:
    """The refusal of whoever would act for others without being entitled to today, or not in this matter."""
    return Refusal(
        "identity.no-mandate",
        says=_("您现在没有替对方办这件事的授权。"),
        do=_("请对方授权后再办理：企业由法定代表人授权，个人由本人授权；或者改为给自己办。"),
        status=403,
    )


def not_representative() -> Refusal:
    """The refusal of whoever is not the representative in the register; no more is told of the enterprise."""
    return Refusal(
        "identity.enterprise.not-representative",
        says=_("登记信息里没有查到您是这家企业的法定代表人或负责人。"),
        do=_("请核对统一社会信用代码；您是经办人的，请法定代表人登录后授权给您。"),
        status=422,
    )


def not_representing() -> Refusal:
    """The refusal of whoever would give or end mandates of an enterprise that they do not represent."""
    return Refusal(
        "identity.mandate.not-representative",
        says=_("只有企业的法定代表人或负责人能授权给别人。"),
        do=_("请法定代表人登录，先关联企业，再授权。"),
        status=403,
    )


def refuse_term(until: date, today: date) -> None:
    """Refuse a mandate that ends before it begins, or is longer than one is given at a time."""
    if not today < until <= today + LONGEST_MANDATE:
        raise Refusal(
            "identity.mandate.term",
            says=_("授权的最后一天不对。"),
            do=_("请填今天以后的日期，最长三年；到期可以再授权。"),
            status=422,
        )


def refuse_scope(scope: Collection[str], matters: Collection[str]) -> None:
    """Refuse a mandate for a matter that nobody handles."""
    if not set(scope) <= set(matters):
        raise Refusal(
            "identity.mandate.scope",
            says=_("选的事情里，有一类已经没有了。"),
            do=_("请刷新页面，重新选一遍。"),
            status=422,
        )


def is_token(text: str) -> bool:
    """Whether a text has the shape of our bearer tokens."""
    return _TOKEN.fullmatch(text) is not None
