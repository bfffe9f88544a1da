"""The guide people read: the pack's plain words with the item's own facts in their places.

What is put together here is said in the language of the moment; an item told in it brings its own words.
"""

from collections.abc import Callable, Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from markdown_it import MarkdownIt

from tongban.catalogue.rules.item import Item, Material, Words
from tongban.engine.forms import AllOf, AnyOf, Condition, Equals, Form, Kind, Not, OneOf, Present
from tongban.engine.packs import PLACE, SECTIONS
from tongban.kernel import languages
from tongban.kernel.figures import Limit, Source, in_words
from tongban.kernel.speech import spoken

INTRODUCTION: Final = ""
"""Under which own words stand that come before the first section."""

_NOT_CHECKED = noop("（条文未核对）")

# Neither raw HTML nor pictures: the page's content policy lets neither in, and a guide needs neither.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image"])


def as_html(guide: str) -> str:
    """The guide as HTML without raw HTML, scripts, pictures or links of any dangerous kind."""
    html: str = _MARKDOWN.render(guide)
    return html


def own_words(guide: str, item: Item, statutory: Limit | None) -> dict[str, Words]:
    """What the guide's writers say beside the facts, by the fact that is the section's own.

    A line that is nothing but a fact is left out, for the page shows it in its own way; a fact inside a
    sentence is written out.
    """
    sections: dict[str, tuple[list[str], list[str]]] = {INTRODUCTION: ([], [])}
    fact, after = INTRODUCTION, False
    for line in guide.splitlines():
        if line.startswith("## "):
            fact, after = SECTIONS.get(line.strip("# "), line.strip("# ")), False
            sections.setdefault(fact, ([], []))
        elif alone := PLACE.fullmatch(line.strip()):
            after = after or alone[1] == fact
        else:
            sections[fact][after].append(line)
    return {
        fact: Words(*(as_html(filled_in("\n".join(lines), item, statutory)) for lines in halves))
        for fact, halves in sections.items()
    }


def filled_in(guide: str, item: Item, statutory: Limit | None) -> str:
    """The guide with every {{fact}} written out. `statutory` is the limit that held when it was published."""
    facts: dict[str, Callable[[], str]] = {
        "conditions": lambda: _listed(item.conditions),
        "materials": lambda: _materials(item),
        "promise": lambda: _promise(item),
        "statutory": lambda: statutory_in_words(item, statutory),
        "fee": lambda: _fee(item),
        "offices": lambda: _offices(item),
        "visits": lambda: ways_in(item),
        "flow": lambda: "\n".join(
            f"{at}. {_('%(step)s（%(actor)s）') % {'step': step.name, 'actor': step.actor}}"
            for at, step in enumerate(item.flow, 1)
        ),
        "laws": lambda: _("依据：") + "\n\n" + _listed(map(_told, item.law)),
        "result": lambda: item.result,
    }
    return PLACE.sub(lambda place: facts[place[1]](), guide)


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def cited(source: Source) -> str:
    """Where a rule stands, and whether anybody checked it: 《行政许可法》第四十二条."""
    return languages.cited(source.law, source.article) + _unchecked(source)


def _unchecked(source: Source) -> str:
    return "" if source.checked else _(_NOT_CHECKED)


def _told(source: Source) -> str:
    rule = {"rule": languages.cited(source.law, source.article), "sense": source.sense}
    return _("%(rule)s：%(sense)s") % rule + _unchecked(source)


def _materials(item: Item) -> str:
    bring: list[str] = []
    spared: list[str] = []
    for material in item.materials:
        (bring if material.may_be_handed_in else spared).append(_material(item, material))
    told = f"{_('要准备的：')}\n\n{_listed(bring)}" if bring else _("什么都不用带。")
    return f"{told}\n\n{_('不用您准备的：')}\n\n{_listed(spared)}" if spared else told


def _material(item: Item, material: Material) -> str:
    extra = {"optional": _("（可以不交）"), "later": _("（可以后补）")}.get(material.need, "")
    when = (
        _("（只在%(when)s时）") % {"when": condition_in_words(item.form, material.when)}
        if material.when
        else ""
    )
    told = {"material": f"{material.name}{extra}{when}", "stand": material.accept_stand}
    maker = intermediary_in_words(material)
    return _("%(material)s：%(stand)s") % told + (_("。") + maker if maker else "")


def intermediary_in_words(material: Material) -> str:
    """Who makes it, whether a law demands them, and that the applicant chooses; empty where it is no trade.

    优化营商环境条例 art. 43: only a law, a regulation or a State Council decision can demand such a service,
    and no office may name who gives it.
    """
    maker = material.intermediary
    if maker is None:
        return ""
    told = {"maker": maker.made_by, "terms": maker.terms}
    if maker.law is None:
        return _("可以自己做，也可以请%(maker)s做，请不请、请哪一家由您定，谁也不能指定。%(terms)s") % told
    told["rule"] = cited(maker.law)
    return _("要请%(maker)s做（%(rule)s），请哪一家由您定，谁也不能指定。%(terms)s") % told


