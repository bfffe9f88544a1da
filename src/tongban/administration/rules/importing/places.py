"""Regions, bodies and posts of a spreadsheet."""

import re
from collections.abc import Sequence
from typing import Final

from tongban.administration.rules.importing.trying import Trying
from tongban.administration.rules.shape import GOVERNMENT, KINDS, ROLES, Seat
from tongban.administration.rules.steps import HaveBody, HavePost, HaveRegion
from tongban.engine.codes import CodeError, check_credit_code
from tongban.engine.sheets import Row
from tongban.kernel.access import Role, covers
from tongban.kernel.ids import BodyCode, RegionCode

_KINDS: Final = {words: kind for kind, words in KINDS.items()}
_ROLES: Final = {words: role for role, words in ROLES.items()}
_BETWEEN: Final = re.compile(r"[、,，;；/\s]+")

_REACH: Final = "请只填本级和下级的；别处的由那里的管理员办理。"


def judge_regions(rows: Sequence[Row], trying: Trying) -> None:
    """Regions, the outer ones first, wherever they stand in the sheet."""
    sound = [row for row in rows if _region_is_sound(row, trying)]
    told = {row.text("区划代码") for row in sound}
    for row in sorted(sound, key=lambda one: len(one.text("区划代码").rstrip("0"))):
        code = RegionCode(row.text("区划代码"))
        known = trying.shape.regions.get(code)
        parent = row.text("上级区划代码") or (known.parent if known else "")
        if _parent_is_sound(row, parent, told, trying) and row.has("名称"):
            trying.take_row(HaveRegion(code, row.text("名称"), parent))


def _region_is_sound(row: Row, trying: Trying) -> bool:
    code = row.text("区划代码")
    if not code:
        return False
    # A region holds itself, and what is no code of a region holds nothing.
    if not covers(RegionCode(code), RegionCode(code)):
        do = "省、市、县用6位，乡镇街道用9位或12位，村社区用12位，网格用15位数字。"
        trying.fault("region.code", row, "区划代码", f"“{code}”不是区划代码。", do)
        return False
    if before := trying.met(("region", code), row, "区划代码"):
        trying.fault("region.twice", row, "区划代码", f"这个区划前面 {before} 已经有了。", "请只留一行。")
        return False
    if not trying.within(RegionCode(code)):
        trying.fault("region.reach", row, "区划代码", f"区划 {code} 不归您管理。", _REACH)
        return False
    return True


def _parent_is_sound(row: Row, parent: str, told: set[str], trying: Trying) -> bool:
    code = row.text("区划代码")
    if not parent:
        if code in trying.shape.regions or re.fullmatch(r"\d\d0{4}(0{3}){0,3}", code, re.ASCII):
            return True
        trying.fault("region.parent-empty", row, "上级区划代码", "新的区划没有填上级。", "请填上级区划代码。")
        return False
    if not _lies_in(code, parent):
        do = "请填上一级的代码，例如 510104 的上级是 510100。"
        trying.fault("region.parent", row, "上级区划代码", f"区划 {code} 不在 {parent} 之内。", do)
        return False
    if parent not in trying.shape.regions and parent not in told:
        do = "请先在“区划”表里加上这个上级。"
        trying.fault("region.parent-unknown", row, "上级区划代码", f"没有上级区划 {parent}。", do)
        return False
    return True


def _lies_in(code: str, parent: str) -> bool:
    inner, outer = RegionCode(code), RegionCode(parent)
    return covers(outer, inner) and not covers(inner, outer)


def judge_bodies(rows: Sequence[Row], trying: Trying) -> None:
    """Bodies, by their codes."""
    for row in rows:
        code = _credit_code(row, "统一社会信用代码", trying)
        region = _region_of(row, trying)
        kind = _kind_of(row, code, region, trying)
        if code and _body_is_sound(row, code, trying) and region and kind and row.has("名称"):
            trying.take_row(HaveBody(code, row.text("名称"), region, kind))


