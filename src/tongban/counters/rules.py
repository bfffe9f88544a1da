"""What is right at a window: who may stand there for themselves, and what is refused."""

from datetime import date, timedelta
from typing import Final

from tongban.kernel.refusal import Refusal

OLD_ENOUGH: Final = 14
"""Below it a guardian acts: 个人信息保护法 第三十一条."""

MOST_IN_AN_HOUR: Final = 60
WITHIN: Final = timedelta(hours=1)
"""How many people an officer may look up: more than a queue brings, fewer than a list would."""


def refuse_young(born: date, today: date) -> None:
    """Refuse to receive a child alone: a guardian stands there for it."""
    old_enough = born.year + OLD_ENOUGH, born.month, born.day
    if (today.year, today.month, today.day) < old_enough:
        raise Refusal(
            "counters.too-young",
            says="未满 14 岁，要由父母或者其他监护人来办。",
            do="请填监护人的姓名和号码；监护人登录后在“为家人办事”里加上孩子，也可以在网上替孩子办。",
            status=422,
        )


def refuse_too_many(minutes: int) -> None:
    """Refuse to look up another person; `minutes` to wait, 0 where there is nothing to wait for."""
    if minutes:
        raise Refusal(
            "counters.too-many",
            says="一小时里核对的人太多了，先停一停。",
            do=f"请在 {minutes} 分钟后再试；要核对更多人的，请联系本单位管理员。",
            status=429,
        )


def not_named() -> Refusal:
    """The refusal of a name that is not the number's; it does not say which of the two is wrong."""
    return Refusal(
        "counters.mismatch",
        says="姓名和公民身份号码对不上。",
        do="请对照身份证再核对一遍；确认没有写错的，请本人到公安派出所核对登记信息。",
        status=422,
    )


def not_for_enterprise() -> Refusal:
    """The refusal of who stands there for an enterprise that did not say so."""
    return Refusal(
        "counters.enterprise.no-mandate",
        says="没有查到这个人可以替这家企业办事。",
        do="请核对统一社会信用代码；是经办人的，请法定代表人登录后授权，或者法定代表人本人来办。",
        status=422,
    )


def enterprise_register_away() -> Refusal:
    """The refusal of an enterprise of which nothing is known while its register does not answer."""
    return Refusal(
        "counters.enterprise.away",
        says="企业登记信息现在没有答复，不能核对谁代表这家企业。",
        do="请过几分钟再试；也可以先替本人接待，企业的事等答复后再办。",
        status=503,
    )


def unknown_reception() -> Refusal:
    """The refusal of a reception that is over, or another officer's."""
    return Refusal(
        "counters.unknown",
        says="没有这次接待，或者已经结束。",
        do="请回到窗口页，重新核对来办事的人。",
        status=404,
    )
