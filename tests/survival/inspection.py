"""Run inside the installation once it is calm: holds rows against the story, prints every fault as JSON."""

import json
from collections.abc import Iterator

from tongban.cli.installation import wake_django


def main() -> None:
    """Look at every case and every queue."""
    wake_django()
    from tongban.kernel.sql import run

    numbers = [number for (number,) in run("select number from cases_case order by id")]
    faults = [fault for number in numbers for fault in _faults_of(number)]
    print(json.dumps({"cases": len(numbers), "faults": faults + list(_misplaced())}))


def _faults_of(number: str) -> Iterator[str]:
    """A case's row must be the fold of its events, and its timers what the rules say."""
    from tongban.cases.commands.change import Change
    from tongban.cases.commands.document import row_of
    from tongban.cases.models.stored import story
    from tongban.cases.rules.clocks import timers
    from tongban.cases.rules.evolve import fold
    from tongban.cases.rules.state import CaseState
    from tongban.kernel.clock import now
    from tongban.kernel.sql import load, run

    change = Change(run(load("tongban.cases", "case_for_update"), (number,))[0], now())
    head = change.state.head
    folded = fold(CaseState(head), story(head.id))
    # The place comes from the log, not from the events: it is compared there.
    if row_of(folded) | {"position": None} != row_of(change.state) | {"position": None}:
        yield f"{number}: the row is not the fold of its events"
    stored = run("select kind, due_at from cases_timer where case_id = $1::bigint order by kind", (head.id,))
    if stored != sorted((timer.kind, timer.due_at) for timer in timers(folded, change.law)):
        yield f"{number}: its timers are {stored}"


def _misplaced() -> Iterator[str]:
    """Who waits stands in the queue at the index of the arrival leaf, and nobody else stands there."""
    from tongban.kernel.sql import run

    rows = run(
        "select c.number, c.waits, w.position, w.queue = c.queue, l.index, q.head from cases_case c"
        " join cases_event e on e.case_id = c.id and e.seq = 1 join ledger_leaf l on l.event_id = e.id"
        " join cases_queue q on q.id = c.queue left join cases_waiting w on w.case_id = c.id"
    )
    for number, waits, position, own_queue, index, head in rows:
        if waits and (position, own_queue) != (index, True):
            yield f"{number}: waits at {position}, arrived at {index}"
        if waits and position is not None and position < head:
            yield f"{number}: waits at {position}, where the head {head} passes it by"
        if not waits and position is not None:
            yield f"{number}: does not wait and stands in the queue"


if __name__ == "__main__":
    main()
