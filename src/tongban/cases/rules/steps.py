"""A form as pages of a few questions each, and how far a draft has come with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any, Final

from tongban.engine.forms import Fault, Field, Form, Step, Value, fields_of, holds, validate

MOST_QUESTIONS: Final = 5
"""On one page: what fits on a phone without losing the thread."""

OTHER_PAGES: Final = frozenset({"who", "check", "discard", "materials"})
"""Addresses of a draft that are no pages of its form."""

SECONDS_A_QUESTION: Final = 25
SECONDS_A_MATERIAL: Final = 60
"""Our own estimates, rounded up to minutes and told as such; nobody has measured real applicants yet."""


class Progress(StrEnum):
    """How far a page of a draft is."""

    TO_DO = "to-do"
    TO_MEND = "to-mend"
    DONE = "done"
    OPTIONAL = "optional"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions of a step of the form, at `/drafts/<id>/<code>`; the `part`-th of its step's `parts`."""

    code: str
    title: str
    fields: tuple[Field, ...]
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers as typed, judged by their form: what is clean, what is wrong where, what is asked at all."""

    cleaned: Mapping[str, Value]
    faults: Mapping[str, Fault]
    asked: frozenset[str]

    def asked_on(self, page: Page) -> list[Field]:
        """The questions of a page that are asked after what was answered so far."""
        return [each for each in page.fields if each.name in self.asked]

    def faults_on(self, page: Page) -> list[Fault]:
        """What is wrong on a page, in the order of its questions."""
        return [self.faults[each.name] for each in page.fields if each.name in self.faults]


def reading_of(form: Form, answers: Mapping[str, Any]) -> Reading:
    """Judge answers as they were typed."""
    found = validate(form, answers)
    asked = frozenset(each.name for _, each, when in form.asked if when is None or holds(when, found.cleaned))
    return Reading(found.cleaned, {fault.field: fault for fault in found.faults}, asked)


def pages_of(form: Form) -> tuple[Page, ...]:
    """The form as pages in order: at most MOST_QUESTIONS each, and evenly filled.

    A question that is asked only after the answer to another stands on a later page than that one, so that
    a page never changes while it is filled in, and is the same with scripts and without.
    """
    return tuple(page for step in form.steps for page in _pages(step))


def _pages(step: Step) -> Iterator[Page]:
    parts = [part for run in _runs(step) for part in _evenly(run)]
    for at, fields in enumerate(parts, 1):
        alone = len(parts) == 1 and step.code not in OTHER_PAGES
        yield Page(step.code if alone else f"{step.code}-{at}", step.title, tuple(fields), at, len(parts))


def _runs(step: Step) -> list[list[Field]]:
    """The questions of a step, cut before each that hangs on an answer of the same run."""
    runs: list[list[Field]] = [[]]
    for each in step.fields:
        if each.when is not None and fields_of(each.when) & {one.name for one in runs[-1]}:
            runs.append([])
        runs[-1].append(each)
    return runs


def _evenly(run: list[Field]) -> list[list[Field]]:
    size = ceil(len(run) / ceil(len(run) / MOST_QUESTIONS))
    return [run[at : at + size] for at in range(0, len(run), size)]


def progress_of(page: Page, reading: Reading, answers: Mapping[str, Any], saved: frozenset[str]) -> Progress:
    """How far a page is. What was filled in for somebody counts as done: they see it once more at the end."""
    asked = reading.asked_on(page)
    if not asked:
        return Progress.NOT_ASKED
    seen = page.code in saved
    if reading.faults_on(page):
        return Progress.TO_MEND if seen else Progress.TO_DO
    return Progress.DONE if seen or any(each.name in answers for each in asked) else Progress.OPTIONAL


def minutes_for(questions: int, materials: int) -> int:
    """About how long filling in takes, in minutes; an estimate, and told as one."""
    return max(1, ceil((questions * SECONDS_A_QUESTION + materials * SECONDS_A_MATERIAL) / 60))


def next_code(after: str, order: Sequence[str], to_do: Sequence[str]) -> str | None:
    """The next of what is to be done: behind `after` in the order, else the first; None if none is left."""
    behind = order[order.index(after) + 1 :] if after in order else order
    return next((code for code in (*behind, *order) if code in to_do and code != after), None)
