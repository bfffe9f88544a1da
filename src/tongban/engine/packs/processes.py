"""Which process an item follows: one flow, checked for this item, from which the guide's steps are read."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tongban.engine.expressions import types_of
from tongban.engine.flow import Kind, Life, Net, Setting, Timer, ahead_of, check, in_order
from tongban.engine.forms import form_of
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.flow_tables import FlowTables
from tongban.engine.packs.flows import Process
from tongban.engine.packs.items import Draft, longest_by_law
from tongban.engine.packs.library import Library
from tongban.engine.packs.rules import published, question_of
from tongban.engine.packs.shape import each

Document = dict[str, Any]


ASK: Final = frozenset({Kind.USER, Kind.RECEIVE})
"""Tasks that can be done by asking another body: they end with its answer."""

MOST_DAYS_TO_ANSWER: Final = 10
"""As `cases` has it for every opinion that is asked."""


def process_faults(
    draft: Draft, form: Document, life: Life | None, tables: FlowTables
) -> Iterator[PackFault]:
    """Whether the item says how it is done, once; and whether its flow may run for this very item."""
    data, library = draft.data, draft.library
    named = data.get("process")
    if named is None:
        if isinstance(draft.tree.data, dict) and "flow" not in draft.tree.data:
            says = "没有写怎么办。请写 process（用哪张流程图），或者写 flow（一步一步列出来）。"
            yield draft.tree.fault((), "FLOW-MISSING", says)
        return
    if "flow" in data:
        says = "写了流程图，步骤就从图上来，不用再写 flow。请删掉 flow。"
        yield draft.tree.fault(("flow",), "FLOW-TWICE", says)
    slug = named["drawn"]
    if slug not in library.processes:
        says = f"flows 文件夹里没有“{slug}.bpmn”。请核对名字，或者把流程图放进去。"
        yield draft.tree.fault(("process", "drawn"), "FLOW-UNKNOWN", says)
        return
    process = library.processes[slug]
    if process is None or "promise" not in data or not form:
        return
    for task in sorted(named.get("takes", {}).keys() - _timed(process.net)):
        says = f"流程图里没有“{task}”这一步，或者它不用期限。请核对编号。"
        yield draft.tree.fault(("process", "takes", task), "FLOW-TASK-UNKNOWN", says)
    yield from _asking_faults(draft, process.net, named, life)
    yield from _looking_faults(draft, process)
    yield from _awaited_otherwise(process, data, life)
    yield from _of_nobody(draft, process, life)
    yield from tables.faults or _running_faults(draft, process, _setting(draft, form, life, tables))


def _running_faults(draft: Draft, process: Process, setting: Setting) -> Iterator[PackFault]:
    """Why the drawing may not run for this item."""
    for problem in check(net_for(process.net, draft.data["process"]), setting):
        says = f"用在“{draft.data.get('name', '')}”上不行：{problem.says}"
        way = f"（这样走到：{' → '.join(problem.trace)}）" if problem.trace else ""
        yield PackFault(process.file, problem.line, f"FLOW-{problem.code}", says + way)


def _setting(draft: Draft, form: Document, life: Life | None, tables: FlowTables) -> Setting:
    """Where the flow of an item is to run: its legal life, the facts of its form, its tables, its times."""
    times = _times(draft) if life else ()
    return Setting(_life(draft, life), types_of(form_of(form)), tables.types, *times)


def _awaited_otherwise(process: Process, data: Mapping[str, Any], life: Life | None) -> Iterator[PackFault]:
    """Tasks that wait for what may follow, and timers at their border, whose length is not the item's."""
    told = data.get("later_within")
    if life is None or told is None:
        return
    net, within = net_for(process.net, data["process"]), Timer(told["value"], told["unit"])
    for at, node in enumerate(net.nodes):
        if not life.supplies & {*node.acts}:
            continue
        border = [net.nodes[event] for event in net.attached.get(at, ())]
        for one, length in ((node, node.limit), *((event, event.timer) for event in border)):
            if length is not None and length != within:
                says = (
                    f"“{one.name or one.id}”的期限和事项的 later_within 不一样。"
                    f"请在 process 的 takes 里把 {one.id} 写成同样长。"
                )
                yield PackFault(process.file, one.line, "FLOW-LATER", says)


