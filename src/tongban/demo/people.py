"""The invented people of the demonstration. Their codes have valid check characters and belong to nobody."""

from dataclasses import dataclass
from typing import Final

from tongban.kernel.access import Role
from tongban.kernel.ids import BodyCode, RegionCode


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who may sign in."""

    sign_in: str
    name: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Staff:
    """An officer of an office: one of these at every body."""

    sign_in: str
    name: str
    title: str
    roles: tuple[Role, ...]


RESIDENTS: Final = (
    Resident("wangxiuli", "王秀丽", "510104198806152343", "13800000001"),
    Resident("zhangguofeng", "张国丰", "510105194503094316", "13800000002"),
    Resident("ayiguli", "阿依古丽·买买提", "510106199207211521", "13800000003"),
)

ENTERPRISE: Final = ("91510104MA90000016", "成都小满餐饮有限公司（演示）")
AGENT: Final = RESIDENTS[0]
"""Who is entitled to act for the enterprise."""

STAFF: Final = (
    Staff("jingban", "李明", "经办人", (Role.HANDLER, Role.WINDOW)),
    Staff("tongshi", "陈静", "经办人（二）", (Role.HANDLER,)),
    Staff("fuze", "赵敏", "负责人", (Role.LEADER,)),
)

CITY: Final = (BodyCode("11510100MB90000910"), "成都市政务服务监督处（样例）", RegionCode("510100"))
SUPERVISOR: Final = Staff("jiandu", "周正", "监督员", (Role.SUPERVISOR,))

FOOD: Final = {
    "enterprise_name": "成都小满餐饮有限公司（演示）",
    "uscc": "91510104MA90000016",
    "representative": "王秀丽",
    "phone": "13800000001",
    "place": "成都市锦江区春熙路街道总府路 1 号（演示）",
    "area": "86",
    "form": "catering",
    "projects": ["hot-dishes"],
    "online": False,
    "manager": "王秀丽",
    "truth": True,
}
FOOD_MATERIALS: Final = ("food-layout", "food-safety-rules", "food-safety-manager-proof")

SAMPLE_PDF: Final = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n"
    b"0 4\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000052 00000 n \n"
    b"0000000101 00000 n \n"
    b"trailer<</Root 1 0 R/Size 4>>\n"
    b"startxref\n"
    b"164\n"
    b"%%EOF\n"
)
