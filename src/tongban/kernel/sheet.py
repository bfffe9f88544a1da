"""What a paper says, as a value: written by the context whose act it tells, laid out and signed by papers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tongban.kernel.ids import BodyCode

Layout = Literal["notice", "receipt"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body whose seal the paper bears."""

    body: BodyCode
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of one paper, in plain Chinese, without any layout.

    `kind` is its code (`acceptance`, `decision`, …), `number` its 文书号. `facts` are label and value, and
    stand in a table; `points` are numbered. `law` and `remedies` are whole sentences. `sample` prints that
    the paper is a demonstration.
    """

    kind: str
    layout: Layout
    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    law: tuple[str, ...]
    remedies: tuple[str, ...]
    issuer: Issuer
    on: date
    sample: bool