def _credit_code(row: Row, heading: str, trying: Trying) -> str:
    """The code in its plain form; empty where it is faulty."""
    typed = row.text(heading)
    if not typed:
        return ""
    try:
        return check_credit_code(typed)
    except CodeError as wrong:
        trying.fault("body.code", row, heading, str(wrong.says), str(wrong.do))
        return ""


def _body_is_sound(row: Row, code: str, trying: Trying) -> bool:
    heading = "统一社会信用代码"
    if before := trying.met(("body", code), row, heading):
        trying.fault("body.twice", row, heading, f"这个单位前面 {before} 已经有了。", "请只留一行。")
        return False
    known = trying.shape.bodies.get(BodyCode(code))
    if known and known.closed_on:
        do = "请删去这一行；要恢复的，请向上级管理员说明。"
        trying.fault("body.closed", row, heading, f"{known.name}已于 {known.closed_on} 撤销。", do)
        return False
    if known and not trying.within(known.region):
        trying.fault("body.elsewhere", row, heading, f"{known.name}现在不归您管理。", _REACH)
        return False
    return True


def _region_of(row: Row, trying: Trying) -> str:
    code = row.text("区划代码")
    if code and RegionCode(code) not in trying.shape.regions:
        do = "请核对区划代码，或者先在“区划”表里加上。"
        trying.fault("body.region", row, "区划代码", f"没有区划 {code}。", do)
        return ""
    if code and not trying.within(RegionCode(code)):
        trying.fault("body.reach", row, "区划代码", f"区划 {code} 不归您管理。", _REACH)
        return ""
    return code


def _kind_of(row: Row, code: str, region: str, trying: Trying) -> str:
    words = row.text("性质")
    if words and words not in _KINDS:
        trying.fault("body.kind", row, "性质", f"不认识性质“{words}”。", f"请填：{'、'.join(_KINDS)}。")
    kind = _KINDS.get(words, "")
    if kind == GOVERNMENT and (other := trying.shape.other_government(region, code)):
        do = "政府的工作部门请填机关；政府改换了代码的，先把原来的撤销。"
        trying.fault("body.second-government", row, "性质", f"这个区划已经有人民政府：{other}。", do)
        return ""
    return kind


def judge_posts(rows: Sequence[Row], trying: Trying) -> None:
    """Posts, by body and title; a post gets exactly the roles that stand there."""
    for row in rows:
        roles, body = _roles_of(row, trying), known_body(row, trying)
        if body is None or not row.has("职务名称"):
            continue
        seat = Seat(body, row.text("职务名称"))
        if before := trying.met(seat, row, "职务名称"):
            trying.fault("post.twice", row, "职务名称", f"这个职务前面 {before} 已经有了。", "请只留一行。")
        elif roles:
            trying.take_row(HavePost(seat.body, seat.title, roles))


def known_body(row: Row, trying: Trying) -> BodyCode | None:
    """The body that a row names, which stands or stands in the sheet before; None where it is faulty."""
    code = _credit_code(row, "单位代码", trying)
    if not code:
        return None
    known = trying.shape.bodies.get(BodyCode(code))
    if known is None:
        do = "请核对代码，或者先在“单位”表里加上。"
        trying.fault("body.unknown", row, "单位代码", f"没有单位 {code}。", do)
        return None
    if known.closed_on and known.closed_on <= trying.today:
        trying.fault("body.over", row, "单位代码", f"{known.name}已经撤销。", "请填现在的单位。")
        return None
    if not trying.within(known.region):
        trying.fault("body.not-ours", row, "单位代码", f"{known.name}不归您管理。", _REACH)
        return None
    return known.code


def _roles_of(row: Row, trying: Trying) -> tuple[Role, ...]:
    words = [one for one in _BETWEEN.split(row.text("角色")) if one]
    for one in words:
        if one not in _ROLES:
            do = f"请填：{'、'.join(_ROLES)}；有几个的，用顿号隔开。"
            trying.fault("post.role", row, "角色", f"不认识角色“{one}”。", do)
            return ()
    if len(set(words)) != len(words):
        trying.fault("post.role-twice", row, "角色", "同一个角色写了两次。", "请只写一次。")
        return ()
    return tuple(sorted(_ROLES[one] for one in words))
