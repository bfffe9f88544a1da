"""The invented people and enterprises of the demonstration. Their codes check and belong to nobody.

Of identity numbers the serials, of credit codes the subjects begin with 9, so that whoever meets one of these
numbers may see where it comes from.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid5

from stdnum.cn import ric, uscc

from tongban.engine.codes import mask_name
from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId, PersonKey, RegionCode
from tongban.kernel.keys import ring

COUNTIES: Final = ("510104", "510105")
"""Where they live: the counties whose offices take applications."""

HOW_MANY: Final = 200
ENTERPRISES: Final = 60
_SPACE: Final = UUID("6f0a6c3e-54b2-4f0e-9a0b-3f0a4b8f2d11")
"""Whoever lives here has the same id at every start: a name in this space."""


def identified(name: str) -> AccountId:
    """The id of somebody or something here, by its name."""
    return AccountId(uuid5(_SPACE, name))


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who may sign in."""

    sign_in: str
    name: str
    id_number: str
    phone: str

    @property
    def key(self) -> PersonKey:
        """By which they are found."""
        return ring().person_key("person", self.id_number)

    @property
    def born(self) -> date:
        """As their number says."""
        return date(int(self.id_number[6:10]), int(self.id_number[10:12]), int(self.id_number[12:14]))

    @property
    def region(self) -> RegionCode:
        """Where they live."""
        return RegionCode(self.id_number[:6] if self.id_number[:6] in COUNTIES else COUNTIES[0])

    @property
    def viewer(self) -> Viewer:
        """Signed in, for themselves."""
        return Viewer(identified(self.sign_in), self.key, shown_as=mask_name(self.name))


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise, and the resident who acts for it."""

    code: str
    name: str
    agent: Resident

    @property
    def key(self) -> PersonKey:
        """By which it is found."""
        return ring().person_key("enterprise", self.code)

    @property
    def region(self) -> RegionCode:
        """Where it is registered."""
        return RegionCode(self.code[2:8])

    @property
    def viewer(self) -> Viewer:
        """The agent, signed in and acting for it."""
        account, mandates = identified(self.agent.sign_in), frozenset({self.key})
        return Viewer(account, self.agent.key, self.key, mandates, shown_as=self.name)


NAMED: Final = (
    Resident("wangxiuli", "王秀丽", "510104198806152343", "13800000001"),
    Resident("zhangguofeng", "张国丰", "510105194503094316", "13800000002"),
    Resident("ayiguli", "阿依古丽·买买提", "510106199207211521", "13800000003"),
)
"""Those whom the first words of the demonstration introduce."""

XIAOMAN: Final = Enterprise("91510104MA90000016", "成都小满餐饮有限公司（演示）", NAMED[0])


def residents(seed: int) -> tuple[Resident, ...]:
    """Two hundred people, of every age and some with rare characters; the same for the same seed."""
    return NAMED + tuple(_resident(Random(f"{seed}/resident/{nth}"), nth) for nth in range(4, HOW_MANY + 1))


def enterprises(seed: int, among: tuple[Resident, ...]) -> tuple[Enterprise, ...]:
    """Sixty enterprises, each with an agent of working age."""
    agents = [one for one in among if 1962 <= one.born.year <= 2002]
    return (
        XIAOMAN,
        *(_enterprise(Random(f"{seed}/enterprise/{nth}"), nth, agents) for nth in range(2, ENTERPRISES + 1)),
    )


def _resident(chance: Random, nth: int) -> Resident:
    oldest, youngest = (1930, 1950) if nth % 8 == 0 else (1951, 2004)
    born = date(oldest, 1, 1) + timedelta(days=chance.randrange((youngest - oldest) * 365))
    number = f"{COUNTIES[nth % 2]}{born:%Y%m%d}{900 + nth % 100:03d}"
    name = chance.choice(_RARE) if nth % 25 == 0 else chance.choice(_FAMILY) + chance.choice(_GIVEN)
    return Resident(f"jumin{nth}", name, number + ric.calc_check_digit(f"{number}-"), f"1380000{nth:04d}")


def _enterprise(chance: Random, nth: int, agents: list[Resident]) -> Enterprise:
    sole = nth % 3 == 0
    county = COUNTIES[nth % 2]
    base = f"{92 if sole else 91}{county}MA9{nth:06d}"
    kind, suffix = chance.choice(_SOLE if sole else _COMPANIES), "" if sole else "有限公司"
    place = f"成都市{_COUNTY_NAMES[county]}" if sole else "成都"
    name = f"{place}{chance.choice(_WORDS)}{nth}号{kind}{suffix}（演示）"
    return Enterprise(base + uscc.calc_check_digit(base), name, chance.choice(agents))


_COUNTY_NAMES: Final = {"510104": "锦江区", "510105": "青羊区"}
_FAMILY: Final = (*"李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "欧阳", "司马")
_GIVEN: Final = (
    *("志强", "桂芳", "明", "丽华", "建国", "淑珍", "雨桐", "浩然", "梓涵", "国庆", "小红", "晓燕", "文博"),
    *("德福", "玉兰", "俊杰", "思远", "芳", "永年", "秀英", "佳怡", "子墨", "春梅", "天佑", "静"),
)
_RARE: Final = ("古丽娜尔·艾合买提", "邓垚", "龚喆", "阿什约旦·尔古", "陈𬀩", "彭赟", "扎西达瓦", "王燊")
_WORDS: Final = (
    "知味",
    "锦里",
    "云栖",
    "百福",
    "晴川",
    "望江",
    "青竹",
    "小桥",
    "和顺",
    "万象",
    "春熙",
    "浣花",
)
_SOLE: Final = ("面馆", "理发店", "副食店", "茶铺", "火锅店", "美容店")
_COMPANIES: Final = ("餐饮管理", "酒店管理", "文化传媒", "健身服务", "商贸", "广告")
