"""What is right about signing in and acting for others, decided from values alone."""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tongban.engine.codes import mask_name
from tongban.kernel.refusal import Refusal

TRY_WINDOW: Final = timedelta(minutes=15)
TRIES_PER_NAME: Final = 5
TRIES_PER_ADDRESS: Final = 60
"""Wide, since a service hall or a village may share one address."""

_TOKEN: Final = re.compile(r"tb_[A-Za-z0-9_-]{43}", re.ASCII)


class AccountKind(StrEnum):
    """Whose an account is; nobody is both by one account."""

    RESIDENT = "resident"
    OFFICER = "officer"


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


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried since a moment, and how often it may be within the window."""

    count: int
    since: datetime
    limit: int


def refuse_too_many(tries: Collection[Tries], at: datetime) -> None:
    """Refuse to look at another password before the window of the first try is over."""
    waits = [one.since + TRY_WINDOW - at for one in tries if one.count > one.limit]
    if waits:
        minutes = max(1, math.ceil(max(waits) / timedelta(minutes=1)))
        raise Refusal(
            "identity.sign-in.too-many",
            says="登录失败的次数太多，为保护账号，暂停登录。",
            do=f"请在{minutes}分钟后再试。忘记密码的，请到政务服务大厅核验身份后重置。",
            status=429,
        )


def no_mandate() -> Refusal:
    """The refusal of whoever would act for an enterprise without being entitled to today."""
    return Refusal(
        "identity.no-mandate",
        says="您现在没有代表这家企业办事的授权。",
        do="请由企业的法定代表人授权后再办理，或改为以个人名义办理。",
        status=403,
    )


def is_token(text: str) -> bool:
    """Whether a text has the shape of our bearer tokens."""
    return _TOKEN.fullmatch(text) is not None