def _asking_faults(
    draft: Draft, net: Net, named: Mapping[str, Any], life: Life | None
) -> Iterator[PackFault]:
    """Whether opinions are asked by tasks that can, of somebody for every office, in so many days."""
    limits = {node.id: node.limit for node in net_for(net, named).nodes if node.kind in ASK}
    taken = {node.id for node in net.nodes if node.acts or node.outcomes}
    decided = life.decides if life is not None else frozenset()
    late = {one.id for node in net.nodes if decided & {*node.acts} for one in ahead_of(net, node.id)}
    for task, bodies in named.get("asks", {}).items():
        path = ("process", "asks", task)
        if task in late:
            says = f"“{task}”在作出决定以后，那时候征求意见已经没有用了。请把它画在决定前面。"
            yield draft.tree.fault(path, "FLOW-ASKS-TOO-LATE", says)
        if task not in limits or task in taken:
            says = f"流程图里没有“{task}”这一步，或者它是法定动作、要选结果，不能用来征求意见。请核对编号。"
            yield draft.tree.fault(path, "FLOW-CANNOT-ASK", says)
            continue
        limit = limits[task]
        if limit is None or limit.unit != "workday" or not 1 <= limit.value <= MOST_DAYS_TO_ANSWER:
            says = f"“{task}”的答复期限要在 1 到 {MOST_DAYS_TO_ANSWER} 个工作日之间。请改流程图或者 takes。"
            yield draft.tree.fault(path, "FLOW-ANSWER-DAYS", says)
        yield from _asked_by_offices(draft, task, bodies)


def _asked_by_offices(draft: Draft, task: str, bodies: list[Document]) -> Iterator[PackFault]:
    """Whether a task asks somebody else for every office: the nearest body that holds its region."""
    for at, office in each(draft.data, "offices"):
        holding = [one for one in bodies if office["region"].startswith(one["region"].rstrip("0"))]
        if not holding:
            says = f"“{task}”没有写这个单位所在地区的办件该问谁。请在 asks 里加一个管这个地区的单位。"
            yield draft.tree.fault(("offices", at), "FLOW-NOBODY-TO-ASK", says)
        elif max(holding, key=lambda one: len(one["region"].rstrip("0")))["body"] == office["body"]:
            says = f"“{task}”问的就是办这件事的这个单位自己。请改问别的单位，或者把这一步画成本单位的步骤。"
            yield draft.tree.fault(("offices", at), "FLOW-ASKS-ITSELF", says)


def _looking_faults(draft: Draft, process: Process) -> Iterator[PackFault]:
    """Whether each service task says which register it asks, what and why; and nothing else does."""
    looks = draft.data["process"].get("looks", {})
    services = {node.id: node for node in process.net.nodes if node.kind is Kind.SERVICE}
    for task, node in services.items():
        if task not in looks:
            says = f"“{node.name or task}”没有写向哪个登记簿查、查什么。请在 process 的 looks 里写 {task}。"
            yield PackFault(process.file, node.line, "FLOW-LOOKS-NOWHERE", says)
    for task, source in looks.items():
        path = ("process", "looks", task)
        if task not in services:
            says = f"流程图里没有“{task}”这个服务任务。请核对编号。"
            yield draft.tree.fault(path, "FLOW-TASK-UNKNOWN", says)
        _, wrong = question_of(source, draft.library)
        if wrong is not None:
            key, code, says = wrong
            yield draft.tree.fault((*path, key), code, says)


