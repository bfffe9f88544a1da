"""A plan that was read becomes events: what is new, what is another now. What it does not tell stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any

from tongban.kernel.changes import Line
from tongban.kernel.refusal import Refusal
from tongban.plans import events as told
from tongban.plans.events import Event
from tongban.plans.rules.decide import Acting
from tongban.plans.rules.register import Head, Job, Register, Told, ToldPlan
from tongban.plans.rules.state import MeasureState
from tongban.plans.rules.terms import term_of, written

_JOB_FIELDS = ("code", "group", "name")


@dataclass(slots=True)
class Adoption:
    """The events that a plan read now makes: of the plan itself, and of measures by their numbers."""

    jobs: tuple[Job, ...] = ()
    order: tuple[str, ...] = ()
    of_plan: list[Event] = field(default_factory=list)
    of_measures: dict[str, list[Event]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether all of it stands so already."""
        return not self.of_plan and not self.of_measures


def adopt(plan: ToldPlan, standing: Register | None, reason: str, acting: Acting) -> Adoption:
    """What reading this plan makes of the register. The same plan again makes nothing."""
    signed: dict[str, Any] = acting.signed() | {"reason": reason}
    known = standing.measures if standing else {}
    jobs, order = _jobs(plan, standing), _order(plan, known)
    found = Adoption(jobs, order)
    if standing is None or standing.head != plan.head:
        kind = told.PlanAdopted if standing is None else told.PlanRestated
        found.of_plan.append(kind(**signed, **_said(plan.head)))
    if standing is None or (standing.jobs, tuple(known)) != (jobs, order):
        as_told = tuple((one.code, one.group, one.name) for one in jobs)
        found.of_plan.append(told.PlanArranged(**signed, jobs=as_told, order=order))
    for one in plan.measures:
        events = list(_of_measure(one, known.get(one.number), signed))
        if events:
            found.of_measures[one.number] = events
    return found


def _said(head: Head) -> dict[str, Any]:
    names = ("title", "number", "issued_on", "issuer", "source", "every")
    return {name: getattr(head, name) for name in names}


def _jobs(plan: ToldPlan, standing: Register | None) -> tuple[Job, ...]:
    """The jobs of the plan, and behind them those that stand and are not told."""
    codes = {one.code for one in plan.jobs}
    return plan.jobs + tuple(one for one in (standing.jobs if standing else ()) if one.code not in codes)


def _order(plan: ToldPlan, known: Mapping[str, MeasureState]) -> tuple[str, ...]:
    """The order of a whole plan; of a part the order that stands, and what is new behind it."""
    numbers = tuple(one.number for one in plan.measures)
    if set(known) <= set(numbers):
        return numbers
    return (*known, *(one for one in numbers if one not in known))


def _of_measure(one: Told, state: MeasureState | None, signed: dict[str, Any]) -> Iterator[Event]:
    if state is None:
        yield told.MeasureAdded(
            **signed,
            number=one.number,
            text=one.text,
            job=one.job,
            lead=one.lead,
            responsible=one.responsible,
            term=one.term,
        )
        return
    if one.lead != state.lead:
        yield told.LeadChanged(**signed, lead=one.lead)
    changed: dict[str, Any] = {
        name: value
        for name, value, before in (
            ("text", one.text, state.text),
            ("job", one.job, state.job),
            ("responsible", one.responsible, state.responsible),
            ("term", one.term, state.term.code),
        )
        if value != before
    }
    if changed:
        yield told.MeasureAmended(**signed, **changed)


def lines_of(adoption: Adoption, standing: Register | None, names: Mapping[str, str]) -> list[Line]:
    """What these events would change, line by line; `names` of bodies by their codes."""
    lines = [line for event in adoption.of_plan for line in _of_plan(event, standing, names)]
    known = standing.measures if standing else {}
    for number in sorted(adoption.of_measures, key=adoption.order.index):
        for event in adoption.of_measures[number]:
            lines += _lines_of_measure(f"举措 {number}", event, known.get(number), names)
    return lines


def _of_plan(event: Event, standing: Register | None, names: Mapping[str, str]) -> Iterator[Line]:
    match event:
        case told.PlanRestated():
            assert standing is not None
            for words, before, after in _heads(standing.head, event, names):
                if before != after:
                    yield Line("修改", f"方案的{words}", before, after)
        case told.PlanAdopted():
            yield Line("新增", f"方案 {event.title}", "", f"{event.number}，{names.get(event.issuer, '')}")
        case told.PlanArranged(jobs=jobs, order=order):
            yield from _arranged(jobs, order, standing)


def _heads(head: Head, event: told.PlanAdopted, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield "标题", head.title, event.title
    yield "文号", head.number, event.number
    yield "印发日期", head.issued_on.isoformat(), event.issued_on.isoformat()
    yield "印发单位", names.get(head.issuer, head.issuer), names.get(event.issuer, event.issuer)
    yield "出处", head.source, event.source
    yield "报告间隔", f"{head.every} 个月", f"{event.every} 个月"


def _arranged(
    jobs: tuple[tuple[str, str, str], ...], order: tuple[str, ...], standing: Register | None
) -> Iterator[Line]:
    known = {one.code: one for one in standing.jobs} if standing else {}
    for code, group, name in jobs:
        before = known.get(code)
        if before is None:
            yield Line("新增", f"{group} {code}", "", name)
        elif (before.group, before.name) != (group, name):
            yield Line("修改", f"{group} {code}", f"{before.group} {before.name}", f"{group} {name}")
    kept = tuple(one for one in order if standing and one in standing.measures)
    if standing and kept != tuple(standing.measures):
        yield Line("修改", "举措的先后", "、".join(standing.measures), "、".join(order))


def _lines_of_measure(
    what: str, event: Event, state: MeasureState | None, names: Mapping[str, str]
) -> Iterator[Line]:
    match event:
        case told.MeasureAdded():
            whose = f"{names.get(event.lead, event.lead)}牵头，{written(term_of(event.term))}"
            yield Line("新增", what, "", f"{event.text}（{whose}）")
        case told.LeadChanged(lead=lead):
            assert state is not None
            before = names.get(state.lead, state.lead)
            yield Line("修改", f"{what} 的牵头单位", before, names.get(lead, lead))
        case told.MeasureAmended():
            assert state is not None
            yield from _amended(what, event, state, names)


def _amended(
    what: str, event: told.MeasureAmended, state: MeasureState, names: Mapping[str, str]
) -> Iterator[Line]:
    if event.text is not None:
        yield Line("修改", f"{what} 的内容", state.text, event.text)
    if event.job is not None:
        yield Line("修改", f"{what} 的分组", state.job or "没有", event.job or "没有")
    if event.responsible is not None:
        before, after = (
            "、".join(names.get(one, one) for one in bodies)
            for bodies in (state.responsible, event.responsible)
        )
        yield Line("修改", f"{what} 的责任单位", before, after)
    if event.term is not None:
        yield Line("修改", f"{what} 的期限", written(state.term), written(term_of(event.term)))


def digest_of(lines: list[Line]) -> str:
    """By what it is known whether the same was seen."""
    return sha256(dumps(lines, ensure_ascii=False).encode()).hexdigest()


def refuse_stale(seen: str, lines: list[Line]) -> None:
    """What was seen must be what would change now."""
    if seen != digest_of(lines):
        raise Refusal(
            "plans.reading.stale",
            says="您看过以后情况又变了，没有导入。",
            do="请重新看一遍会改什么，再确认。",
        )
