"""The sheets that are given out: the empty template with its examples, and what stands here filled in."""

from collections.abc import Callable, Sequence
from typing import Final

from tongban.administration.rules.importing import BODIES, PEOPLE, POSTS, REGIONS, SHEETS
from tongban.administration.rules.shape import KINDS, ROLES, day_in_words, roles_in_words
from tongban.directory import api as directory
from tongban.engine.sheets import EXAMPLE, EXPLAINED, MOST_ROWS, NOTE, Table, written
from tongban.kernel.access import Deed, Thing, Viewer, allowed
from tongban.kernel.ids import RegionCode

_EXAMPLES: Final[dict[str, Sequence[Sequence[str]]]] = {
    REGIONS: [("510104022", "书院街街道", "510104", EXAMPLE)],
    BODIES: [("11510104MB9000003N", "锦江区民政局（样例）", "510104", "机关", EXAMPLE)],
    POSTS: [("11510104MB9000003N", "经办人", "窗口、经办", EXAMPLE)],
    PEOPLE: [("A-001", "王样例", "11510104MB9000003N", "经办人", "2026-03-01", "", EXAMPLE)],
}
_WIDTHS: Final = (22, 28, 22, 18, 14, 14, 12)

_RULES: Final = (
    "只填要新增或者要改的；表里没有的，保持原样，不会删去任何人和单位。",
    f"备注以“{EXAMPLE}”开头的行不导入。每张表最多 {MOST_ROWS} 行。",
    "代码、工号一律按文本填写，前面的 0 不能少。",
    f"性质填：{'、'.join(KINDS.values())}。角色填：{'、'.join(ROLES.values())}；有几个的用顿号隔开。",
    "一人有几个职务的，一个职务一行。日期写成 2026-03-01；还在任的，免职日期不填。",
    "上传以后先列出所有错处；没有错处的，先看会改什么，再由另一位管理员同意，才会导入。",
)


def template() -> bytes:
    """A workbook to be filled in, with an example on every sheet. No statement."""
    return _workbook(_EXAMPLES)


def filled_in(viewer: Viewer) -> bytes:
    """What stands in a viewer's reach, in the same form. Five statements, however much it is.

    People without a staff number are not in it: a row is theirs by their number.
    """
    within = _within(viewer)
    bodies = [one for one in directory.bodies() if within(one.region) and not one.closed_on]
    names = {one.code: one for one in bodies}
    posts = [one for one in directory.posts() if one.body in names]
    regions = [one for one in directory.regions() if within(one.code)]
    return _workbook(
        {
            REGIONS: [(one.code, one.name, one.parent or "") for one in regions],
            BODIES: [(one.code, one.name, one.region, KINDS[str(one.kind)]) for one in bodies],
            POSTS: [(one.body, one.title, roles_in_words(one.roles)) for one in posts],
            PEOPLE: _people(posts),
        }
    )


def _people(posts: Sequence[directory.PostRow]) -> list[tuple[str, ...]]:
    seats = {one.id: one for one in posts}
    people = {one.id: one for one in directory.people() if one.number}
    return [
        (
            people[one.officer].number,
            people[one.officer].name,
            seats[one.post].body,
            seats[one.post].title,
            day_in_words(one.since),
            day_in_words(one.until),
        )
        for one in directory.tenures()
        if one.post in seats and one.officer in people
    ]


def _workbook(rows: dict[str, Sequence[Sequence[str]]]) -> bytes:
    sheets = [
        Table(shape.name, [*(column.heading for column in shape.columns), NOTE], rows[shape.name], _WIDTHS)
        for shape in SHEETS
    ]
    return written([Table(EXPLAINED, ["怎么填"], [(rule,) for rule in _RULES], (100,)), *sheets])


def _within(viewer: Viewer) -> Callable[[RegionCode], bool]:
    return lambda region: allowed(viewer, Deed.ADMINISTER, Thing(region=region))