def _of_nobody(draft: Draft, process: Process, life: Life | None) -> Iterator[PackFault]:
    """Steps that somebody would have to do where a rule decides: then no officer has the case."""
    decides = life.decides if "rule" in draft.data and life is not None else frozenset()
    for node in process.net.nodes if decides else ():
        timed = node.kind is Kind.TIMER and node.host is None
        if (node.takes_time and not node.acts) or timed:
            title = node.name or node.id
            says = f"由规则当场决定的没有经办人，“{title}”没有人办，也不等。请删掉它，或者不用规则。"
            yield PackFault(process.file, node.line, "FLOW-BESIDE-RULE", says)


def net_for(net: Net, named: Mapping[str, Any]) -> Net:
    """The net with the limits that an item sets for its tasks and timers itself."""
    takes = named.get("takes", {})
    return net.limited({task: Timer(limit["value"], limit["unit"]) for task, limit in takes.items()})


def steps_of(net: Net) -> list[Document]:
    """The steps as people read them: what, by whom, how long."""
    return [
        {"name": node.name or node.id, "actor": node.actor}
        | ({"takes": {"value": node.limit.value, "unit": node.limit.unit}} if node.limit else {})
        for node in in_order(net)
    ]


def told_elsewhere(data: Mapping[str, Any], library: Library) -> bool:
    """Whether the drawing that an item names, or a register that it asks, is there and is at fault."""
    if "process" not in data:
        return False
    asked = [library.registers[look["register"]] for look in data["process"].get("looks", {}).values()]
    return library.processes[data["process"]["drawn"]] is None or not all(asked)


def steps_in(data: Mapping[str, Any], library: Library) -> list[Document]:
    """The steps of an item: as it lists them, or as its drawing shows them."""
    if "process" not in data:
        return list(data["flow"])
    return steps_of(net_for(_process(data, library).net, data["process"]))


def process_document(data: Mapping[str, Any], library: Library, tables: FlowTables) -> Document:
    """What a published item keeps of its flow: the drawing, the limits that are its own, and its tables."""
    if "process" not in data:
        return {}
    drawn = _process(data, library).drawn.decode("utf-8-sig")
    own: Document = {"tables": tables.documents} if tables.documents else {}
    if looks := data["process"].get("looks"):
        own["looks"] = {task: published(source, library) for task, source in looks.items()}
    return {"process": {"takes": {}, **data["process"], "bpmn": drawn, **own}}


def _process(data: Mapping[str, Any], library: Library) -> Process:
    process = library.processes[data["process"]["drawn"]]
    assert process is not None
    return process


def _life(draft: Draft, life: Life | None) -> Life | None:
    """The life of a case of this item: nothing stops its clock, nothing follows, nobody sends it up unasked.

    Nor is a grant revoked where its law does not say so.
    """
    if life is None:
        return life
    if not draft.data.get("special_procedures"):
        life = life.without(life.stops | life.resumes)
    if "later_within" not in draft.data:
        life = life.without(life.tolerates | life.supplies)
    if "silence_is_acceptance" not in draft.regime:
        life = life.without(frozenset({life.silence}))
    if "revocation" not in draft.regime:
        life = life.without(life.revokes)
    sent_up = draft.data.get("kind") == "forwarded"
    return life.forwarded() if sent_up else life.without(frozenset({life.forwards}))


def _timed(net: Net) -> set[str]:
    return {node.id for node in net.nodes if node.limit is not None or node.timer is not None}


def _times(draft: Draft) -> tuple[int, int | None, str]:
    """Promise and statute in the unit of the promise; no statute where it has another unit, or there is none.

    A month is told as its fewest days. How a statute in another unit is kept is looked at with the item.
    """
    promise, statute = draft.data["promise"], longest_by_law(draft)
    lawful = statute["value"] if statute is not None and statute["unit"] == promise["unit"] else None
    if promise["unit"] != "month":
        return promise["value"], lawful, promise["unit"]
    return promise["value"] * 28, lawful and lawful * 28, "day"
