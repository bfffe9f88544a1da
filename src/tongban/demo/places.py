"""The places of the demonstration beside those of the packs: areas, streets and the city's departments.

The city, its twenty districts and counties are those of GB/T 2260, from the packs. The three functional areas
have no code there: theirs are our own. Among streets and
communities only 510104022 (春熙路街道) was checked; the other codes are examples of the same form.
"""

from pathlib import Path
from typing import Final

import yaml
from django.conf import settings
from stdnum.cn import uscc

from tongban.directory import api as directory
from tongban.kernel.calendars import LOADER
from tongban.kernel.ids import BodyCode, RegionCode

CITY: Final = RegionCode("510100")
SUPERVISING: Final = BodyCode("11510100MB90000910")
"""The body whose supervisor sees the whole city."""

DISTRICT: Final = RegionCode("510104")
GOVERNMENT: Final = BodyCode("11510104MB90030016")
"""The people's government that gives the bodies of its district more time together."""

AREAS: Final = {
    "510191": "四川天府新区成都直管区",
    "510192": "成都东部新区",
    "510193": "成都高新技术产业开发区",
}
STREETS: Final = {
    "510104022": "春熙路街道",
    "510104091": "锦华路街道",
    "510104092": "三圣街道",
    "510105091": "草堂街道",
    "510105092": "少城街道",
    "510104022091": "总府社区",
    "510104092091": "幸福村",
    "510105091091": "浣花社区",
}
DEPARTMENTS: Final = (
    *(
        "发展和改革委员会",
        "教育局",
        "科学技术局",
        "公安局",
        "民政局",
        "司法局",
        "财政局",
        "人力资源和社会保障局",
    ),
    *("规划和自然资源局", "生态环境局", "住房和城乡建设局", "城市管理委员会", "交通运输局", "市场监督管理局"),
)
"""Of the city; with the offices of the districts and the supervising body they are about thirty."""


def lay_out() -> None:
    """Register what the packs do not bring; done again it changes nothing."""
    published: dict[str, str] = yaml.load((Path(settings.PACKS) / "regions.yaml").read_text(), LOADER)
    province = RegionCode(f"{CITY[:2]}0000")
    directory.ensure_region(code=province, name=published[province])
    directory.ensure_region(code=CITY, name=published[CITY], parent=province)
    counties = {code: name for code, name in published.items() if code[:4] == CITY[:4] and code != CITY}
    for code, name in (counties | AREAS).items():
        directory.ensure_region(code=RegionCode(code), name=name, parent=CITY)
    for code, name in STREETS.items():
        parent = code[:6] if len(code) == len("510104022") else code[:9]
        directory.ensure_region(code=RegionCode(code), name=name, parent=RegionCode(parent))
    for serial, name in enumerate(DEPARTMENTS, start=900):
        directory.ensure_body(code=_code(serial), name=f"成都市{name}（样例）", region=CITY)
    directory.ensure_body(code=SUPERVISING, name="成都市政务服务监督处（样例）", region=CITY)
    government = directory.BodyKind.GOVERNMENT
    directory.ensure_body(code=GOVERNMENT, name="锦江区人民政府（样例）", region=DISTRICT, kind=government)


def _code(serial: int) -> BodyCode:
    base = f"11{CITY}MB9001{serial:03d}"
    return BodyCode(base + uscc.calc_check_digit(base))
