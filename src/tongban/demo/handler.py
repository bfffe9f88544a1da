"""A handler at work: one act at a time in office hours, what is due first, else the next of the queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from tongban.cases import api as cases
from tongban.demo import texts
from tongban.demo.clockwork import Clockwork, Deed
from tongban.demo.going import Going, Waiting
from tongban.demo.hours import Hours
from tongban.demo.staff import Staff
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Viewer
from tongban.kernel.ids import ApprovalId, BodyCode

UNTOUCHED: Final = timedelta(hours=4)
"""After which a case that was taken and left goes back by itself."""

CHECKED_AFTER: Final = 10
"""Working days after the delivery until a later check, where one is drawn."""

_AT_ONCE: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answered:
    """What follows from a leader's answer; declined too where what was asked for does not stand any more."""

    approved: bool
    stands: Callable[[], bool]
    given: Deed
    declined: Deed


class Around(Protocol):
    """What a handler sees of the city."""

    hours: Hours
    waiting: Waiting

    def put(self, at: datetime, deed: Deed) -> None: ...
    def seal(self, at: datetime) -> None: ...
    def sweep(self, at: datetime) -> None: ...
    def ask_leader(self, approval: ApprovalId, body: BodyCode, at: datetime, then: "Answered") -> None: ...
    def asked_to_correct(self, going: Going, at: datetime) -> None: ...
    def told_what_follows(self, going: Going, at: datetime) -> None: ...
    def sent_up(self, going: Going, to: BodyCode, at: datetime) -> None: ...
    def delivered(self, going: Going, handler: "Handler", at: datetime) -> None: ...
    def handler_at(self, body: BodyCode) -> Viewer: ...


