"""Where a case stands in the flow of its item: what waits, until when, and for which acts."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from tongban.cases.rules.life import Act
from tongban.cases.rules.state import CaseState
from tongban.engine import flow
from tongban.engine.flow import Kind, Net, Node, Open


def key_of(wait: Open) -> str:
    """What waits, in one word: the element's id, and whose it is of several (`sign#2`)."""
    return wait.node + "".join(f"#{number}" for number in wait.instance)


def wait_of(key: str) -> Open:
    """What `key_of` wrote."""
    node, *instance = key.split("#")
    return Open(node, tuple(map(int, instance)))


def version_followed(state: CaseState) -> int:
    """The version whose drawing the case follows: that it was opened under, unless it was moved."""
    version: int = state.facts.flow["item_version"] if state.facts.flow else state.head.item_version
    return version


def marking_of(state: CaseState) -> flow.Marking:
    """The marking of a case; one that follows no flow has ended it."""
    return flow.from_bytes(state.facts.flow["marking"].encode()) if state.facts.flow else flow.ENDED


def due_of(state: CaseState) -> Mapping[str, str]:
    """By key, the last day of each task that waits and has a limit, and the instant of each timer."""
    due: Mapping[str, str] = state.facts.flow["due"] if state.facts.flow else {}
    return due


def since_of(state: CaseState) -> Mapping[str, str]:
    """By key, the day or instant from which the limit of each task that waits runs."""
    since: Mapping[str, str] = (state.facts.flow or {}).get("since", {})
    return since


def asks_of(state: CaseState) -> Mapping[str, Mapping[str, Any]]:
    """By key, each task that asks a register: when it asks next (`at`), and how often it did (`tries`)."""
    asks: Mapping[str, Mapping[str, Any]] = (state.facts.flow or {}).get("asks", {})
    return {} if state.closed else asks


def signed_by(state: CaseState, task: str) -> Collection[str]:
    """The ids of the officers who have done their part of a task that several do."""
    signed: Collection[str] = (state.facts.flow or {}).get("signed", {}).get(task, ())
    return signed


def goes_on(state: CaseState) -> bool:
    """Whether the flow of a case has not ended yet."""
    return bool(marking_of(state).bits)


def bound_to(state: CaseState, net: Net, act: str) -> Open | None:
    """The task that waits for this act."""
    waits = flow.open_in(net, marking_of(state))
    return next((wait for wait in waits if act in net.node(wait.node).acts), None)


def closed_by_flow(state: CaseState, net: Net | None) -> frozenset[str]:
    """The acts that the drawing shows, and for which no task waits now.

    None of a case that is over: its drawing has ended, and what may still be done the law alone says.
    """
    if net is None or state.facts.flow is None or state.closed:
        return frozenset()
    waits = flow.open_in(net, marking_of(state))
    shut = _drawn_in(net) - {act for wait in waits for act in net.node(wait.node).acts}
    closed = {act for act in (*shut, Act.ACCEPT_TOLERANTLY) if drawn_as(act, net) in shut}
    # What is owed may be brought as long as it is, wherever the flow has come.
    return frozenset(closed - {Act.SUPPLY})


def drawn_as(act: str, net: Net) -> str:
    """The act as this drawing shows it: one that tells no tolerant acceptance apart shows an acceptance."""
    tolerant = act == Act.ACCEPT_TOLERANTLY and act not in _drawn_in(net)
    return Act.ACCEPT if tolerant else act


def _drawn_in(net: Net) -> set[str]:
    return {act for node in net.nodes for act in node.acts}


def tasks_in(state: CaseState, net: Net) -> list[Open]:
    """The tasks that wait now, in the order of the drawing; and the messages, of which somebody says it."""
    waits = flow.open_in(net, marking_of(state))
    return [wait for wait in waits if net.node(wait.node).kind is not Kind.TIMER]


def steps_in(state: CaseState, net: Net | None) -> list[Node]:
    """What is to be done now before the case goes on, in the order of the drawing."""
    waits = [] if net is None else [net.node(wait.node) for wait in tasks_in(state, net)]
    return [node for node in waits if node.takes_time]


def timers_of(state: CaseState, net: Net | None) -> list[tuple[datetime, str]]:
    """The timers of the flow that run, with their instant, the one that is due first in front."""
    if net is None or state.closed:
        return []
    due = due_of(state)
    return sorted(
        (datetime.fromisoformat(due[key]), key)
        for wait in flow.open_in(net, marking_of(state))
        if net.node(wait.node).kind is Kind.TIMER and (key := key_of(wait)) in due
    )
