"""From the document of a version, as it is stored, to the value."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from tongban.catalogue.rules.granting import flow_tables_of, register_asked, rule_of
from tongban.catalogue.rules.guide import filled_in, own_words
from tongban.catalogue.rules.item import (
    Body,
    Coded,
    Drawn,
    Fee,
    FlowStep,
    GuideOnly,
    Intermediary,
    Item,
    Material,
    Office,
    OnlineTarget,
    Process,
    Question,
    Situation,
    StandIn,
    Telling,
)
from tongban.engine.flow import Timer, parse
from tongban.engine.forms import Kind, Option, condition_of, form_of
from tongban.engine.packs import in_other_words, markdown_in_other_words, table_in_other_words
from tongban.kernel.figures import Entry, Figure, Limit, Regime, Source, SpecialProcedureKind
from tongban.kernel.ids import BodyCode, ItemCode, RegionCode

Data = Mapping[str, Any]


def item_of(document: Data, *, version: int, digest: str) -> Item:
    """The item of a document made by engine.packs; its guide is written out from its own facts."""
    data, names = document["item"], document["names"]
    item = Item(
        slug=ItemCode(document["slug"]),
        version=version,
        digest=digest,
        name=data["name"],
        sample=data["sample"],
        words=tuple(data["words"]),
        basic_code=data["basic_code"]["code"],
        local_code=_coded(data["local_code"], names) if "local_code" in data else None,
        item_type=_coded(data["item_type"], names),
        audience=tuple(_coded(one, names) for one in data["audience"]),
        department=data["department"],
        kind=data["kind"],
        regime=regime_of(document["regime"]),
        statutory=_statutory(data),
        promised=_limit(data["promise"]),
        law=tuple(map(_source, data["law"])),
        conditions=tuple(data["conditions"]),
        flow=tuple(map(_step, data["flow"])),
        fees=tuple(map(_fee, data["fee"].get("rows", ()))),
        visits=data["visits"],
        visit_reason=data.get("visit_reason", ""),
        channels=frozenset(name for name, open_ in data["channels"].items() if open_),
        special_procedures=tuple(map(_procedure, data["special_procedures"])),
        materials=tuple(map(_material, data["materials"])),
        result=data["result"]["name"],
        result_kind=data["result"]["kind"],
        certificate=document["certificate"],
        offices=tuple(map(_office, data["offices"])),
        contact=data["contact"],
        complaint=data["complaint"],
        faq=tuple(Question(one["question"], one["answer"]) for one in data.get("faq", ())),
        form=form_of(document["form"]),
        situations=tuple(map(_situation, document["situations"])),
        online_depth=_coded(data["online_depth"], names) if "online_depth" in data else None,
        online_target=_online_target(data, names),
        guide="",
        told={},
        rule=rule_of(document, version) if "rule" in document else None,
        later_within=_limit(data["later_within"]) if "later_within" in data else None,
        process=_process(document, version) if "process" in document else None,
        by_two=data["by_two"]["says"] if "by_two" in data else "",
        by_two_law=tuple(map(_source, data["by_two"].get("law", ()))) if "by_two" in data else (),
    )
    return _with_guide(item, document)


def in_words_of(document: Data, told: Callable[[str], str]) -> Data:
    """The document of a version in the words of another language: to be shown, never to be decided by."""
    if "joint" in document:
        told_whole: Data = in_other_words(document, told)
        return told_whole
    guide = markdown_in_other_words(document["guide"], told)
    whole = {**in_other_words({**document, "guide": ""}, told), "guide": guide}
    if "rule" in document:
        whole["rule"] |= _table_in_words(document["rule"], told)
    for name, table in document.get("process", {}).get("tables", {}).items():
        whole["process"]["tables"][name] |= _table_in_words(table, told)
    return whole


def _table_in_words(data: Data, told: Callable[[str], str]) -> Data:
    return {part: table_in_other_words(data[part], told) for part in ("table", "tests")}


def _process(document: Data, version: int) -> Process:
    data = document["process"]
    takes = {task: Timer(limit["value"], limit["unit"]) for task, limit in data["takes"].items()}
    asks = {task: tuple(map(_body, bodies)) for task, bodies in data.get("asks", {}).items()}
    net = parse(data["bpmn"].encode()).limited(takes)
    tables = flow_tables_of(document, version, form_of(document["form"]))
    looks = {task: register_asked(task, one) for task, one in data.get("looks", {}).items()}
    return Process(data["drawn"], data["bpmn"], net, asks, looks, tables)


def guides_of(document: Data) -> list[GuideOnly]:
    """The entries of a guide list, in its order."""
    return [
        GuideOnly(
            code=ItemCode(one["code"]),
            name=one["name"],
            sample=document["sample"],
            life_event=document["life_event"],
            department=one["department"],
            audience=tuple(Coded(**each) for each in one["audience"]),
            words=tuple(one["words"]),
        )
        for one in document["items"]
    ]


def means_of(named: Iterable[tuple[str, Iterable[str]]]) -> Iterator[dict[str, dict[str, list[str]]]]:
    """What names and the people's words for them say to a word book: each word means its name."""
    for name, words in named:
        yield {"means": {word: [name] for word in words if word != name}}


