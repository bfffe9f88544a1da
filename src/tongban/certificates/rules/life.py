"""The life of a certificate, as a table; statuses by the dictionary that ministries exchange."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop as noop


class Status(StrEnum):
    """Where an edition stands. Its code in the exchange dictionary: `CODES`."""

    VALID = "valid"  # 有效
    SUSPENDED = "suspended"  # 暂扣
    REVOKED = "revoked"  # 撤销
    CANCELLED = "cancelled"  # 注销
    LAPSED = "lapsed"  # 失效
    FORFEITED = "forfeited"  # 吊销


class Act(StrEnum):
    """What can be done to a certificate."""

    CHANGE = "change"
    SUSPEND = "suspend"
    RESTORE = "restore"
    ENDORSE = "endorse"
    ASK_REVOCATION = "ask-revocation"
    APPROVE_REVOCATION = "approve-revocation"
    DECLINE_REVOCATION = "decline-revocation"
    CANCEL = "cancel"


STANDING: Final = frozenset({Status.VALID, Status.SUSPENDED})
"""Only these can still change; everything else is an end."""

TAKEN_BACK: Final = frozenset({Status.REVOKED, Status.CANCELLED, Status.FORFEITED})
"""Ended by the office, and not by time or by a later edition."""

LIFE: Final[Mapping[Status, frozenset[Act]]] = {
    Status.VALID: frozenset(
        {Act.CHANGE, Act.SUSPEND, Act.ENDORSE, Act.ASK_REVOCATION, Act.CANCEL}
        | {Act.APPROVE_REVOCATION, Act.DECLINE_REVOCATION}
    ),
    Status.SUSPENDED: frozenset(
        {Act.RESTORE, Act.ASK_REVOCATION, Act.CANCEL, Act.APPROVE_REVOCATION, Act.DECLINE_REVOCATION}
    ),
    **dict.fromkeys(set(Status) - STANDING, frozenset[Act]()),
}

CODES: Final[Mapping[Status, str]] = {
    Status.VALID: "01",
    Status.SUSPENDED: "02",
    Status.REVOKED: "03",
    Status.CANCELLED: "04",
    Status.LAPSED: "05",
    Status.FORFEITED: "07",
}

GROUNDS: Final[Mapping[str, tuple[str, Status]]] = {
    "unlawful-grant": (noop("原来的许可不该给，依法撤销"), Status.REVOKED),
    "penalty": (noop("因违法被处罚，吊销"), Status.FORFEITED),
    "grant-reversed": (noop("发证所依据的决定已经撤销"), Status.REVOKED),
}
"""Why a certificate is taken back, in words, and where it stands then (行政许可法 Art. 69; penalties by their
own law). The last is never asked for: it follows from the case."""

ASKED_GROUNDS: Final = tuple(ground for ground in GROUNDS if ground != "grant-reversed")


class Holding(StrEnum):
    """Whether an edition holds on a day, as people are told it."""

    VALID = "valid"
    UNENDORSED = "unendorsed"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    FORFEITED = "forfeited"


HOLDING_NAMES: Final[Mapping[Holding, str]] = {
    Holding.VALID: noop("有效"),
    Holding.UNENDORSED: noop("到期没有签注，使用中止"),
    Holding.EXPIRED: noop("已过有效期"),
    Holding.SUSPENDED: noop("暂扣中，不能用"),
    Holding.REVOKED: noop("已撤销"),
    Holding.CANCELLED: noop("已注销"),
    Holding.LAPSED: noop("已失效"),
    Holding.FORFEITED: noop("已吊销"),
}


def holding(status: Status, valid_until: date | None, endorsed_until: date | None, day: date) -> Holding:
    """Whether it holds that day: the last day of either period still counts (民法典 Art. 203).

    The clock's own event may come later; on the day itself the dates decide.
    """
    if status not in STANDING:
        return Holding(status)
    if valid_until is not None and valid_until < day:
        return Holding.EXPIRED
    if status is Status.SUSPENDED:
        return Holding.SUSPENDED
    if endorsed_until is not None and endorsed_until < day:
        return Holding.UNENDORSED
    return Holding.VALID
