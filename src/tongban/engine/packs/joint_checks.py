"""What a joint service can only get wrong beside its items: its clock, its forms, who takes part, where."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.forms import Value, form_of
from tongban.engine.joint import (
    MOST_WAYS,
    Asking,
    NotUnited,
    Plan,
    Planned,
    TooManyWays,
    longest,
    plan_of,
    unite,
    ways,
)
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.joints import Document, Joint, joint_document, joints_of
from tongban.engine.packs.library import Library
from tongban.engine.packs.periods import same_day, surely_within
from tongban.engine.packs.shape import each
from tongban.engine.packs.tree import Path

Items = Mapping[str, Document]
"""The documents of items, by slug."""

CEILING: Final = "decide_jointly_within"
"""The figure of a regime that bounds what several bodies do together (行政许可法 art. 42 para. 2)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What joint services are judged beside: any item by its slug, and what is called what already."""

    item: Callable[[str], Document | None]
    names: Mapping[str, str]
    on: date


def joints_checked(
    whole: Iterable[tuple[FilePath, Library]], beside: Beside | None
) -> tuple[list[Document], list[PackFault]]:
    """The joint services of whole packs folders; what only items can tell of them, where these are known."""
    documents: list[Document] = []
    faults: list[PackFault] = []
    for root, library in whole:
        found, wrong = joints_of(root, library)
        faults += wrong
        if beside is None or wrong:
            continue
        for one in found:
            names = dict(beside.names) | {each["slug"]: each["joint"]["name"] for each in documents}
            document, wrong = _checked(one, replace(beside, names=names))
            faults += wrong
            documents += [document] if document else []
    return documents, faults


def _checked(one: Joint, beside: Beside) -> tuple[Document | None, list[PackFault]]:
    """A joint service beside its items as a document, or every fault."""
    wanted = [member["item"] for _, member in each(one.data, "members")]
    items = {slug: found for slug in wanted if (found := beside.item(slug)) is not None}
    faults = [*_named_faults(one, beside.names), *_member_faults(one, items)]
    if faults:
        return None, faults
    document = joint_document(one)
    plan = plan_of(document["joint"], title=one.slug, choosing=str)
    faults = [*_uniting_faults(one, plan, items)]
    try:
        faults += _way_faults(_Judged(one, plan, items, beside.on))
    except TooManyWays:
        says = f"这些问题有 {MOST_WAYS} 种以上的答法，没有人看得过来。请少问几个。"
        faults.append(one.tree.fault(("questions",), "JOINT-TOO-MANY-WAYS", says))
    if not any(
        all(_serves(items[each.item], region) for each in plan.members) for region in _regions(items, plan)
    ):
        says = "没有一个地区能把这些事都办了：各事项 offices 的 region 对不到一起。请核对。"
        faults.append(one.tree.fault(("members",), "JOINT-NOWHERE", says))
    return (None if faults else document), faults


def _named_faults(one: Joint, names: Mapping[str, str]) -> Iterator[PackFault]:
    if one.slug in names:
        says = f"代号“{one.slug}”已经有事项或者指南在用，地址会撞在一起。请给文件夹换一个名。"
        yield one.tree.fault((), "JOINT-SLUG-TAKEN", says)
    if one.data.get("name") in names.values():
        says = f"“{one.data['name']}”已经是一个事项或者指南的名字。请换一个，让人分得清。"
        yield one.tree.fault(("name",), "JOINT-NAME-TAKEN", says)


def _member_faults(one: Joint, items: Items) -> Iterator[PackFault]:
    for at, member in each(one.data, "members"):
        document = items.get(member["item"])
        if document is None:
            near = get_close_matches(member["item"], items, n=1)
            hint = f"是不是想写“{near[0]}”？" if near else "请先写好这个事项包。"
            says = f"没有“{member['item']}”这个事项，不能联办。{hint}"
            yield one.tree.fault(("members", at, "item"), "JOINT-ITEM-UNKNOWN", says)
            continue
        materials = {material["kind"]: material for material in document["item"]["materials"]}
        elements = {field["element"] for step in document["form"]["steps"] for field in step["fields"]}
        for place, code in each(member, "apart"):
            if code not in elements | materials.keys():
                says = f"“{document['item']['name']}”不问“{code}”，也不看这份材料，不用写在 apart 里。"
                yield one.tree.fault(("members", at, "apart", place), "JOINT-APART-UNKNOWN", says)
        for place, after in each(member, "after"):
            for nth, kind in each(after, "feeds"):
                path: Path = ("members", at, "after", place, "feeds", nth)
                if kind not in materials:
                    says = (
                        f"“{document['item']['name']}”不看“{kind}”这份材料。可以写：{'、'.join(materials)}。"
                    )
                    yield one.tree.fault(path, "JOINT-FEEDS-UNKNOWN", says)
                elif materials[kind]["need"] != "not-demanded":
                    says = (
                        f"“{document['item']['name']}”还在向申请人要“{kind}”，前一件的结果却能给它。"
                        "请在那个事项里改为 need: not-demanded，source 写 earlier-result 或 certificate。"
                    )
                    yield one.tree.fault(path, "JOINT-FEEDS-DEMANDED", says)


def _uniting_faults(one: Joint, plan: Plan, items: Items) -> Iterator[PackFault]:
    places = {member["item"]: at for at, member in each(one.data, "members")}
    askings = [
        Asking(each.item, form_of(items[each.item]["form"]), each.takes_part, each.apart)
        for each in plan.members
    ]
    try:
        unite(plan.first, askings)
    except NotUnited as error:
        for clash in error.clashes:
            others = "、".join(dict.fromkeys(clash.others)) or "questions"
            says = f"“{clash.member}”的字段“{clash.field}”和 {others} 的合不成一问：{_CLASHES[clash.code]}"
            yield one.tree.fault(("members", places[clash.member], "item"), "JOINT-NOT-UNITED", says)


_CLASHES: Final = {
    "KIND": "同一个数据元，类型却不同。请核对 elements.yaml。",
    "NO-ANSWER-FITS": "两边的限制或者选项没有一个答案能同时满足。请放宽一边。",
    "TOO-LONG": "这一问的条件连同它所看的前面各问的条件太长了，没有人看得懂。请少看几问，或者拆开。",
    "CIRCLE": "这几问互相看对方的回答，排不出先后。请去掉一个条件。",
}


@dataclass(frozen=True, slots=True)
class _Judged:
    one: Joint
    plan: Plan
    items: Items
    on: date

    def promise(self, item: str) -> Mapping[str, Any]:
        promise: Mapping[str, Any] = self.items[item]["item"]["promise"]
        return promise

    def ceiling(self, item: str) -> Mapping[str, Any] | None:
        """The longest that the item's regime lets several bodies take together that day."""
        figures = self.items[item]["regime"]["figures"].get(CEILING, ())
        held = [entry for entry in figures if entry["from"] <= self.on.isoformat()]
        if not held:
            return None
        value, unit = max(held, key=lambda entry: entry["from"])["value"].split(" ")
        return {"value": int(value), "unit": unit}


