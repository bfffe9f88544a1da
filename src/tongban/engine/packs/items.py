"""What is right for one item: the rules an implementation list must keep, each fault with its line.

Sources: 行政许可法 arts. 30–32, 42, 45, 58; 国务院令第716号 art. 7; 国务院令第722号 arts. 36, 43, 44.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from tongban.engine.forms.model import condition_problems
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.intermediaries import intermediary_faults
from tongban.engine.packs.later import later_faults
from tongban.engine.packs.library import Library, coded_faults, law_faults, twice_faults, vague_faults
from tongban.engine.packs.periods import same_day, surely_within
from tongban.engine.packs.shape import each
from tongban.engine.packs.shapes import LAW, MATERIALS
from tongban.engine.packs.tree import Path, Tree

ITEM_TYPES = "gbt39554-item-type"
BASIC_CODES = "gbt39554-basic-code"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item under judgement: its file, what of it fits, the fields it asks, and what it may refer to."""

    tree: Tree
    data: Mapping[str, Any]
    fields: Mapping[str, Mapping[str, Any]]
    spared: frozenset[str]
    """Fields that stand in the form and are at fault themselves: nothing is judged by them."""
    library: Library
    on: date
    form_read: bool = True
    """Whether the form could be read at all; else nothing is said of the fields that are not in it."""

    def at_fault(self, path: Path, whole: Mapping[str, Any]) -> bool:
        """Whether what stands at this place of the file is not sound; `whole` is what fits around it."""
        left = whole.get(str(path[-1]))
        return path in self.tree.lines and (left is None or None in left)

    @property
    def regime(self) -> Mapping[str, Any]:
        """The regime that is named; empty if nobody knows it."""
        return self.library.regimes.get(self.data.get("regime", ""), {})


def item_faults(draft: Draft) -> Iterator[PackFault]:
    """Every fault of the item."""
    yield from law_faults(draft.tree, draft.data)
    yield from vague_faults(draft.tree, draft.data)
    yield from coded_faults(draft.tree, draft.data, draft.library)
    yield from _basic_code(draft)
    yield from _regime(draft)
    yield from _promise(draft)
    yield from _visits(draft)
    yield from _special_procedures(draft)
    yield from _materials(draft)
    yield from later_faults(draft.tree, draft.data)
    yield from intermediary_faults(draft.tree, draft.data, draft.library.materials)
    yield from _fee(draft)
    yield from _effective(draft)
    yield from _online(draft)
    for key, *inner in (
        ("audience", "code"),
        ("words",),
        ("materials", "kind"),
        ("situations", "element"),
        ("offices", "body"),
    ):
        yield from twice_faults(draft.tree, draft.data, key, *inner)
    yield from twice_faults(draft.tree, draft.data, "special_procedures", "code")


def _basic_code(draft: Draft) -> Iterator[PackFault]:
    basic, kind = draft.data.get("basic_code"), draft.data.get("item_type")
    if basic is None or basic["system"] != BASIC_CODES:
        return
    code = basic["code"]
    if len(code) != 12 or not (code.isascii() and code.isdigit()):
        yield draft.tree.fault(
            ("basic_code", "code"),
            "BASIC-CODE-FORM",
            f'基本编码是 12 位数字，现在是 {len(code)} 位。第 3、4 位写事项类型，例如 "512033901000"。',
        )
    elif (
        kind is not None
        and kind["system"] == ITEM_TYPES
        and code[2:4] != kind["code"]
        and _known(draft, kind)
    ):
        yield draft.tree.fault(
            ("basic_code", "code"),
            "BASIC-CODE-TYPE",
            f"基本编码第 3、4 位是“{code[2:4]}”，事项类型却是“{kind['code']}”。两处要一致。",
        )


def _known(draft: Draft, coded: Mapping[str, str]) -> bool:
    system = draft.library.systems.get(coded["system"], {})
    return coded["code"] in system.get("codes", (coded["code"],))


def _regime(draft: Draft) -> Iterator[PackFault]:
    code, kind = draft.data.get("regime"), draft.data.get("item_type")
    if code is None:
        return
    if code not in draft.library.regimes:
        yield draft.tree.fault(
            ("regime",),
            "REGIME-UNKNOWN",
            f"没有“{code}”这套办理规则。{_near(code, draft.library.regimes)}"
            f"可用：{_named(draft.library.regimes)}；也可以在 regimes 文件夹里写一套。",
        )
        return
    if kind is None:
        return
    regimes, name = draft.library.regimes, draft.regime.get("name", code)
    if not _serves(code, kind, regimes):
        suited = {other: one for other, one in regimes.items() if one and _serves(other, kind, regimes)}
        bound = {other: one for other, one in suited.items() if kind in one.get("binds", ())}
        says = f"“{name}”不适用于这个事项类型。请改 item_type，或把 regime 改为 {_named(bound or suited)}。"
        yield draft.tree.fault(("regime",), "REGIME-NOT-FOR-TYPE", says)
    for other, regime in regimes.items():
        if other not in (code, _home(code, regimes)) and kind in regime.get("binds", ()):
            says = f"这个事项类型必须用“{regime['name']}”（{other}），不能另选规则。"
            yield draft.tree.fault(("regime",), "REGIME-BOUND-BY-TYPE", says)


