"""Moving a running case to another drawing of its item: an act of its own, refused where anything is lost."""

from collections.abc import Sequence
from contextlib import suppress

from tongban.cases.events import CaseFlowChanged
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.law import Drawn, Law
from tongban.cases.rules.life import LIFE_OF_FLOWS, Act
from tongban.cases.rules.place import due_of, marking_of
from tongban.cases.rules.state import CaseState
from tongban.engine import flow
from tongban.engine.expressions import types_of
from tongban.engine.flow import above
from tongban.engine.forms import Form
from tongban.kernel.refusal import Refusal


def unanswered(drawn: Drawn, by: Form, was: Form) -> list[str]:
    """What a drawing asks of its form (`by`) that a case, filled in on another, has not said, or not so."""
    tables = [one.table for one in drawn.tables.values()]
    asked = {*drawn.net.asks, *(name for table in tables for name in table.types)}
    there, here = types_of(by), types_of(was)
    return sorted(name for name in asked if here.get(name) != there[name])


def change(
    state: CaseState, acting: Acting, *, to: Law, text: str, lacks: Sequence[str] = ()
) -> CaseFlowChanged:
    """The case goes on along the drawing of another version, where all that waits has its place in both.

    Refused with every element that has none: a running case never loses a step, nor is given one twice. And
    refused where the drawing asks what the application never said (`lacks`).
    """
    law = acting.law
    if state.closed or state.facts.flow is None or law.net is None or to.net is None:
        raise Refusal(
            "cases.flow.none",
            says="这件事没有按流程图在办，或者已经办完。",
            do="只有在办的、有流程图的办件可以换到新的流程图。",
        )
    if lacks:
        raise _never_said(lacks)
    try:
        marking = flow.moved(marking_of(state), law.net, to.net)
        _goes_on(state, marking, to)
    except flow.DoesNotMap as error:
        lost = "、".join(error.elements)
        raise Refusal(
            "cases.flow.does-not-map",
            says=f"新的流程图里没有这件事现在所在的位置：{lost}。",
            do="请等它走过这一步再换；或者在新的流程图里保留这几个编号。",
            faults=[{"element": element} for element in error.elements],
        ) from error
    return CaseFlowChanged(
        at=acting.at,
        by=acting.by.id,
        was=law.net_version,
        item_version=to.net_version,
        marking=flow.as_bytes(marking).decode(),
        due=due_of(state),
        text=text,
    )


def _never_said(lacks: Sequence[str]) -> Refusal:
    return Refusal(
        "cases.flow.unanswered",
        says=f"新的流程图要看的内容，这件事的申请里没有填过：{'、'.join(lacks)}。",
        do="这件事只能照原来的流程办；新的申请照新的办。",
        faults=[{"field": name} for name in lacks],
    )


def maps_to(state: CaseState, law: Law, to: Law) -> bool:
    """Whether a case that goes along a drawing could go on along this one."""
    if state.closed or state.facts.flow is None or law.net is None or to.net is None:
        return False
    with suppress(flow.DoesNotMap, Refusal):
        _goes_on(state, flow.moved(marking_of(state), law.net, to.net), to)
        return True
    return False


def _goes_on(state: CaseState, marking: flow.Marking, to: Law) -> None:
    """Refuse a place in the drawing from which the case could get stuck, or do a step twice over."""
    life = LIFE_OF_FLOWS.without(frozenset(act for act in Act if not to.knows(act)))
    stage: str = state.stage
    if to.superiors:
        life = life.forwarded()
        stage = stage if state.head.body in to.superiors else above(stage)
    tables = {name: {one.name: one.type for one in each.table.outputs} for name, each in to.tables.items()}
    assert to.net is not None
    problems = flow.check_from(to.net, flow.Setting(life, None, tables), flow.State(marking, stage))
    if problems:
        raise Refusal(
            "cases.flow.strands",
            says=f"换到新的流程图，这件事会办不下去：{problems[0].says}",
            do="请等它走过这一步再换；或者照原来的流程办完。",
            faults=[{"element": one.element} for one in problems],
        )