def _way_faults(judged: _Judged) -> Iterator[PackFault]:
    """What is wrong after some answers: two where one is meant, nobody ever, a clock that cannot be kept."""
    one, plan = judged.one, judged.plan
    parts: list[Sequence[Planned]] = []
    groups = {each.exactly_one for each in plan.members if each.exactly_one}
    for answers in ways(plan.first.fields):
        if ended(one.questions, answers):
            continue
        parts.append(plan.taking_part(answers))
        for group in sorted(groups):
            found = [each.item for each in parts[-1] if each.exactly_one == group]
            if len(found) != 1:
                groups.discard(group)
                yield one.tree.fault(("members",), "JOINT-NOT-EXACTLY-ONE", _not_one(group, found, answers))
    never = {each.item for each in plan.members}.difference(each.item for part in parts for each in part)
    for at, member in each(one.data, "members"):
        if member["item"] in never:
            says = f"怎么回答都轮不到“{member['item']}”。请核对 when，或者删掉这一件。"
            yield one.tree.fault(("members", at), "JOINT-MEMBER-NEVER", says)
    yield from _clock_faults(judged, parts)


def ended(questions: Sequence[Document], answers: Mapping[str, Value]) -> str:
    """Why these answers are not for this joint service, as its questions tell it; empty where they are."""
    for question in questions:
        for telling in question["tells"]:
            if telling.get("ends") and answers.get(question["name"]) == telling["answer"]:
                return str(telling["says"])
    return ""


