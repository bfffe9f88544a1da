"""Where every case truly stands, told from its events alone; figures and lists are held against it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tongban.cases import commands
from tongban.cases.queries import Narrowing, Outcome, Overview, Sorting, Where, narrowed, overview_of
from tongban.cases.rules.clocks import Light
from tongban.cases.rules.life import Stage
from tongban.cases.rules.overview import Figures
from tongban.cases.tests.world import MONDAY, World, a_resident
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode
from tongban.kernel.sql import run

TRUTH = Path(__file__).with_name("true_figures.sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Told:
    """A case as its events tell it."""

    case: int
    item: str
    stage: str
    place: str
    officer: str | None
    since: date
    open: bool
    arrived: date
    accepted: date | None
    decided: date | None
    ended: date | None
    granted: bool
    refused: bool
    light: str | None
    soon: bool | None
    overtook: list[str]
    said: str | None


def truth(body: BodyCode, overview: Overview) -> list[Told]:
    """Every case of a body, from the events alone."""
    return [Told(*row) for row in run(TRUTH, (body, overview.today, overview.soon_by))]


def counted(cases: list[Told]) -> Figures:
    """The figures as the events tell them."""
    otherwise = {"not-accepted", "revoked", "withdrawn", "terminated"}
    return Figures(
        received=len(cases),
        open=sum(one.open for one in cases),
        waiting=sum(one.place == "queue" and one.open for one in cases),
        with_applicant=sum(one.stage == "awaiting-correction" for one in cases),
        stopped=sum(one.stage == "special-procedure" for one in cases),
        green=sum(one.light == "green" for one in cases),
        yellow=sum(one.light == "yellow" for one in cases),
        soon=sum(bool(one.soon) for one in cases),
        red=sum(one.light == "red" for one in cases),
        granted=sum(one.granted for one in cases),
        refused=sum(one.refused for one in cases),
        ended_otherwise=sum(one.stage in otherwise for one in cases),
    )


def listed(viewer: Viewer, narrowing: Narrowing, at: datetime) -> set[int]:
    """The cases of a whole list, page after page; its count is theirs."""
    found: list[int] = []
    for sorting in narrowing.sortings:
        found, behind = [], None
        while page := narrowed(viewer, narrowing, at=at, sorting=sorting, behind=behind, limit=3):
            assert page.count >= len(page.rows)
            if not page.rows:
                break
            found += [one.row.id for one in page.rows]
            behind = (page.rows[-1].key, page.rows[-1].row.id)
        assert len(found) == len(set(found)) == page.count
    return set(found)


def numbers_and_lists(overview: Overview, cases: list[Told]) -> list[tuple[int, Narrowing, set[int]]]:
    """Every number, the list that it opens, and the cases that truly are in it."""
    whole, soon = overview.all, overview.soon_by

    def those(wanted: Any) -> set[int]:
        return {one.case for one in cases if wanted(one)}

    ended = {Stage.NOT_ACCEPTED, Stage.REVOKED, Stage.WITHDRAWN, Stage.TERMINATED}
    found = [
        (whole.received, Narrowing(), those(lambda one: True)),
        (whole.open, Narrowing(open=True), those(lambda one: one.open)),
        (whole.waiting, Narrowing(where=Where.QUEUE), those(lambda one: one.open and one.place == "queue")),
        (whole.soon, Narrowing(due_by=soon), those(lambda one: one.soon)),
        (whole.granted, Narrowing(outcome=Outcome.GRANTED), those(lambda one: one.granted)),
        (whole.refused, Narrowing(outcome=Outcome.REFUSED), those(lambda one: one.refused)),
        (whole.ended_otherwise, Narrowing(outcome=Outcome.OTHERWISE), those(lambda one: one.stage in ended)),
        (
            whole.with_applicant,
            Narrowing(stage=Stage.AWAITING_CORRECTION),
            those(lambda one: one.stage == "awaiting-correction"),
        ),
        (
            whole.stopped,
            Narrowing(stage=Stage.SPECIAL_PROCEDURE),
            those(lambda one: one.stage == "special-procedure"),
        ),
        *(
            (
                getattr(whole, light),
                Narrowing(light=light),
                those(lambda one, light=light: one.light == light),
            )
            for light in Light
        ),
        *(
            (figures.open, Narrowing(officer=who), those(lambda one, who=who: one.officer == str(who)))
            for who, figures in overview.officers
        ),
        *(
            (
                one.figures.open,
                Narrowing(item=one.item, open=True),
                those(lambda case, one=one: case.open and case.item == one.item),
            )
            for one in overview.items
        ),
        *(
            (
                step.count,
                Narrowing(stage=step.stage, where=step.where),
                those(
                    lambda one, step=step: (one.open, one.stage, one.place) == (True, step.stage, step.where)
                ),
            )
            for step in overview.steps
        ),
        *(
            (count, Narrowing(said=said), those(lambda one, said=said: one.said == said))
            for said, count in overview.said.items()
        ),
        *(
            (
                count,
                Narrowing(overtook=reason, since=overview.lately),
                those(lambda one, reason=reason: reason in one.overtook),
            )
            for reason, count in overview.overtook
        ),
    ]
    for day in overview.flow:
        on = day.day
        found += [
            (day.arrived, Narrowing(arrived=on), those(lambda one, on=on: one.arrived == on)),
            (day.accepted, Narrowing(accepted=on), those(lambda one, on=on: one.accepted == on)),
            (day.decided, Narrowing(decided=on), those(lambda one, on=on: one.decided == on)),
            (day.ended, Narrowing(ended=on), those(lambda one, on=on: one.ended == on)),
            (
                day.left,
                Narrowing(left=on),
                those(lambda one, on=on: one.arrived <= on and (one.open or one.ended > on)),
            ),
        ]
    return found


def assert_true(world: World, at: datetime) -> Overview:
    """Every number is what the events tell, and opens its cases."""
    overview = overview_of(world.leader, at=at)
    cases = truth(world.body, overview)
    assert overview.all == counted(cases)
    assert overview.said == Counter(one.said for one in cases if one.said)
    for number, narrowing, meant in numbers_and_lists(overview, cases):
        assert listed(world.leader, narrowing, at) == meant, narrowing
        assert number == len(meant), narrowing
    for sorting, first in ((Sorting.PRESSING, overview.pressing), (Sorting.OLDEST, overview.oldest)):
        page = narrowed(world.leader, Narrowing(open=True), at=at, sorting=sorting, limit=5)
        assert [one.row for one in page.rows] == first
    stood: dict[tuple[str, str], list[date]] = {}
    for one in cases:
        if one.open:
            stood.setdefault((one.stage, one.place), []).append(one.since)
    assert {(step.stage, step.where): step.longest for step in overview.steps} == {
        step: longest(step[0], min(days), overview.today) for step, days in stood.items()
    }
    return overview


def longest(stage: str, since: date, today: date) -> int:
    """How long it has stood, in working days where the office has it."""
    if stage in ("awaiting-correction", "special-procedure"):
        return (today - since).days
    return calendar_in_force().workdays_between(since, today)


def lived_a_week(world: World) -> None:
    """A case for each: waiting, returned, stopped, every outcome, overtaking, undone, revoked."""
    resident, handler, colleague = a_resident(), world.handler, world.colleague

    def done(act: str, number: str, *, day: int, **said: Any) -> Any:
        return getattr(commands, act)(number, seen=None, by=handler, at=MONDAY + timedelta(days=day), **said)

    for _ in range(10):
        world.submit(resident, at=MONDAY)
    granted, refused, stopped, corrected, denied, undone, gone, revoked = [
        world.take_next() for _ in range(8)
    ]
    for number in (granted, refused, stopped, undone, revoked):
        done("accept", number, day=0)
    done("grant", granted, day=1, text="准予。")
    done("deliver", granted, day=2, way="window")
    commands.complete(granted, at=MONDAY + timedelta(days=2))
    done("grant", revoked, day=1, text="准予。")
    done("deliver", revoked, day=1, way="window")
    commands.complete(revoked, at=MONDAY + timedelta(days=1))
    asked = done("revoke", revoked, day=3, ground="fraud", text="材料是伪造的。")
    commands.approve(asked, by=world.leader, at=MONDAY + timedelta(days=3))
    done("refuse", refused, day=1, text="不符合条件。")
    done(
        "start_special_procedure",
        stopped,
        day=1,
        procedure="hearing",
        told_until=date(2026, 3, 30),
        text="听证",
    )
    done(
        "return_for_correction",
        corrected,
        day=1,
        faults=[commands.CorrectionFault(place="场所", basis="", do="写明。")],
    )
    done("refuse_acceptance", denied, day=1, ground="not-ours", text="请到区局。")
    done("refuse", undone, day=1, text="看错了材料。")
    commands.approve(
        done("reverse", undone, day=2, text="看错了材料。"), by=world.leader, at=MONDAY + timedelta(days=2)
    )
    commands.withdraw(gone, seen=None, by=resident, at=MONDAY + timedelta(days=2))
    _, second = (
        one.row.number
        for one in narrowed(
            world.leader, Narrowing(where=Where.QUEUE), at=MONDAY, sorting=Sorting.OLDEST, limit=9
        ).rows
    )
    asked = commands.take(
        second, seen=None, by=colleague, at=MONDAY + timedelta(days=2), reason="emergency", text="救灾。"
    )
    assert asked
    commands.approve(asked, by=world.leader, at=MONDAY + timedelta(days=2))