class Handler:
    """One officer. `away` are days from one until before another."""

    def __init__(self, staff: Staff, away: tuple[tuple[date, date], ...], around: Around) -> None:
        self.staff, self.viewer = staff, staff.viewer
        self._away, self._around = away, around
        self._due, self._busy_until = Clockwork(), _AT_ONCE
        self._pace = timedelta(minutes=staff.pace)

    def look(self, at: datetime) -> None:
        """Do one thing if there is one and it can be done now, and look again when it is done."""
        if at < self._busy_until or not self._at_work(at):
            return
        deed = self._due.take(at) or (self._take if self._may_take(at) else None)
        if deed is None:
            return
        self._busy_until = at + self._pace
        # Put first: what is done may be refused, and work goes on all the same.
        self._around.put(self._busy_until, self.look)
        deed(at)

    def later(self, at: datetime, deed: Deed) -> None:
        """Have something to do from an instant on."""
        self._due.put(at, deed)
        self._around.put(at, self.look)

    def _at_work(self, at: datetime) -> bool:
        """Whether this officer is there, and may end one thing more today."""
        if any(since <= legal_day(at) < until for since, until in self._away):
            return False
        return self._around.hours.opens(at, self._pace) == at

    def _may_take(self, at: datetime) -> bool:
        """Whether somebody waits, and enough of the day is left to deal with them as well."""
        if self._around.waiting.first_at(self.staff.body) is None:
            return False
        return self._around.hours.opens(at, 2 * self._pace) == at

    def _take(self, at: datetime) -> None:
        """Take the next of the body's queues, or ask for one behind it that cannot wait."""
        first = self._around.waiting.first_at(self.staff.body)
        assert first is not None
        urgent = self._around.waiting.urgent_behind(first)
        if urgent is not None and urgent.fate.urgent is not None:
            self._ask_for(urgent, urgent.fate.urgent, at)
            return
        taken = cases.take_next(first.queue, by=self.viewer, at=at)
        assert taken is not None
        self._begin(taken.number, at)

    def _ask_for(self, going: Going, reason: str, at: datetime) -> None:
        going.asked_for = True
        approval = cases.take(
            going.number, seen=None, by=self.viewer, at=at, reason=reason, text=texts.URGENT
        )

        given = partial(self._begin, going.number)
        if approval is None:
            given(at)
            return
        waits = partial(self._around.waiting.waits, going)
        then = Answered(going.fate.approved, waits, given, lambda at: None)
        self._around.ask_leader(approval, going.body, at, then)

    def _begin(self, number: str, at: datetime) -> None:
        """Look into a case just taken, and deal with it next; or forget it, until it goes back by itself."""
        going = self._around.waiting.taken(number)
        going.handler = self.staff.id
        if going.fate.forgotten and not going.forgotten:
            going.forgotten = True
            self._around.put(at + UNTOUCHED, self._around.sweep)
            return
        cases.look_at(number, self.viewer, at=at)
        self._due.put(_AT_ONCE, self._while_held(going, self._intake))

    def _while_held(self, going: Going, act: Callable[[Going, datetime], None]) -> Deed:
        def deed(at: datetime) -> None:
            if going.handler == self.staff.id and not going.over:
                act(going, at)

        return deed

    def _intake(self, going: Going, at: datetime) -> None:
        by, number = self.viewer, going.number
        if going.accepted_by_law or going.sent_up:
            # Its days run already, and whoever has it and leaves it loses it: it is decided at once.
            going.extended = True
            self._decide(going, at)
        elif going.corrected:
            self._corrected(going, at)
        elif going.fate.intake == "give-back" and not going.given_back:
            going.given_back = True
            cases.release(number, seen=None, by=by, at=at)
            self._around.seal(at)
        elif going.fate.intake == "return":
            faults = texts.correction(going.item, going.nth)
            cases.return_for_correction(number, seen=None, by=by, at=at, faults=faults)
            self._around.asked_to_correct(going, at)
        elif going.fate.intake == "refuse-acceptance":
            going.over = True
            cases.refuse_acceptance(number, seen=None, by=by, at=at, ground="not-ours", text=texts.NOT_OURS)
        else:
            self._accept(going, at)

    def _corrected(self, going: Going, at: datetime) -> None:
        if going.fate.reminded and going.corrected == 1:
            cases.remind(going.number, seen=None, by=self.viewer, at=at, text=texts.STILL_OPEN)
            self._around.asked_to_correct(going, at)
            return
        self._accept(going, at)

    def _accept(self, going: Going, at: datetime) -> None:
        """Take it in; where something may follow and is not there, the applicant is told until when."""
        if going.item.later_within is None:
            cases.accept(going.number, seen=None, by=self.viewer, at=at)
        else:
            cases.accept_tolerantly(going.number, seen=None, by=self.viewer, at=at)
            self._around.told_what_follows(going, at)
        self._accepted(going, at)

    def _accepted(self, going: Going, at: datetime) -> None:
        hours, fate, going.accepted = self._around.hours, going.fate, at
        kinds = going.item.special_procedures
        if fate.procedure and kinds:
            self.later(hours.later(at, 1, fate.moment), self._while_held(going, self._start_procedure))
            return
        promised = going.item.promised.value
        days = fate.days(promised, self.staff.diligence)
        if days > promised and fate.explained:
            explain = partial(self._explain, hours.later(at, days, fate.moment))
            self.later(hours.later(at, promised + 1, fate.moment), self._while_held(going, explain))
        self._decide_after(going, days, at)

    def _explain(self, ready: datetime, going: Going, at: datetime) -> None:
        """Say why a late one is late, and hope for no later day than the law's own last."""
        statutory, hoped = cases.view_of(going.number, self.viewer, at=at).due("statutory"), legal_day(ready)
        if statutory and legal_day(at) <= statutory.day < hoped:
            hoped = statutory.day
        cases.explain(
            going.number,
            seen=None,
            by=self.viewer,
            at=at,
            cause=texts.LATE_CAUSE,
            until=hoped,
            text=texts.LATE,
        )

    def _start_procedure(self, going: Going, at: datetime) -> None:
        until = self._around.hours.later(at, 10, 0.5)
        cases.start_special_procedure(
            going.number,
            seen=None,
            by=self.viewer,
            at=at,
            procedure=going.item.special_procedures[0].code,
            told_until=legal_day(until),
            text=texts.PROCEDURE,
        )
        self.later(until, self._while_held(going, self._end_procedure))

    def _end_procedure(self, going: Going, at: datetime) -> None:
        cases.end_special_procedure(going.number, seen=None, by=self.viewer, at=at)
        self._decide_after(going, going.fate.days(going.item.promised.value, self.staff.diligence), at)

    def _decide_after(self, going: Going, days: int, at: datetime) -> None:
        ready = self._around.hours.later(at, days, going.fate.moment)
        self.later(ready, self._while_held(going, self._decide))

    def _decide(self, going: Going, at: datetime) -> None:
        fate, number = going.fate, going.number
        superior = going.item.superiors.get(going.body)
        if superior is not None:
            self._look_as_drawn(going, at)
            cases.forward(number, seen=None, by=self.viewer, at=at, text=texts.EXAMINED)
            self._around.sent_up(going, superior.body, at)
            return
        if fate.extended and not going.extended and self._may_be_extended(going, at):
            going.extended = True
            approval = cases.extend(number, seen=None, by=self.viewer, at=at, text=texts.EXTEND)

            def answered(at: datetime) -> None:
                self._decide_after(going, 2, at)

            then = Answered(fate.approved, lambda: not going.over, answered, answered)
            self._around.ask_leader(approval, going.body, at, then)
            return
        going.decided = True
        going.granted = fate.granted or going.reversed
        self._look_as_drawn(going, at)
        decide, text = (cases.grant, texts.GRANTED) if going.granted else (cases.refuse, texts.REFUSED)
        done = decide(number, seen=None, by=self.viewer, at=at, text=text)
        if isinstance(done, UUID):
            then = Answered(
                True, lambda: not going.over, lambda at: self._decided(going, at), lambda at: None
            )
            self._around.ask_leader(ApprovalId(done), going.body, at, then)
        else:
            self._decided(going, at)

    def _look_as_drawn(self, going: Going, at: datetime) -> None:
        """What the drawing wants before the decision, or after it, is done now, and found as was decided."""
        by, number, found = self.viewer, going.number, 0 if going.granted else -1
        while tasks := cases.tasks_to_do(cases.view_of(number, by, at=at)):
            if tasks[0].asks is not None:
                self._ask_opinion(number, tasks[0].key, tasks[0].asks.body, at)
                continue
            words = tasks[0].node.outcomes
            outcome = words[found] if words else ""
            cases.complete_task(
                number, seen=None, by=by, at=at, task=tasks[0].key, outcome=outcome, text=texts.FOUND
            )

    def _ask_opinion(self, number: str, task: str, body: BodyCode, at: datetime) -> None:
        """Another body is asked, and answers within the hour."""
        asked = cases.ask_in_flow(number, seen=None, by=self.viewer, at=at, task=task, text=texts.OPINION)
        answer = self._around.handler_at(body)
        cases.answer_consultation(number, asked.version, by=answer, at=at, text=texts.NO_OBJECTION)

    def _decided(self, going: Going, at: datetime) -> None:
        """What is granted is delivered; what was refused by mistake is taken back first."""
        hours, fate = self._around.hours, going.fate
        if fate.reversed and not going.granted:
            self.later(hours.later(at, 1, fate.moment), lambda at: self._ask_reversal(going, at))
            return
        self.later(hours.later(at, fate.delivered_after, fate.moment), lambda at: self._deliver(going, at))

    def _may_be_extended(self, going: Going, at: datetime) -> bool:
        """Whether the item's law knows an extension, and the promise has not run out meanwhile."""
        if "extend_by" not in going.item.regime.figures or going.accepted is None:
            return False
        return self._around.hours.passed(going.accepted, at) <= going.item.promised.value

    def _ask_reversal(self, going: Going, at: datetime) -> None:
        going.reversed = True
        approval = cases.reverse(going.number, seen=None, by=self.viewer, at=at, text=texts.REVERSE)

        def given(at: datetime) -> None:
            self._decide_after(going, 1, at)

        def declined(at: datetime) -> None:
            self.later(at, lambda at: self._deliver(going, at))

        then = Answered(going.fate.approved, lambda: True, given, declined)
        self._around.ask_leader(approval, going.body, at, then)

    def _deliver(self, going: Going, at: datetime) -> None:
        cases.deliver(going.number, seen=None, by=self.viewer, at=at, way=going.fate.delivered)
        self._around.delivered(going, self, at)
        if going.granted and going.item.process is not None:
            # Where the drawing goes on, what was promised is looked at, and found to be kept.
            ready = self._around.hours.later(at, CHECKED_AFTER, going.fate.moment)
            self.later(ready, lambda at: self._look_as_drawn(going, at))
