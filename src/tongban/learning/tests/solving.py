"""Learners in tests, and each exercise solved rightly by the commands of the desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tongban.cases import api as cases
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Viewer
from tongban.learning import commands, queries
from tongban.learning.commands.office import offices
from tongban.learning.queries import AtWork, Verdict
from tongban.learning.rules.people import Office, learner_at

FAULTS: Final = [
    cases.CorrectionFault(
        place="主要设备设施、场所布局和操作流程图", basis="食品安全法", do="请标出洗消间。"
    ),
    cases.CorrectionFault(place="保证食品安全的规章制度", basis="食品安全法", do="请写明怎么自查。"),
    cases.CorrectionFault(
        place="食品安全管理人员的任命和培训考核记录", basis="食品安全法", do="请附培训考核记录。"
    ),
]
"""All three of the second exercise."""


@dataclass(slots=True)
class Learner:
    """A learner at an exercise, and what they do at the desk; everything follows at once, as on its pages."""

    office: Office

    @property
    def viewer(self) -> Viewer:
        return learner_at(self.office.body, self.office.region)

    @property
    def work(self) -> AtWork:
        assert self.viewer.officer is not None
        found = queries.at_work(self.viewer.officer.id)
        assert found is not None
        return found

    def begin(self, slug: str) -> "Learner":
        assert self.viewer.officer is not None
        commands.begin(slug, by=self.viewer.officer)
        return self

    def number(self, name: str = "main") -> str:
        return str(self.work.attempt.cases[name]["number"])

    def does(self, act: Callable[..., object], *, name: str = "main", **told: object) -> None:
        """An act at the desk, at the moment of the clock, and what follows from it."""
        act(self.number(name), seen=None, by=self.viewer, at=self.work.moment, **told)
        self.keeps_up()

    def keeps_up(self) -> None:
        assert self.viewer.officer is not None
        commands.keep_up(self.viewer.officer.id)

    def takes(self, name: str = "main") -> None:
        self.does(cases.take, name=name, reason=None, text="")

    def moves_to(self, day: date) -> None:
        """Day by day, by the button for the next."""
        assert self.viewer.officer is not None
        while legal_day(self.work.moment) < day:
            tomorrow = next(one for one in queries.ways_on(self.work) if one.code == "day")
            commands.move(self.viewer.officer.id, tomorrow.to)

    def waits(self, days: int) -> None:
        self.moves_to(legal_day(self.work.moment) + timedelta(days=days))

    def verdicts(self) -> list[Verdict]:
        return [one.verdict for one in queries.findings(self.work)[1]]


def learners() -> Iterator[Learner]:
    """One after the other."""
    return (Learner(office) for office in offices())


def ordinary(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.accept)
    learner.does(cases.grant, text="符合条件。")
    learner.does(cases.deliver, way="online")


def correction(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.return_for_correction, faults=FAULTS)
    learner.waits(2)
    learner.takes()
    learner.does(cases.accept)


def accepted(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.accept)


def special_procedure(learner: Learner) -> None:
    until = date(2026, 3, 30)
    learner.does(
        cases.start_special_procedure, procedure="hearing", told_until=until, text="3 月 30 日前听证。"
    )
    learner.moves_to(until)
    learner.does(cases.end_special_procedure)
    learner.does(cases.grant, text="听证后认为符合条件。")


def overtaking(learner: Learner) -> None:
    learner.does(cases.take, name="urgent", reason="emergency", text="昨晚火灾，一百多人等着开饭。")
    learner.does(cases.accept, name="urgent")
    learner.takes("first")
    learner.does(cases.accept, name="first")


def benefit(learner: Learner) -> None:
    learner.takes()
    learner.does(cases.accept)
    learner.does(cases.grant, text="符合条件。")


def refusal(learner: Learner) -> None:
    unmet = ["年满80周岁（样例条件，以当地公布的办法为准）。"]
    learner.does(cases.refuse, text="到 11 月 2 日才满，满了再来申请。", unmet=unmet)
    learner.does(cases.deliver, way="online")


def extension(learner: Learner) -> None:
    learner.does(cases.extend, text="核查排在下周二。")
    learner.waits(7)
    learner.does(cases.grant, text="核查合格。")


def reversal(learner: Learner) -> None:
    learner.does(cases.reverse, text="看混了两家的核查记录。")
    learner.does(cases.grant, text="符合条件。")
    learner.does(cases.deliver, way="online")


def question(learner: Learner) -> None:
    text = "今天早上是我取件后核对您的材料，没有下载，也没有转给别人。"
    cases.send_message(learner.number(), by=learner.viewer, at=learner.work.moment, text=text)
    learner.does(cases.accept)
    learner.moves_to(date(2026, 3, 26))
    learner.does(cases.grant, text="符合条件。")


SOLVED: Final[dict[str, Callable[[Learner], None]]] = {
    "ordinary": ordinary,
    "correction": correction,
    "already-held": benefit,
    "silence": accepted,
    "special-procedure": special_procedure,
    "overtaking": overtaking,
    "refusal": refusal,
    "extension": extension,
    "reversal": reversal,
    "question": question,
}
"""A right way through every exercise."""
