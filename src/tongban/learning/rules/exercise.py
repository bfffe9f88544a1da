"""An exercise as it is written: what happened before, what is asked, and what is right, by which law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from tongban.engine.calendar import SHANGHAI
from tongban.kernel.calendars import LOADER
from tongban.kernel.figures import Source
from tongban.kernel.ids import ItemCode


@dataclass(frozen=True, slots=True)
class Filed:
    """An application of the exercise, `called` so on pages. `answers`: what is unlike the item's own example.

    `files` and `corrected`: what stands in each file, by kind of material. The applicant corrects
    `corrects_after` working days after a notice.
    """

    name: str
    called: str
    applicant: str
    at: datetime
    files: Mapping[str, tuple[str, ...]]
    corrected: Mapping[str, tuple[str, ...]]
    corrects_after: int
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """Something done before the exercise begins, by the learner, or by the applicant what only they do."""

    case: str
    at: datetime
    does: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is right: that an act happened, in time and as it should, or that it never did.

    `within`: the deadline that must still run. `told`: what the act must have said, by the name in its event.
    `places`: what a notice must name. `words`: of which its text must hold one. `lost_with`: what makes it
    too late. `ours`: where no statute says so, the house's own rule.
    """

    case: str
    happened: str
    never: str
    within: str
    told: Mapping[str, Any]
    places: tuple[str, ...]
    words: tuple[str, ...]
    lost_with: frozenset[str]
    asks: str
    right: str
    wrong: str
    law: tuple[Source, ...]
    ours: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise. `item`: what is applied for; `begins`: where its clock stands to begin with."""

    slug: str
    nth: int
    title: str
    story: str
    asked: str
    item: ItemCode
    begins: datetime
    filed: tuple[Filed, ...]
    before: tuple[Before, ...]
    hints: tuple[str, ...]
    checks: tuple[Check, ...]


@cache
def exercises() -> tuple[Exercise, ...]:
    """All exercises, in their order; ValueError names a file that is not written rightly."""
    folder = files("tongban.learning") / "exercises"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(_read(name, (folder / name).read_text("utf-8")) for name in names)


def exercise(slug: str) -> Exercise | None:
    """The exercise of that name."""
    return next((one for one in exercises() if one.slug == slug), None)


def _read(name: str, text: str) -> Exercise:
    nth, _, slug = name.removesuffix(".yaml").partition("-")
    try:
        data = yaml.load(text, LOADER)
        found = Exercise(
            slug=slug,
            nth=int(nth),
            item=ItemCode(data.pop("item", LICENCE)),
            begins=_moment(data.pop("begins")),
            filed=tuple(_filed(**one) for one in data.pop("filed")),
            before=tuple(_before(**one) for one in data.pop("before", ())),
            hints=tuple(data.pop("hints")),
            checks=tuple(_check(**one) for one in data.pop("checks")),
            **data,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong
    named = {one.case for one in found.before} | {one.case for one in found.checks}
    strangers = named - {one.name for one in found.filed}
    if strangers:
        raise ValueError(f"{name}: no application is called {', '.join(sorted(strangers))}")
    return found


LICENCE: Final = "food-operation-licence"
"""What is applied for where a file names no item: the law of licences knows every act that is practised."""

MAIN: Final = "main"
"""What the application is called where there is but one."""


def _filed(  # noqa: PLR0913 - the keys of the file
    *,
    at: str,
    called: str,
    applicant: str,
    files: Mapping[str, list[str]],
    name: str = MAIN,
    corrected: Mapping[str, list[str]] | None = None,
    corrects_after: int = 2,
    answers: Mapping[str, Any] | None = None,
) -> Filed:
    lines, mended = _lines(files), _lines(corrected or {})
    return Filed(name, called, applicant, _moment(at), lines, mended, corrects_after, answers or {})


def _before(*, at: str, does: str, case: str = MAIN, **told: Any) -> Before:
    return Before(case, _moment(at), does, told)


def _check(  # noqa: PLR0913 - the keys of the file
    *,
    asks: str,
    right: str,
    wrong: str,
    case: str = MAIN,
    happened: str = "",
    never: str = "",
    within: str = "",
    told: Mapping[str, Any] | None = None,
    places: list[str] | None = None,
    words: list[str] | None = None,
    lost_with: list[str] | None = None,
    law: list[dict[str, Any]] | None = None,
    ours: str = "",
) -> Check:
    if bool(happened) == bool(never):
        raise ValueError(f"a check says what happened, or what never does: {asks}")
    if not (law or ours):
        raise ValueError(f"a check says by which rule: {asks}")
    sources = tuple(Source(**one) for one in law or ())
    said = tuple(places or ()), tuple(words or ()), frozenset(lost_with or ())
    return Check(case, happened, never, within, told or {}, *said, asks, right, wrong, sources, ours)


def _lines(files: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(lines) for kind, lines in files.items()}


def _moment(text: str) -> datetime:
    """A moment of the place, written 2026-03-16 09:30."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
