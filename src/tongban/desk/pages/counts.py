"""Numbers as a leader reads them: each with its words, its light, and the address of the cases it counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from tongban.cases import api as cases
from tongban.desk.pages.narrowed import SAID, address_of, reason_in_words, where_in_words
from tongban.directory import api as directory
from tongban.kernel.access import Role
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode, OfficerId
from tongban.kernel.lights import COLOURS

COUNTED: Final = {
    "open": ("在办", ""),
    "waiting": ("排队等着", ""),
    "with_applicant": ("等申请人补正", ""),
    "stopped": ("暂停计时", ""),
    "green": ("时限正常", ""),
    "yellow": ("快到期", "yellow"),
    "soon": ("三日内到期", ""),
    "red": ("已超期", "red"),
    "received": ("收到", ""),
    "granted": ("准予", ""),
    "refused": ("不予批准", ""),
    "ended_otherwise": ("其他结束", ""),
}
"""What each figure is called, and its light."""

OF_OFFICERS: Final = ("open", "green", "yellow", "soon", "red", "stopped")
"""What is told of each officer: of what is in their hands."""

OF_DAYS: Final = {
    "arrived": "收到",
    "accepted": "受理",
    "decided": "作出决定",
    "ended": "结束",
    "left": "收工时没办完",
}
LATE: Final = {"ordered": "yellow", "unexplained": "red"}
AWAY: Final = {
    directory.AbsenceKind.LEAVE: "休假",
    directory.AbsenceKind.MISSION: "公出",
    directory.AbsenceKind.TRAINING: "培训",
    directory.AbsenceKind.SUSPENDED: "停职",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, what it counts, and the address of its cases; nought has none."""

    words: str
    number: int
    address: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers: its name, a word beside it, where the name leads."""

    name: str
    cells: list[Cell]
    beside: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step: how many cases stand there, how long, and their share of all that is open in hundredths."""

    name: str
    where: str
    cells: list[Cell]
    step: cases.Step
    share: int

    @property
    def unit(self) -> str:
        """How its days are counted, in words."""
        return "工作日" if self.step.workdays else "天"


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the week's flow; `workday`: whether it is worked. The shares are of the fullest day."""

    day: date
    workday: bool
    cells: list[Cell]
    arrived: int
    ended: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the bar of lights: its colour, where it begins, how wide it is, in hundredths."""

    colour: str
    start: float
    width: float


class Counts:
    """The figures of an overview, narrowed like the page they stand on."""

    def __init__(self, told: cases.Overview, whose: cases.Narrowing) -> None:
        self.told, self.whose = told, whose
        self._behind: Mapping[str, dict[str, Any]] = {
            "open": {"open": True},
            "waiting": {"where": cases.Where.QUEUE},
            "with_applicant": {"stage": cases.Stage.AWAITING_CORRECTION},
            "stopped": {"stage": cases.Stage.SPECIAL_PROCEDURE},
            **{light.value: {"light": light} for light in cases.Light},
            "soon": {"due_by": told.soon_by},
            "received": {},
            "granted": {"outcome": cases.Outcome.GRANTED},
            "refused": {"outcome": cases.Outcome.REFUSED},
            "ended_otherwise": {"outcome": cases.Outcome.OTHERWISE},
        }

    def cells(self, figures: cases.Figures, names: Sequence[str] = tuple(COUNTED), **more: Any) -> list[Cell]:
        """The named figures, each with the address of its cases."""
        return [self._cell(name, getattr(figures, name), more) for name in names]

    def _cell(self, name: str, number: int, more: dict[str, Any]) -> Cell:
        words, light = COUNTED[name]
        colour = COLOURS[light][0] if number and light else ""
        return Cell(words, number, self._address(number, **self._behind[name], **more), colour)

    def _address(self, number: int, **narrowed: Any) -> str:
        """The address of so many cases; of none there is no list."""
        return "?" + address_of(replace(self.whose, **narrowed)) if number else ""

    def lights(self) -> list[Share]:
        """The open cases by their lights, the pressing first; what has no deadline now is the rest."""
        whole, start, found = self.told.all.open, 0.0, []
        for light in ("red", "yellow", "green"):
            width = 100 * getattr(self.told.all, light) / whole if whole else 0.0
            found.append(Share(light, round(start, 2), round(width, 2)))
            start += width
        return found

    def steps(self) -> list[StepRow]:
        """Where open cases stand and how long, in the order of a case's life."""
        whole = max((one.count for one in self.told.steps), default=0)
        return [
            StepRow(
                name=cases.STAGE_NAMES[one.stage],
                where="" if one.where is cases.Where.NEITHER else where_in_words(one.where),
                cells=[
                    Cell(
                        "件数",
                        one.count,
                        self._address(one.count, open=True, stage=one.stage, where=one.where),
                    )
                ],
                step=one,
                share=round(100 * one.count / whole),
            )
            for one in self.told.steps
        ]

    def officers(self, body: BodyCode) -> list[Row]:
        """Everyone who has a case or may take one at this body, the most open first, the absent marked."""
        at_the_body = {one.id: one for one in directory.officers_at(body, self.told.today)}
        held = dict(self.told.officers)
        idle = [one for one in at_the_body if one not in held and self._may_handle(one)]
        return [self._officer(who, at_the_body.get(who), held.get(who)) for who in (*held, *idle)]

    def _may_handle(self, who: OfficerId) -> bool:
        officer = directory.officer(who, self.told.today)
        return officer is not None and Role.HANDLER in officer.roles

    def _officer(
        self, who: OfficerId, row: directory.OfficerRow | None, figures: cases.Figures | None
    ) -> Row:
        name = row.name if row else directory.name_of(who) or "不详"
        beside = "已不在本单位" if row is None else AWAY[row.away] if row.away else ""
        return Row(name, self.cells(figures or cases.Figures(), OF_OFFICERS, officer=who), beside)

    def bodies(self, names: Mapping[str, str]) -> list[Row]:
        """Every body, the most open first; its name leads to its own figures."""
        return [
            Row(names.get(body, body), self.cells(figures, body=body), address=f"?body={body}")
            for body, figures in self.told.bodies
        ]

    def items(self) -> list[Row]:
        """Every item, the most open first."""
        return [Row(one.name, self.cells(one.figures, item=one.item)) for one in self.told.items]

    def days(self) -> list[DayRow]:
        """The week, the latest day first."""
        fullest = max((max(one.arrived, one.ended) for one in self.told.flow), default=0) or 1
        return [
            DayRow(
                day=one.day,
                workday=calendar_in_force().is_workday(one.day),
                cells=[self._of_day(one, name) for name in OF_DAYS],
                arrived=round(100 * one.arrived / fullest),
                ended=round(100 * one.ended / fullest),
            )
            for one in self.told.flow
        ]

    def _of_day(self, day: cases.Day, name: str) -> Cell:
        number = getattr(day, name)
        return Cell(OF_DAYS[name], number, self._address(number, **{name: day.day}))

    def said(self) -> list[Cell]:
        """What was said of the cases that are late: orders first, then those unexplained, then the causes."""
        return [
            Cell(
                words,
                self.told.said[said],
                self._address(self.told.said[said], said=said),
                LATE.get(said, ""),
            )
            for said, words in SAID.items()
            if said in self.told.said
        ]

    def overtook(self) -> list[Cell]:
        """Why cases were taken ahead of earlier ones lately, the most frequent reason first."""
        return [
            Cell(
                reason_in_words(reason), count, self._address(count, overtook=reason, since=self.told.lately)
            )
            for reason, count in self.told.overtook
        ]
