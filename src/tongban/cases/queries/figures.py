"""How it stands with everything a leader or supervisor answers for, and the cases behind each number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from tongban.cases.queries.lists import HERE, CaseRow, case_row
from tongban.cases.rules.life import Stage
from tongban.cases.rules.narrowing import OPEN, Among, Narrowing, Sorting, Where, beginning_of, soon_by
from tongban.cases.rules.overview import LATELY, WEEK, Day, Figures, Step, flow_of, steps_of
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Deed, Thing, Viewer, allow, reach
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.ids import BodyCode, ItemCode, OfficerId
from tongban.kernel.sql import load, run

FEW = 5
"""As many cases stand on the page itself."""

Scope = tuple[BodyCode | None, str | None]
"""The body whose cases are told of, or the prefix of the regions."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The figures of one item, by the name it was last applied for under."""

    item: ItemCode
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Overview:
    """How it stands: in all, by item, body and officer, the most open first; by step; the week's days; the
    first few as they press and as they came; how many late ones are explained how, or not."""

    all: Figures
    items: list[ItemFigures]
    bodies: list[tuple[BodyCode, Figures]]
    officers: list[tuple[OfficerId, Figures]]
    steps: list[Step]
    flow: list[Day]
    pressing: list[CaseRow]
    oldest: list[CaseRow]
    said: dict[str, int]
    overtook: list[tuple[str, int]]
    today: date
    soon_by: date
    lately: date

    @property
    def overtaken(self) -> int:
        """How many cases were taken ahead of earlier ones lately; one for two reasons counts for both."""
        return sum(count for _, count in self.overtook)


