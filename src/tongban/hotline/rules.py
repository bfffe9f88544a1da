"""What is right about calling back: the platform's own promise, how often is tried, who may ask how often."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from tongban.engine.calendar import Calendar, workdays_after
from tongban.kernel.access import Thing
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.refusal import Refusal

PROMISED_WORKDAYS: Final = 1
"""The platform's own promise, told on its page; no law sets one."""

MOST_TRIES: Final = 3
KEPT_FOR: Final = timedelta(days=30)
"""After the end of it, in case somebody comes back to what was said."""

LEFT_AFTER: Final = timedelta(days=90)
"""A number that nobody called so long is kept no longer."""

WITHIN: Final = timedelta(days=1)
MOST_OF_A_PHONE: Final = 2
MOST_FROM_AN_ADDRESS: Final = 20
"""How often a number and a network address may ask within that time; a village may share one address."""


class Stage(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    REACHED = "reached"  # 已回电
    NOT_REACHED = "not-reached"  # 打了几次没有接通
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"  # 已回电
    NOT_REACHED = "not-reached"  # 未接通


class Hours(StrEnum):
    """When it suits best."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as an officer's act meets it: whose it is to answer, where it stands, how often was tried."""

    region: RegionCode
    body: BodyCode | None
    stage: Stage
    tries: int

    @property
    def thing(self) -> Thing:
        """What is about an office's item is that office's; all else is for any window of the region."""
        return Thing(body=self.body) if self.body else Thing(region=self.region)


def promised(asked_on: date, calendar: Calendar) -> date:
    """The last day of the promise."""
    return workdays_after(calendar, asked_on, PROMISED_WORKDAYS).last


def refuse_too_many(of_phone: int, from_address: int) -> None:
    """Refuse one more within the day; `of_phone` and `from_address` are those before it."""
    if of_phone >= MOST_OF_A_PHONE or from_address >= MOST_FROM_AN_ADDRESS:
        raise Refusal(
            "hotline.too-many",
            says=_("一天里登记得太多了。"),
            do=_("请等我们打过去，或者直接拨打 12345。"),
            status=429,
        )


def after(request: Request, outcome: Outcome, seen: int) -> Stage:
    """Where a request stands after a call. Refused where it is over, or called again since `seen` tries."""
    if request.stage is not Stage.WAITING:
        raise Refusal("hotline.over", says="这个回电已经结束。", do="请回到名单，打下一个。")
    if seen != request.tries:
        raise Refusal(
            "hotline.stale",
            says="刚才已经有同事打过这个电话。",
            do="请重新打开，看清打过几次再记。",
        )
    if outcome is Outcome.REACHED:
        return Stage.REACHED
    return Stage.NOT_REACHED if request.tries + 1 >= MOST_TRIES else Stage.WAITING


def expired(at: datetime) -> tuple[datetime, datetime]:
    """Before which end, and before which asking, a request is deleted."""
    return at - KEPT_FOR, at - LEFT_AFTER


_WORDS: Final = """
银杏 芙蓉 海棠 腊梅 茉莉 桂花 翠竹 青松 白鹭 锦鲤 燕子 喜鹊 骏马 熊猫 蜻蜓 蝴蝶
春风 秋月 晨露 晚霞 朝阳 清泉 远山 流云 彩虹 瑞雪 甘霖 星河 江水 湖光 田野 森林
书本 毛笔 灯笼 风筝 茶杯 竹椅 油伞 木船 铜铃 棋盘 剪纸 年画 陶罐 算盘 纸扇 风车
苹果 葡萄 樱桃 石榴 橘子 核桃 花生 糯米 豆腐 汤圆 麦穗 莲藕 南瓜 青菜 蜂蜜 红枣
"""
WORDS: Final = tuple(_WORDS.split())
"""By which the caller shows to be ours; with six digits behind, easy to say and to write down."""


def plain(word: str) -> str:
    """A code word however it was typed: without blanks and dashes, full-width digits made plain."""
    kept = "".join(char for char in word if char.isalnum())
    return "".join(str(int(char)) if char.isdecimal() else char for char in kept)