def _with_guide(item: Item, document: Data) -> Item:
    statutory = document["statutory"]
    limit = _limit(statutory) if statutory else None
    guide = document["guide"]
    return replace(item, guide=filled_in(guide, item, limit), told=own_words(guide, item, limit))


def _situation(data: Data) -> Situation:
    return Situation(
        element=data["element"],
        field=data["field"] or "",
        label=data["label"],
        help=data["help"],
        kind=Kind.BOOLEAN if data["kind"] == Kind.BOOLEAN else Kind.CHOICE,
        options=tuple(Option(one["code"], one["label"]) for one in data["options"]),
        when=condition_of(data["when"]) if data["when"] is not None else None,
        tells=tuple(Telling(one["answer"], one["says"], one.get("ends", False)) for one in data["tells"]),
    )


def _online_target(data: Data, names: Data) -> OnlineTarget | None:
    told = data.get("online_target")
    return OnlineTarget(_coded(told["depth"], names), date.fromisoformat(told["by"])) if told else None


def regime_of(data: Data) -> Regime:
    """The regime of a document, with all its dated figures."""
    silence, notice = data.get("silence_is_acceptance"), data.get("one_time_notice")
    revocation = data.get("revocation")
    return Regime(
        code=data["code"],
        name=data["name"],
        figures=MappingProxyType({name: _figure(entries) for name, entries in data["figures"].items()}),
        silence_is_acceptance=_source(silence) if silence else None,
        special_procedures=tuple(map(_procedure, data["special_procedures"])),
        decision_includes_delivery=data["decision_includes_delivery"],
        remedies=tuple(map(_source, data["remedies"])),
        one_time_notice=_source(notice) if notice else None,
        revocation=_source(revocation) if revocation else None,
    )


def _figure(entries: list[Data]) -> Figure:
    return Figure(tuple(map(_entry, entries)))


def _entry(data: Data) -> Entry:
    value, unit = data["value"].split(" ")
    return Entry(date.fromisoformat(data["from"]), Limit(int(value), unit), _source(data))


def _statutory(data: Data) -> Figure | None:
    own = data.get("statutory")
    if own is None:
        return None
    return Figure((Entry(date.fromisoformat(own["from"]), _limit(own), _source(own["law"])),))


def _limit(data: Data) -> Limit:
    return Limit(data["value"], data["unit"])


def _source(data: Data) -> Source:
    return Source(data["law"], data["article"], data["sense"], data["checked"], data.get("source", ""))


def _coded(data: Data, names: Data) -> Coded:
    return Coded(data["system"], data["code"], names.get(data["system"], {}).get(data["code"], ""))


def _procedure(data: Data) -> SpecialProcedureKind:
    return SpecialProcedureKind(data["code"], data["name"], _source(data))


def _step(data: Data) -> FlowStep:
    return FlowStep(data["name"], data["actor"], _limit(data["takes"]) if "takes" in data else None)


def _fee(data: Data) -> Fee:
    return Fee(data["name"], data["standard"], data.get("relief", ""), _source(data["law"]))


def _office(data: Data) -> Office:
    return Office(
        body=BodyCode(data["body"]),
        name=data["name"],
        region=RegionCode(data["region"]),
        address=data["address"],
        hours=data["hours"],
        phone=data["phone"],
        superior=_body(data["superior"]) if "superior" in data else None,
    )


def _body(data: Data) -> Body:
    return Body(BodyCode(data["body"]), data["name"], RegionCode(data["region"]))


def _material(data: Data) -> Material:
    return Material(
        kind=data["kind"],
        name=data["name"],
        type=data["type"],
        need=data["need"],
        source=data["source"],
        held_by=data.get("held_by", ""),
        purpose=data["purpose"],
        formats=tuple(data["formats"]),
        accept_stand=data["accept_stand"],
        example=data.get("example", ""),
        originals=data.get("originals", 0),
        copies=data.get("copies", 0),
        by_law=tuple(map(_source, data["by_law"])),
        satisfied_by=tuple(StandIn(**one) for one in data["satisfied_by"]),
        when=condition_of(data["when"]) if "when" in data else None,
        intermediary=_intermediary(data),
        drawn=_drawn(data),
    )


def _drawn(data: Data) -> Drawn | None:
    drawn = data.get("drawn")
    return Drawn(drawn["title"], tuple(drawn["lines"]), drawn.get("signed", "")) if drawn else None


def _intermediary(data: Data) -> Intermediary | None:
    told = data.get("intermediary")
    if told is None:
        return None
    return Intermediary(data["made_by"], told["terms"], _source(told["law"]) if "law" in told else None)
