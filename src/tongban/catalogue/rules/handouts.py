"""What of an item can be taken away on paper: its guide, its form to fill in by hand, drawn samples."""

from collections.abc import Iterable, Iterator
from datetime import date

from tongban.catalogue.rules.guide import (
    cited,
    condition_in_words,
    sent_up_in_words,
    statutory_in_words,
    ways_in,
)
from tongban.catalogue.rules.item import Item, Material
from tongban.catalogue.rules.situations import Asked, Narrowed, materials_asked
from tongban.engine.forms import Field, Kind
from tongban.kernel.figures import Limit, in_words
from tongban.kernel.handout import Blank, Handout, Part

_MANY_LINES = 4
_TO_FILL_IN = {Kind.DATE: "年　　月　　日"}


def guide_on_paper(
    item: Item, narrowed: Narrowed, statutory: Limit | None, *, address: str, on: date
) -> Handout:
    """The guide of an item, for one's own situation where the questions were answered. `on`: its own day."""
    return Handout(
        title=f"{item.name}办事指南",
        lead=_lead(item, on),
        parts=tuple(_guide_parts(item, narrowed, statutory)),
        foot="扫描右侧二维码看最新的指南" + ("；样例内容只供试用" if item.sample else ""),
        address=address,
        on=on,
        watermark="样例" if item.sample else "",
    )


def _lead(item: Item, on: date) -> str:
    return f"{item.department} · 第 {item.version} 版 · {on.year} 年 {on.month} 月 {on.day} 日发布"


def _guide_parts(item: Item, narrowed: Narrowed, statutory: Limit | None) -> Iterator[Part]:
    if narrowed.answered:
        told = tuple(one.telling.says for one in narrowed.answered if one.telling)
        facts = tuple((one.situation.label, one.label) for one in narrowed.answered)
        yield Part("您的情况", facts=facts, paragraphs=told)
    yield Part("能不能办", points=item.conditions)
    yield from _material_parts(item, materials_asked(item, narrowed))
    promised = "当天办完" if item.kind == "instant" else f"从受理那天起，{in_words(item.promised)}内办完"
    told = (f"{promised}。", statutory_in_words(item, statutory), sent_up_in_words(item))
    yield Part("多久", paragraphs=tuple(filter(None, told)))
    fees = tuple(f"{fee.name}：{fee.standard}{fee.relief}（{cited(fee.law)}）" for fee in item.fees)
    yield Part("多少钱", points=fees, paragraphs=() if fees else ("不收钱。",))
    yield Part("怎么去", paragraphs=(ways_in(item),))
    yield Part("怎么办", points=tuple(f"{one.name}（{one.actor}）" for one in item.flow), numbered=True)
    for office in item.offices:
        facts = (("地址", office.address), ("时间", office.hours), ("电话", office.phone))
        yield Part(office.name, facts=facts)
    yield Part("办好了给您", paragraphs=(item.result,))
    yield Part("凭什么", points=tuple(f"{cited(source)}：{source.sense}" for source in item.law))
    yield Part(
        "对结果不服", points=tuple(f"{source.sense}（{cited(source)}）" for source in item.regime.remedies)
    )
    yield Part("问一问、说一说", paragraphs=(f"咨询：{item.contact}", f"投诉：{item.complaint}"))


def _material_parts(item: Item, asked: Asked) -> Iterator[Part]:
    bring = tuple(f"{one.name}：{one.accept_stand}（{_cited_all(one)}）" for one in asked.bring)
    yield Part("要带什么", points=bring, paragraphs=() if bring or asked.perhaps else ("什么都不用带。",))
    if asked.perhaps:
        yield Part(
            "有的情况才要", points=tuple(f"{one.name}：{_only_when(item, one)}" for one in asked.perhaps)
        )
    if asked.spared:
        yield Part("不用您准备", points=tuple(f"{one.name}：{one.accept_stand}" for one in asked.spared))
    if asked.dropped:
        yield Part(
            "您这种情况不要", points=tuple(f"{one.name}：{_only_when(item, one)}" for one in asked.dropped)
        )


def _only_when(item: Item, one: Material) -> str:
    return f"只在{condition_in_words(item.form, one.when)}时" if one.when else ""


def _cited_all(one: Material) -> str:
    return "；".join(cited(source) for source in one.by_law)


def form_on_paper(item: Item, material: Material, *, address: str, on: date) -> Handout:
    """The item's form, to be filled in by hand: every question in the order of the form, with its choices."""
    parts = tuple(
        Part(step.title, blanks=tuple(_blanks(item, step.fields))) for step in item.form.steps if step.fields
    )
    signed = Part("签名", blanks=(Blank("申请人签名或盖章", lines=2), Blank("日期", choices=())))
    return Handout(
        title=material.name,
        lead=f"办理“{item.name}”用 · 第 {item.version} 版",
        parts=(*parts, signed),
        foot="能上网的话，网上填更快，填过的不用再写",
        address=address,
        on=on,
        watermark="样例" if item.sample else "",
    )


def _blanks(item: Item, fields: Iterable[Field]) -> Iterator[Blank]:
    for one in fields:
        notes = [one.help]
        if one.when is not None:
            notes.append(f"只在{condition_in_words(item.form, one.when)}时填")
        if not one.required:
            notes.append("可以不填")
        choices = tuple(option.label for option in one.options)
        if one.kind is Kind.BOOLEAN:
            choices = ("我同意",) if one.limits.get("must_agree") else ("是", "否")
        lines = _MANY_LINES if one.limits.get("multiline") else 1
        yield Blank(one.label, "；".join(note for note in notes if note), choices, lines)


def sample_on_paper(item: Item, material: Material, *, address: str, on: date) -> Handout | None:
    """What a material may look like, drawn, and marked all over as a sample; None where nobody drew one."""
    drawn = material.drawn
    if drawn is None:
        return None
    signed = Blank(f"签名或盖章：{drawn.signed}", lines=2)
    blanks = (signed, Blank("日期")) if drawn.signed else ()
    return Handout(
        title=drawn.title,
        lead="样子只供参考，人名、地址都是编的",
        parts=(
            Part("写些什么", paragraphs=drawn.lines, blanks=blanks),
            Part("看什么", paragraphs=(material.accept_stand,)),
        ),
        foot=f"办理“{item.name}”用",
        address=address,
        on=on,
        watermark="样例",
    )
