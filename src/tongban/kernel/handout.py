"""A handout: a leaflet, a blank form, a sample. Anyone may have it; it is no paper, for no act gave it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to fill in by hand: boxes to tick where there are `choices`, else so many empty lines."""

    label: str
    note: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a handout under its own heading; what it lacks is not printed."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    blanks: tuple[Blank, ...] = ()
    numbered: bool = False
    """Whether the points follow one another."""


@dataclass(frozen=True, slots=True)
class Handout:
    """The content of one handout, in plain Chinese, without any layout.

    `address` is where it stands on the web, printed with a QR code; `watermark` lies across every page.
    """

    title: str
    lead: str
    parts: tuple[Part, ...]
    foot: str
    address: str
    on: date
    watermark: str = ""