def _not_one(group: str, found: Sequence[str], answers: Mapping[str, Value]) -> str:
    said = "、".join(
        f"{name}: {str(value).lower() if isinstance(value, bool) else value}"
        for name, value in answers.items()
    )
    which = f"{'、'.join(found)} 都要办" if found else "一件也不办"
    return f"“{group}”要正好办其中一件，可是回答（{said or '没有问题'}）时{which}。请改 when。"


def _clock_faults(judged: _Judged, parts: Sequence[Sequence[Planned]]) -> Iterator[PackFault]:
    """The promise is the longest path of the members' own: shorter cannot be kept, longer serves nobody."""
    one, promise = judged.one, judged.one.data["promise"]
    for at, member in each(one.data, "members"):
        own = judged.promise(member["item"])
        if own["unit"] != promise["unit"] and not same_day(own):
            units = f"承诺的单位是 {own['unit']}，联办写的是 {promise['unit']}"
            says = f"“{member['item']}”{units}，加不到一起。请统一。"
            yield one.tree.fault(("members", at, "item"), "JOINT-OTHER-UNIT", says)
            return
    lengths = {each.item: judged.promise(each.item)["value"] for each in judged.plan.members}
    path = max((longest(judged.plan.waits(part), lengths) for part in parts), default=0)
    if promise["value"] != path:
        too = "这么快办不完" if promise["value"] < path else "比各事项自己承诺的还慢"
        says = (
            f"各事项承诺的时间，最长的一条路加起来是 {path} {promise['unit']}；写 {promise['value']} {too}。"
        )
        yield one.tree.fault(("promise", "value"), "JOINT-PROMISE-NOT-THE-PATH", says)
    bounded = {each.item: bound for each in judged.plan.members if (bound := judged.ceiling(each.item))}
    together = {item: lengths[item] if item in bounded else 0 for item in lengths}
    path = max((longest(judged.plan.waits(part), together) for part in parts), default=0)
    for item, bound in bounded.items():
        if not surely_within({"value": path, "unit": promise["unit"]}, bound):
            says = (
                f"联办的许可加起来要 {path} {promise['unit']}，"
                f"可能超过法律给联办的 {bound['value']} {bound['unit']}（行政许可法第四十二条第二款）。"
                "请缩短各许可的承诺。"
            )
            place = [member["item"] for _, member in each(one.data, "members")].index(item)
            yield one.tree.fault(("members", place, "item"), "JOINT-LONGER-THAN-LAW", says)
            return


def _regions(items: Items, plan: Plan) -> list[str]:
    return [office["region"] for each in plan.members for office in items[each.item]["item"]["offices"]]


def _serves(document: Document, region: str) -> bool:
    """Whether one of the item's offices serves that region: its own, or one that holds it."""
    return any(_holds(office["region"], region) for office in document["item"]["offices"])


def _holds(upper: str, region: str) -> bool:
    """As GB/T 2260 codes nest: pairs of zeroes at the end leave open what lies below."""
    prefix = upper if len(upper) > 6 else upper.removesuffix("00").removesuffix("00")
    return region.startswith(prefix)
