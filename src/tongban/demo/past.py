"""The past of the city: half a year lived through by the real commands, in the order of time.

Every deed is done at its own instant: an arrival, an officer's act, a leader's answer, a sweep of the clock's
timers. Arrivals are sealed every hour, and officers see them from then on. Papers are not made here: they are
made when somebody first looks at them.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

import structlog

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.demo.aftermath import Aftermath
from tongban.demo.applying import Arrival, answers_of, apply, demanded, handed_in
from tongban.demo.clockwork import Clockwork, Deed
from tongban.demo.fate import fate_of
from tongban.demo.going import Going, Waiting
from tongban.demo.handler import Answered, Handler
from tongban.demo.hours import Hours
from tongban.demo.staff import LEADER, Staff, absences
from tongban.demo.talking import Talking
from tongban.demo.telling import Telling
from tongban.directory import api as directory
from tongban.engine.calendar import SHANGHAI, Calendar, legal_day
from tongban.kernel.access import Viewer
from tongban.kernel.ids import ApprovalId, BodyCode, CaseId
from tongban.kernel.refusal import Refusal
from tongban.ledger import api as ledger

log = structlog.get_logger(__name__)

ANSWERS_AFTER: Final = timedelta(minutes=10)
"""How long a leader takes to answer, in office hours."""

BEGIN_WITHIN: Final = timedelta(hours=2)
"""What a leader leaves of the day to whoever asked, so that a case taken is touched before it goes back."""

BROUGHT_AFTER: Final = timedelta(minutes=5)
"""How soon what may follow is brought once it was asked for."""

WORKER_TAKES: Final = timedelta(seconds=1)


class Past:
    """The city as it lives from `begun` to `end`."""

    def __init__(
        self, staff: Sequence[Staff], seed: int, calendar: Calendar, begun: datetime, end: datetime
    ) -> None:
        self.hours, self.waiting = Hours(calendar), Waiting()
        self.refused: list[str] = []
        self._seed, self._begun, self._end = seed, begun, end
        self._clock = Clockwork()
        self._unsealed: deque[Going] = deque()
        self.telling, self._sealing_at = Telling(end), begun
        self._by_case: dict[CaseId, Going] = {}
        self._leaders = {one.body: one.viewer for one in staff if one.post is LEADER}
        self._talking = Talking(self, self._leaders)
        self._handlers = [self._handler(one) for one in staff if one.post is not LEADER]

    def live(self, arrivals: Sequence[Arrival]) -> Iterator[date]:
        """Live through everything; gives each day when it begins.

        The reactions to what is sealed are this city's own meanwhile: a job made now would be done today.
        """
        ledger.supply(arrived=self._arrived, tell=self._told)
        for arrival in arrivals:
            self.put(arrival.at, partial(self._arrives, arrival))
        at = self._begun.replace(minute=0, second=0, microsecond=0)
        while at < self._end:
            self._clock.put(at, self._hourly)
            at += timedelta(hours=1)
        today = legal_day(self._begun)
        for at in self._clock.run(self._end):
            if legal_day(at) != today:
                today = legal_day(at)
                yield today
        self.sweep(self._end)
        self.seal(self._end)

    def put(self, at: datetime, deed: Deed) -> None:
        """Have a deed done at an instant. One that the law refuses by then is noted and passed over."""

        def tried(at: datetime) -> None:
            try:
                deed(at)
            except Refusal as refusal:
                self.refused.append(refusal.code)
                log.warning("demo.refused", code=refusal.code)

        self._clock.put(at, tried)

    def sweep(self, at: datetime) -> None:
        """Let the clock speak, and hear what it did."""
        if cases.fire_due(at):
            self.seal(at)

    def ask_leader(self, approval: ApprovalId, body: BodyCode, at: datetime, then: Answered) -> None:
        """Have the body's leader answer, within an hour of the office; then what follows from the answer."""
        leader = self._leaders[body]

        def answer(at: datetime) -> None:
            if then.approved and then.stands():
                cases.approve(approval, by=leader, at=at)
                then.given(at)
            else:
                cases.decline(approval, by=leader, at=at)
                then.declined(at)

        self.put(self.hours.opens(at + ANSWERS_AFTER, BEGIN_WITHIN), answer)

    def asked_to_correct(self, going: Going, at: datetime) -> None:
        """The applicant corrects after some days; a few never do."""
        if going.fate.corrected_after is None:
            return

        def correct(at: datetime) -> None:
            if going.over:
                return
            applicant = going.arrival.applicant
            answers, by = answers_of(going.item, applicant, going.nth), applicant.viewer
            files = handed_in(applicant, demanded(going.item, answers)[:1], at)
            cases.resubmit(going.number, seen=None, by=by, at=at, answers=answers, materials=files)
            going.corrected += 1
            self.waiting.returns(going)

        self.put(at + going.fate.corrected_after, correct)

    def told_what_follows(self, going: Going, at: datetime) -> None:
        """The applicant brings it before anybody could decide."""

        def bring(at: datetime) -> None:
            if going.over or going.decided:
                return
            applicant = going.arrival.applicant
            answers = answers_of(going.item, applicant, going.nth)
            follows = [one for one in going.item.materials_for(answers) if one.may_follow]
            files, by = handed_in(applicant, follows, at), applicant.viewer
            cases.supply_owed(going.number, seen=None, by=by, at=at, materials=files)

        self.put(at + BROUGHT_AFTER, bring)

    def handler_at(self, body: BodyCode) -> Viewer:
        """Who handles at a body."""
        return next(one.viewer for one in self._handlers if one.staff.body == body)

    def sent_up(self, going: Going, to: BodyCode, at: datetime) -> None:
        """It goes to the body that decides, and waits there once its arrival is sealed."""
        going.body, going.queue = to, catalogue.queue_of(going.item, to)
        going.sent_up, going.handler = True, None
        self._unsealed.append(going)
        self.seal(at)

    def delivered(self, going: Going, handler: Handler, at: datetime) -> None:
        """What was delivered is complete as soon as the worker hears of it; a certificate lives on."""
        self.put(at + WORKER_TAKES, lambda at: cases.complete(going.number, at=at))
        if going.fate.doubts:
            self.put(at + WORKER_TAKES, partial(self._talking.doubts, going))
        if going.granted and going.item.certificate is not None:
            aftermath = Aftermath(going, handler.viewer, self._leaders[going.body])
            for when, deed in aftermath.deeds(at, self.hours):
                self.put(when, deed)

    def _arrives(self, arrival: Arrival, at: datetime) -> None:
        submitted = apply(arrival)
        item = catalogue.item(arrival.item)
        office = item.office_in(arrival.region)
        assert office is not None
        if item.rule is not None and self._settled(arrival, submitted.number, at):
            return
        fate = fate_of(self._seed, arrival.nth)
        queue = catalogue.queue_of(item, office.body)
        going = Going(arrival, submitted.number, item, queue, office.body, fate)
        self._unsealed.append(going)
        if fate.asked_after is not None:
            self.put(at + fate.asked_after, partial(self._talking.asks, going))
        if fate.withdrawn_after is not None:
            self.put(at + fate.withdrawn_after, lambda at: self._withdraws(going, at))

    def _settled(self, arrival: Arrival, number: str, at: datetime) -> bool:
        """Whether the item's rule has granted it already; else it waits for officers like any other."""
        view = cases.look_at(number, arrival.applicant.viewer, at=at)
        if view.state.turn.waits:
            return False
        self.put(at + WORKER_TAKES, lambda at: cases.complete(number, at=at))
        return True

    def _withdraws(self, going: Going, at: datetime) -> None:
        if not (going.over or going.decided):
            cases.withdraw(going.number, seen=None, by=going.arrival.applicant.viewer, at=at)
            going.over = True
            self.waiting.leaves(going)

    def _hourly(self, at: datetime) -> None:
        """Seal and look around every office hour; periods of days end at midnight."""
        open_ = self.hours.opens(at) == at
        if open_ or at.astimezone(SHANGHAI).hour == 0:
            self.sweep(at)
            self.seal(at)
        if open_:
            for handler in self._handlers:
                self.put(at, handler.look)

    def seal(self, at: datetime) -> None:
        """Seal what waits, and hear of it."""
        self._sealing_at = at
        while ledger.seal(at):
            pass

    def _arrived(self, rows: Sequence[ledger.Sealed], /) -> None:
        """Arrivals are sealed in the order in which they came."""
        cases.place_arrivals(rows)
        for row in rows:
            going = self._unsealed.popleft()
            going.case = row.case_id
            self._by_case[row.case_id] = going
            if not going.over:
                self.waiting.joins(going, row.index)

    def _told(self, rows: Sequence[ledger.Sealed], /) -> None:
        """What the clock did by itself is heard of like anything else; people are told at the end."""
        self.telling.hear(rows, self._sealing_at)
        for row in rows:
            match row.told:
                case "cases.deemed-accepted":
                    self._by_case[row.case_id].accepted_by_law = True
                case "cases.terminated":
                    self._by_case[row.case_id].over = True
                case "cases.released":
                    self._by_case[row.case_id].handler = None
                    self.waiting.returns(self._by_case[row.case_id])

    def _handler(self, one: Staff) -> Handler:
        away = absences(one, self._seed, legal_day(self._begun), legal_day(self._end))
        for since, until in away:
            directory.record_absence(one.id, kind=directory.AbsenceKind.LEAVE, since=since, until=until)
        return Handler(one, away, self)
