"""Whether a net may run: nothing gets stuck, nothing is left, every task can come, has somebody and a limit.

Each problem names the element and, where it lies on the way there, what was done to reach it.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from tongban.engine.expressions import compiled
from tongban.engine.flow.exploring import MOST, Space, State, TooLarge, Wrong, explored, known_after, told_by
from tongban.engine.flow.faults import Doubled, Problem
from tongban.engine.flow.joins import inclusive_joins
from tongban.engine.flow.marking import open_in
from tongban.engine.flow.net import WAITING, Kind, Net, Node
from tongban.engine.flow.setting import Setting
from tongban.engine.flow.timing import problems_of_time
from tongban.engine.flow.well_typed import problems_of_types

ALWAYS = frozenset({"act", "outcome"})
"""Names of which it is always known what they are: what the last task said, or nothing."""

MOST_LETTERS = 200
"""Of what a flow tells the applicant at one place (our own): more nobody reads on the way."""

MOST_AT_ONCE = 99
"""Who may do one thing at once, as `at-most` may say."""

FEW = 5
"""Of one kind of problem so many are told: the rest are mostly the same once more."""


def check(net: Net, setting: Setting | None = None, *, most: int = MOST) -> list[Problem]:
    """All reasons why this net may not run here; none where it may.

    What the drawing alone shows comes first; where that is in order, every marking that can be reached is
    looked at, at most `most` of them.
    """
    where = setting or Setting()
    problems = [*_drawn_wrong(net, where), *problems_of_types(net, where)]
    if not problems:
        problems = [*_lived_wrong(net, where, most)]
    if not problems:
        problems = [*problems_of_time(net, where)]
    return sorted(problems)


def check_from(net: Net, setting: Setting, state: State, *, most: int = MOST) -> list[Problem]:
    """All reasons why a case that stands so may not go on along this net; none where it may."""
    try:
        space = explored(net, setting, most=most, start=state)
    except TooLarge:
        return [_too_large(net, most)]
    return sorted([*_cut_short(net, space), *_stuck(net, space), *_undecided(net, setting, space)])


def _too_large(net: Net, most: int) -> Problem:
    says = f"走法太多（超过 {most} 种情形），没有办法查完。请减少并行，或者拆成几个流程。"
    return Problem(1, "TOO-LARGE", net.id, says)


def _drawn_wrong(net: Net, setting: Setting) -> Iterator[Problem]:
    for node in net.nodes:
        yield from _task_wrong(node, setting)
        yield from _split_wrong(net, node, setting)
    for at in inclusive_joins(net):
        if at not in net.between:
            says = "这个包容汇合找不到对应的分开。请让分开的每一条都汇到这里，也只有它们汇到这里。"
            yield _problem(net.nodes[at], "JOIN-UNMATCHED", says)
    yield from _unbounded(net)
    if setting.life is not None:
        yield from _same_post(net, setting)


def _task_wrong(node: Node, setting: Setting) -> Iterator[Problem]:
    title = node.name or node.id
    if (node.is_task or node.takes_time) and not node.actor:
        yield _problem(node, "NO-ACTOR", f"“{title}”没有写由谁办。请放进泳道，泳道写岗位或者单位。")
    if node.takes_time and node.limit is None:
        yield _problem(node, "NO-LIMIT", f"“{title}”没有期限。请写明最多几个工作日。")
    yield from _several_wrong(node, title)
    if node.kind is Kind.RULE and node.table not in setting.tables:
        yield _problem(node, "NO-TABLE", f"“{title}”用的决策表“{node.table or ''}”没有找到。")
    if node.kind is Kind.SEND and not 0 < len(node.says) <= MOST_LETTERS:
        says = f"“{title}”要告诉申请人的话没有写（says），或者超过 {MOST_LETTERS} 字。请用一两句白话写明。"
        yield _problem(node, "SAYS-NOTHING", says)
    if setting.life is not None:
        for act in sorted(set(node.acts) - setting.life.acts):
            yield _problem(node, "ACT-UNKNOWN", f"“{title}”绑定的行为“{act}”不是办件的法定行为。")


def _several_wrong(node: Node, title: str) -> Iterator[Problem]:
    """How many do it is bounded: by the number that is drawn, or by `at-most`."""
    many = node.many
    if many is None:
        return
    if many.at_most is None and not (many.how_many.isdigit() and int(many.how_many) <= MOST_AT_ONCE):
        says = f"“{title}”几个人办没有写最多几个。请写上 at-most（不超过 {MOST_AT_ONCE}）。"
        yield _problem(node, "MANY-UNBOUNDED", says)
    elif many.at_most is not None and many.how_many.isdigit() and int(many.how_many) > many.at_most:
        says = f"“{title}”要 {many.how_many} 个人办，却写了最多 {many.at_most} 个。请改成一样。"
        yield _problem(node, "MANY-OVER-BOUND", says)


def _split_wrong(net: Net, node: Node, setting: Setting) -> Iterator[Problem]:
    """A split whose answer nobody has promised needs a way for when no condition holds."""
    if node.kind not in (Kind.EXCLUSIVE, Kind.INCLUSIVE) or len(node.out) < 2 or node.default is not None:
        return
    conditions = [net.flows[flow].condition for flow in node.out]
    told = ALWAYS.union(*(known_after(one, setting) for one in net.nodes))
    if any(text is not None and not {*compiled(text).names} <= told for text in conditions):
        title = node.name or node.id
        yield _problem(node, "NO-DEFAULT", f"“{title}”的条件都不成立时没有路走。请设一条默认的线。")


def _unbounded(net: Net) -> Iterator[Problem]:
    """A circle of flows of which none is bounded."""
    steps: dict[int, list[int]] = {at: [] for at in range(len(net.nodes))}
    for flow in net.flows:
        if flow.at_most is None:
            steps[flow.source].append(flow.target)
    for host, events in net.attached.items():
        steps[host] += events
    for at in _on_circles(steps):
        node = net.nodes[at]
        says = f"从“{node.name or node.id}”可以一圈一圈绕下去。请在回头的线上写最多几次（at-most）。"
        yield _problem(node, "LOOP-UNBOUNDED", says)
        return


def _on_circles(steps: dict[int, list[int]]) -> list[int]:
    """The nodes that are left when those with nothing before them are taken away again and again."""
    before = dict.fromkeys(steps, 0)
    for goals in steps.values():
        for goal in goals:
            before[goal] += 1
    free = deque(at for at, count in before.items() if not count)
    while free:
        at = free.popleft()
        del before[at]
        for goal in steps[at]:
            before[goal] -= 1
            if not before[goal]:
                free.append(goal)
    # What only comes after a circle is on none.
    return [at for at in before if any(goal in before for goal in steps[at])]


def _same_post(net: Net, setting: Setting) -> Iterator[Problem]:
    """Whoever takes cases in does not decide them (收办分离)."""
    assert setting.life is not None
    accepts = {node.actor for node in net.nodes if setting.life.accepts & {*node.acts}}
    for node in net.nodes:
        if setting.life.decides & {*node.acts} and node.actor in accepts:
            says = f"受理和决定都是“{node.actor}”。收办要分开：请换一个岗位来决定。"
            yield _problem(node, "SAME-POST", says)


def _lived_wrong(net: Net, setting: Setting, most: int) -> Iterator[Problem]:
    try:
        space = explored(net, setting, most=most)
    except TooLarge:
        yield _too_large(net, most)
        return
    yield from _few(_cut_short(net, space))
    yield from _few(_stuck(net, space))
    yield from _never(net, setting, space)
    yield from _few(_undecided(net, setting, space))


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first of each element, and of all of them a few."""
    seen: dict[str, Problem] = {}
    for problem in problems:
        seen.setdefault(problem.element, problem)
    yield from list(seen.values())[:FEW]


