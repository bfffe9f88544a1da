"""The four sheets that a city fills in."""

from typing import Final

from tongban.engine.sheets import Column, Shape

REGIONS: Final = "区划"
BODIES: Final = "单位"
POSTS: Final = "职务"
PEOPLE: Final = "人员"

SHEETS: Final = (
    Shape(REGIONS, (Column("区划代码", longest=15), Column("名称"), Column("上级区划代码", False, 15))),
    Shape(
        BODIES,
        (
            Column("统一社会信用代码", longest=18),
            Column("名称", longest=120),
            Column("区划代码", longest=15),
            Column("性质"),
        ),
    ),
    Shape(POSTS, (Column("单位代码", longest=18), Column("职务名称"), Column("角色"))),
    Shape(
        PEOPLE,
        (
            Column("工号", longest=20),
            Column("姓名"),
            Column("单位代码", longest=18),
            Column("职务名称"),
            Column("任职日期", day=True),
            Column("免职日期", False, day=True),
        ),
    ),
)
"""Each sheet and its columns, in the order of the template."""
