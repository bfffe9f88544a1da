"""What is said in the demonstration: a question and its answer, a doubt about a look and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from tongban.cases import api as cases
from tongban.demo import texts
from tongban.demo.clockwork import Deed
from tongban.demo.going import Going
from tongban.demo.hours import Hours
from tongban.kernel.access import Viewer
from tongban.kernel.ids import BodyCode

ANSWERED_AFTER: Final = timedelta(hours=3)
DOUBT_ANSWERED_AFTER: Final = 4
"""Working days; the promise is ten."""


class Around(Protocol):
    """What is needed of the city to have something said in it."""

    hours: Hours

    def put(self, at: datetime, deed: Deed) -> None: ...


@dataclass(frozen=True, slots=True)
class Talking:
    """Applicants who ask and doubt, and the leaders who answer them."""

    around: Around
    leaders: Mapping[BodyCode, Viewer]

    def asks(self, going: Going, at: datetime) -> None:
        """The applicant asks something, unless all is over; the office answers within some hours."""
        if going.over or going.decided:
            return
        applicant, leader = going.arrival.applicant.viewer, self.leaders[going.body]
        question, answer = texts.TALK[going.nth % len(texts.TALK)]
        cases.send_message(going.number, by=applicant, at=at, text=question)

        def answered(at: datetime) -> None:
            cases.send_message(going.number, by=leader, at=at, text=answer)

        self.around.put(self.around.hours.opens(at + ANSWERED_AFTER), answered)

    def doubts(self, going: Going, at: datetime) -> None:
        """The applicant doubts the first look at the case; the leader answers within some days."""
        applicant, leader = going.arrival.applicant.viewer, self.leaders[going.body]
        looked = [one for one in cases.looks_of(applicant, limit=100) if one.number == going.number]
        if not looked:
            return
        done = cases.contest_look(going.number, looked[-1].id, by=applicant, at=at, text=texts.DOUBT)

        def answered(at: datetime) -> None:
            cases.answer_contest(going.number, done.version, by=leader, at=at, text=texts.DOUBT_ANSWERED)

        self.around.put(self.around.hours.later(at, DOUBT_ANSWERED_AFTER, going.fate.moment), answered)