def _home(code: str, regimes: Mapping[str, Mapping[str, Any]]) -> str:
    """The regime whose types this one serves.

    A law may let one regime stand in for another, and then for the types of that one: 行政许可法 art. 42.
    """
    return str(regimes[code].get("instead_of", {}).get("regime", code))


def _serves(code: str, kind: Mapping[str, str], regimes: Mapping[str, Mapping[str, Any]]) -> bool:
    return kind in regimes.get(_home(code, regimes), {}).get("binds", (kind,))


def _near(code: str, known: Iterable[str]) -> str:
    near = get_close_matches(code, known, n=1)
    return f"是不是想写“{near[0]}”？" if near else ""


def _named(regimes: Mapping[str, Mapping[str, Any]]) -> str:
    return "、".join(f"{code}（{one['name']}）" for code, one in regimes.items() if one)


def statutory_of(data: Mapping[str, Any], regime: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """The statutory limit on that day, {value, unit}: by the item's own law, else its regime's, else None."""
    if "statutory" in data:
        return {"value": data["statutory"]["value"], "unit": data["statutory"]["unit"]}
    return _figure_of(regime, "decide_within", on)


def longest_by_law(draft: Draft) -> dict[str, Any] | None:
    """The longest from acceptance to decision that a law allows, {value, unit}; None where none does.

    Where one office examines and another decides, either has its own days (行政许可法 Arts. 42, 43).
    """
    decide = statutory_of(draft.data, draft.regime, draft.on)
    review = _figure_of(draft.regime, "review_within", draft.on)
    alone = draft.data.get("kind") != "forwarded" or "statutory" in draft.data
    if alone or decide is None or review is None or decide["unit"] != review["unit"]:
        return decide
    return {"value": decide["value"] + review["value"], "unit": decide["unit"]}


def _figure_of(regime: Mapping[str, Any], name: str, on: date) -> dict[str, Any] | None:
    """The limit of that name in force that day, {value, unit}, if the regime has one."""
    entries = regime.get("figures", {}).get(name, ())
    held = [entry for entry in entries if entry is not None and entry["from"] <= on.isoformat()]
    if not held:
        return None
    value, unit = max(held, key=lambda entry: entry["from"])["value"].split(" ")
    return {"value": int(value), "unit": unit}


def _promise(draft: Draft) -> Iterator[PackFault]:
    promise = draft.data.get("promise")
    if promise is None:
        return
    kind = draft.data.get("kind")
    if kind == "instant" and not same_day(promise):
        yield draft.tree.fault(
            ("promise",), "PROMISE-NOT-SAME-DAY", "即办件要当天办完，promise 的 value 应为 0。"
        )
    if kind in ("promised", "forwarded") and promise["value"] == 0:
        yield draft.tree.fault(
            ("promise",), "PROMISE-ZERO", "这类件的时限不能是 0。当天办完的请把 kind 改为 instant。"
        )
    statute = longest_by_law(draft)
    if statute is not None and not surely_within(promise, statute):
        yield draft.tree.fault(
            ("promise",),
            "PROMISE-LONGER-THAN-STATUTE",
            f"承诺时限可能超过法定时限（{statute['value']} {statute['unit']}）。请缩短，或改用同一单位。",
        )
    yield from _flow(draft, promise)


def _flow(draft: Draft, promise: Mapping[str, Any]) -> Iterator[PackFault]:
    unit, whole = promise["unit"], 0
    for at, step in each(draft.data, "flow"):
        takes = step.get("takes", {"value": 0, "unit": unit})
        whole += takes["value"] if takes["unit"] == unit else 0
        if takes["unit"] != unit:
            says = f"环节用的单位是 {takes['unit']}，承诺用的是 {unit}，加不到一起。请都写 {unit}。"
            yield draft.tree.fault(("flow", at, "takes"), "FLOW-OTHER-UNIT", says)
    if whole > promise["value"]:
        says = f"各环节的时间加起来是 {whole}，超过承诺的 {promise['value']}。请缩短环节，或放宽 promise。"
        yield draft.tree.fault(("flow",), "FLOW-LONGER-THAN-PROMISE", says)


def _visits(draft: Draft) -> Iterator[PackFault]:
    visits, channels = draft.data.get("visits"), draft.data.get("channels")
    if visits == 0 and channels is not None and not (channels["online"] or channels["express"]):
        yield draft.tree.fault(
            ("visits",),
            "VISITS-WITHOUT-CHANNEL",
            "跑动次数写 0，就要能网上办（online）或者快递办（express）。",
        )
    if visits and "visit_reason" not in draft.data:
        yield draft.tree.fault(
            ("visits",), "VISIT-WITHOUT-REASON", "要群众跑现场，请在 visit_reason 里写明必须到场的原因。"
        )


def _special_procedures(draft: Draft) -> Iterator[PackFault]:
    known = {one["code"] for _, one in each(draft.regime, "special_procedures")}
    for at, one in each(draft.data, "special_procedures"):
        if one["code"] not in known and "law" not in one:
            yield draft.tree.fault(
                ("special_procedures", at),
                "SPECIAL-PROCEDURE-WITHOUT-LAW",
                f"“{one['code']}”不在本办理规则允许停表的程序之列。请去掉，或用 law 写明单独的法律依据。",
            )


def _materials(draft: Draft) -> Iterator[PackFault]:
    for at, material in each(draft.data, "materials"):
        path = ("materials", at)
        if not list(each(material, "by_law")) and not draft.at_fault((*path, "by_law"), material):
            says = f"没有写凭什么要这份材料。没有依据就不能要；有就写明，例如 by_law: [{LAW.sample()}]"
            yield draft.tree.fault(path, "MATERIAL-WITHOUT-LAW", says)
        kind = draft.library.materials.get(material["kind"])
        if kind is None:
            yield draft.tree.fault(
                (*path, "kind"),
                "MATERIAL-UNKNOWN",
                draft.library.lacks("材料", material["kind"], "materials.yaml", MATERIALS),
            )
        elif kind:
            yield from _held(draft, at, material, kind)
        if "when" in material and draft.form_read:
            for problem in condition_problems(material["when"], (*path, "when"), draft.fields, draft.spared):
                yield draft.tree.fault(*problem)


def _held(draft: Draft, at: int, material: Mapping[str, Any], kind: Mapping[str, Any]) -> Iterator[PackFault]:
    from_office = material["source"] in ("certificate", "shared", "earlier-result")
    if "held_by" in kind and (material["need"] != "not-demanded" or not from_office):
        yield draft.tree.fault(
            ("materials", at),
            "GOVERNMENT-HOLDS-IT",
            f"“{kind['name']}”由{kind['held_by']}签发或保管，不能再向群众要。"
            "请改为 need: not-demanded，source 写 certificate 或 shared。",
        )
    elif from_office and material["need"] != "not-demanded":
        says = "写了由我们调用或者核验，就不能再向群众要。请改为 need: not-demanded，或者 source: applicant。"
        yield draft.tree.fault(("materials", at, "need"), "SHARED-YET-DEMANDED", says)
    elif material["need"] == "not-demanded" and not from_office:
        yield draft.tree.fault(
            ("materials", at, "need"),
            "NOT-DEMANDED-FROM-NOWHERE",
            "写了免提交，却没有别的来源。请把 source 改为 certificate、shared 或 earlier-result。",
        )


def _fee(draft: Draft) -> Iterator[PackFault]:
    fee = draft.data.get("fee")
    if fee is None:
        return
    rows = list(each(fee, "rows"))
    if fee["charged"] and not rows and not draft.at_fault(("fee", "rows"), fee):
        says = (
            "写了收费，就要逐项写明名称、标准和法律依据；没有依据不能收。例如 "
            f"rows: [{{name: 工本费, standard: 每本 10 元, law: {LAW.sample()}}}]"
        )
        yield draft.tree.fault(("fee",), "FEE-WITHOUT-LAW", says)
    if not fee["charged"] and rows:
        yield draft.tree.fault(
            ("fee", "rows"), "FEE-NOT-CHARGED", "写了不收费，就不能再列收费项目。请删掉一处。"
        )


def _effective(draft: Draft) -> Iterator[PackFault]:
    effective = draft.data.get("effective", {})
    if effective.get("until", "9999-12-31") < effective.get("from", ""):
        yield draft.tree.fault(
            ("effective", "until"), "EFFECTIVE-BACKWARDS", "取消日期早于生效日期。请核对。"
        )


def _online(draft: Draft) -> Iterator[PackFault]:
    target, depth = draft.data.get("online_target"), draft.data.get("online_depth")
    if target is not None and (depth is None or target["depth"]["code"] <= depth["code"]):
        says = "目标（online_target）要比现在的深度（online_depth）更深。请写明现在到哪一级，再写目标。"
        yield draft.tree.fault(("online_target",), "ONLINE-TARGET-NOT-DEEPER", says)