@dataclass(frozen=True, slots=True)
class NarrowedRow:
    """A case in an officer's list: whose it is to act, since when it stands as it does; `key` orders it."""

    row: CaseRow
    body: BodyCode
    taken_by: OfficerId | None
    stands_since: datetime
    decided_at: datetime | None
    key: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How many cases there are, and one page of them."""

    count: int
    rows: list[NarrowedRow]


def overview_of(viewer: Viewer, *, at: datetime, body: BodyCode | None = None) -> Overview:
    """How it stands with all that this leader or supervisor answers for, or with one body of it.

    Five statements; refused to whoever answers for nothing.
    """
    today = legal_day(at)
    soon, lately = soon_by(today, calendar_in_force()), today - LATELY
    whose = (*_scope(viewer), body)
    lying = run(load(HERE, "load"), (*whose, OPEN, today, soon, FEW))
    groups, (pressing, oldest) = _groups(lying), lying[0][-2:]
    named = {row[0]: case_row(row, today) for row in run(load(HERE, "named"), ([*pressing, *oldest],))}
    came = run(load(HERE, "figures"), whose)
    [open_now] = [figures for _, figures in groups["all"]]
    items = _of_items(came, groups["item"])
    flowed = run(load(HERE, "flow"), (*whose, beginning_of(today - WEEK)))
    return Overview(
        all=sum((one.figures for one in items), Figures()),
        items=items,
        bodies=_of_bodies(came, groups["body"]),
        officers=_most_open((OfficerId(key[2]), figures) for key, figures in groups["officer"] if key[2]),
        steps=steps_of(_since(groups["step"]), today, calendar_in_force()),
        flow=flow_of({day: (a, b, c, d) for day, a, b, c, d in flowed}, today, open_now.open),
        pressing=[named[case] for case in pressing],
        oldest=[named[case] for case in oldest],
        said={key[6]: figures.open for key, figures in groups["said"] if key[6]},
        overtook=[
            (reason, count) for reason, count in run(load(HERE, "overtook"), (*whose, beginning_of(lately)))
        ],
        today=today,
        soon_by=soon,
        lately=lately,
    )


def narrowed(  # noqa: PLR0913 - a page of a list is asked for by what, how sorted, behind what, how many
    viewer: Viewer,
    narrowing: Narrowing,
    *,
    at: datetime,
    sorting: Sorting,
    behind: tuple[int, int] | None = None,
    limit: int,
) -> Narrowed:
    """The cases of which this officer may read the story, narrowed, and how many there are. One statement.

    A number on the page of figures is the count of such a list. `behind`: key and id of the last row of the
    page before. Refused to who may read none but their own.
    """
    scope = _scope(viewer, Deed.READ_STORY)
    key, case = behind or (None, None)
    if narrowing.among is Among.ALL:
        newest = sorting is not Sorting.OLDEST
        of_all = (narrowing.body, narrowing.item, narrowing.stages, narrowing.granted, newest, key, limit)
        rows = run(load(HERE, "narrowed_of_all"), (*scope, *of_all))
    else:
        record = orjson.dumps(narrowing.as_record(legal_day(at))).decode()
        which = (record, narrowing.among, OPEN, sorting, key, case, limit)
        rows = run(load(HERE, "narrowed"), (*scope, *which))
    return Narrowed(rows[0][0], [_row(row, legal_day(at)) for row in rows if row[2] is not None])


def _scope(viewer: Viewer, deed: Deed = Deed.SEE_FIGURES) -> Scope:
    """The body and the region that this deed reaches; whom it reaches nowhere is refused."""
    seen = reach(viewer, deed)
    if seen.body is None and seen.region is None:
        allow(viewer, deed, Thing())
    return seen.body, seen.region


Group = tuple[tuple[Any, ...], Figures]


def _groups(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Group]]:
    """The groups of `sql/load.sql` by what they are of: their key, and their counts."""
    found: dict[str, list[Group]] = defaultdict(list)
    for of, *key, open_, waiting, with_applicant, stopped, green, yellow, soon, red, _, _ in rows:
        counted = Figures(
            open=open_,
            waiting=waiting,
            with_applicant=with_applicant,
            stopped=stopped,
            green=green,
            yellow=yellow,
            soon=soon,
            red=red,
        )
        found[of].append((tuple(key), counted))
    return found


def _of_items(came: Sequence[tuple[Any, ...]], open_: list[Group]) -> list[ItemFigures]:
    now = {key[0]: figures for key, figures in open_}
    totals: dict[ItemCode, Figures] = defaultdict(Figures)
    names: dict[ItemCode, str] = {}
    for item, _, name, *counts in came:
        totals[item] += _came(counts)
        names[item] = name
    found = [
        ItemFigures(item, names[item], total + now.get(item, Figures())) for item, total in totals.items()
    ]
    return sorted(found, key=lambda one: (-one.figures.open, one.item))


def _of_bodies(came: Sequence[tuple[Any, ...]], open_: list[Group]) -> list[tuple[BodyCode, Figures]]:
    now = {key[1]: figures for key, figures in open_}
    totals: dict[BodyCode, Figures] = defaultdict(Figures)
    for _, body, _, *counts in came:
        totals[body] += _came(counts)
    return _most_open((body, total + now.get(body, Figures())) for body, total in totals.items())


def _came(counts: Sequence[int]) -> Figures:
    received, granted, refused, otherwise = counts
    return Figures(received=received, granted=granted, refused=refused, ended_otherwise=otherwise)


def _most_open(found: Iterable[tuple[Any, Figures]]) -> list[tuple[Any, Figures]]:
    return sorted(found, key=lambda one: (-one[1].open, str(one[0])))


def _since(steps: list[Group]) -> dict[tuple[Stage, Where], dict[date, int]]:
    found: dict[tuple[Stage, Where], dict[date, int]] = defaultdict(dict)
    for (_, _, _, stage, where, since, _), figures in steps:
        found[Stage(stage), Where(where)][since] = figures.open
    return found


def _row(row: tuple[Any, ...], today: date) -> NarrowedRow:
    _, key, *of_case, body, taken_by, since, decided = row
    return NarrowedRow(case_row(tuple(of_case), today), body, taken_by, since, decided, key)