def condition_in_words(form: Form, condition: Condition) -> str:
    """A condition as people say it: “住处是哪一种”选“租的房子”."""
    match condition:
        case Equals(name, value):
            return _answered(form, name, (value,))
        case OneOf(name, values):
            return _answered(form, name, values)
        case Present(name):
            return _("填了“%(question)s”") % {"question": form.field(name).label}
        case Not(inner):
            return _("没有%(condition)s") % {"condition": condition_in_words(form, inner)}
        case AllOf(inners):
            return _("，并且").join(condition_in_words(form, inner) for inner in inners)
        case AnyOf(inners):
            return _("，或者").join(condition_in_words(form, inner) for inner in inners)


def _answered(form: Form, name: str, values: Iterable[str | int | bool]) -> str:
    field = form.field(name)
    labels: dict[str | int | bool, str] = {option.code: option.label for option in field.options}
    if field.kind is Kind.BOOLEAN:
        labels = {True: _("是"), False: _("否")}
    chosen = _("或").join(_("“%(answer)s”") % {"answer": labels.get(value, value)} for value in values)
    return _("“%(question)s”选%(answers)s") % {"question": field.label, "answers": chosen}


def _promise(item: Item) -> str:
    if item.rule is not None:
        return _("即办：当场出结果，不排队。规则定不下来的，转给工作人员，在队列里按先后办。")
    if item.kind == "instant":
        return _("当天就能办完。")
    told = {"limit": spoken(in_words(item.promised)), "sample": _("（样例）") if item.sample else ""}
    return _("从受理那天起，我们承诺 %(limit)s内办完%(sample)s。") % told + sent_up_in_words(item)


def sent_up_in_words(item: Item) -> str:
    """Who examines and who decides, and how long the first of them may take where a law says so.

    Empty where whoever takes it in decides.
    """
    if item.kind != "forwarded":
        return ""
    said = _("收件的单位先审查，再报上级单位决定；材料由它报上去，不用您再交一遍。")
    review = item.regime.figures.get("review_within")
    if review is None or item.statutory is not None:
        return said
    entry = review.entries[-1]
    rule = languages.cited(entry.source.law, entry.source.article)
    longest = {"limit": spoken(in_words(entry.limit)), "rule": rule}
    return said + _("其中审查最长 %(limit)s（%(rule)s），之后再数决定的时限。") % longest


def statutory_in_words(item: Item, limit: Limit | None) -> str:
    """The longest time that a law allows, with that law; that none does, where none does."""
    if limit is None:
        return _("法律没有规定时限，以我们公布的承诺为准。")
    source = statutory_source(item, limit)
    told = {
        "limit": spoken(in_words(limit)),
        "rule": languages.cited(source.law, source.article),
        "unchecked": _unchecked(source),
    }
    return _("法律规定最长 %(limit)s（%(rule)s）%(unchecked)s。") % told


def statutory_source(item: Item, limit: Limit) -> Source:
    """The law that sets this limit to the item."""
    figure = item.statutory or item.regime.figures["decide_within"]
    return next(entry.source for entry in reversed(figure.entries) if entry.limit == limit)


def _fee(item: Item) -> str:
    if not item.fees:
        return _("不收钱。")
    return _listed(
        _("%(fee)s：%(standard)s%(relief)s（%(rule)s）")
        % {
            "fee": fee.name,
            "standard": fee.standard,
            "relief": fee.relief,
            "rule": languages.cited(fee.law.law, fee.law.article),
        }
        for fee in item.fees
    )


def _offices(item: Item) -> str:
    return _listed(
        _("%(office)s：%(address)s，%(hours)s，电话 %(phone)s")
        % {"office": one.name, "address": one.address, "hours": one.hours, "phone": one.phone}
        for one in item.offices
    )


def ways_in(item: Item) -> str:
    """How one can apply, and how often one must come."""
    ways = {
        "online": _("网上办"),
        "window": _("到窗口办"),
        "express": _("快递收送"),
        "self_service": _("在自助机上办"),
    }
    open_ = _("、").join(words for name, words in ways.items() if name in item.channels)
    told = {"number": item.visits, "reason": item.visit_reason.rstrip("。.")}
    visits = _("要跑 %(number)s 趟：%(reason)s") % told if item.visits else _("一趟都不用跑")
    return _("可以%(ways)s，%(visits)s。") % {"ways": open_, "visits": visits}