def _cut_short(net: Net, space: Space) -> Iterator[Problem]:
    for wrong in space.wrong:
        node = net.nodes[net.at[wrong.node]] if wrong.node in net.at else None
        line = node.line if node else next(flow.line for flow in net.flows if flow.id == wrong.node)
        title = (node.name if node else "") or wrong.node
        if wrong.error is Doubled:
            says = f"“{title}”还没有完，又来了一次。请把分开的几条线先汇合。"
            yield Problem(line, "TWICE", wrong.node, says, _way(space, wrong))
        else:
            says = f"到了“{title}”没有路走：条件都不成立。请设默认的线。"
            yield Problem(line, "NO-WAY", wrong.node, says, _way(space, wrong))


def _way(space: Space, wrong: Wrong) -> tuple[str, ...]:
    return (*space.way_to(wrong.before), *([str(wrong.step)] if wrong.step else []))


def _stuck(net: Net, space: Space) -> Iterator[Problem]:
    """States from which no end is reached, the first of each place where it sticks."""
    if space.wrong:
        return
    ending = {state for state in space.reached if not state.marking.bits}
    before: dict[State, list[State]] = {}
    for state, goals in space.leads.items():
        for goal in goals:
            before.setdefault(goal, []).append(state)
    ahead = list(ending)
    while ahead:
        for state in before.get(ahead.pop(), ()):
            if state not in ending:
                ending.add(state)
                ahead.append(state)
    for state in space.reached:
        # Acts beside the drawing may go round and round: they lead nowhere in it.
        if state not in ending and all(goal.marking == state.marking for goal in space.leads[state]):
            node = _held(net, state)
            says = f"会卡在“{node.name or node.id}”，再也走不到结束。"
            yield _problem(node, "STUCK", says, space.way_to(state))


def _held(net: Net, state: State) -> Node:
    """What is still there in a state in which nothing can happen: a task that waits, or a join."""
    for wait in open_in(net, state.marking):
        return net.node(wait.node)
    bits = state.marking.bits >> len(net.nodes)
    flow = (bits & -bits).bit_length() - 1
    return net.nodes[net.flows[flow].target]


def _never(net: Net, setting: Setting, space: Space) -> Iterator[Problem]:
    """Tasks that never come, and ends of a task that can never be said."""
    if space.wrong:
        return
    came = {name for name, _ in space.happened}
    for node in net.nodes:
        if node.kind not in WAITING:
            continue
        if node.id not in came:
            yield _problem(node, "DEAD", f"“{node.name or node.id}”永远轮不到。请删掉它，或者改前面的条件。")
            continue
        for told in told_by(node, setting):
            acts = [value for name, value in told if name == "act"]
            if acts and not any(
                (node.id, each) in space.happened
                for each in told_by(node, setting)
                if ("act", acts[0]) in each
            ):
                says = f"“{node.name or node.id}”轮到时，从来不能做“{acts[0]}”。请去掉这个行为，或者改前后。"
                yield _problem(node, "ACT-NEVER", says)


def _undecided(net: Net, setting: Setting, space: Space) -> Iterator[Problem]:
    if setting.life is None:
        return
    for state in space.reached:
        if not state.marking.bits and state.stage not in setting.life.ends:
            says = f"流程可以在办件还是“{state.stage}”时就结束。请把决定画进去。"
            yield Problem(1, "UNDECIDED", net.id, says, space.way_to(state))


def _problem(node: Node, code: str, says: str, trace: tuple[str, ...] = ()) -> Problem:
    return Problem(node.line, code, node.id, says, trace)
