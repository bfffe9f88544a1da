"""What is asked of a register, what it may answer, and how a sample register answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from tongban.engine.forms import Value, form_of, validate
from tongban.kernel.ids import BodyCode, CaseId, PersonKey


class RegisterAway(Exception):
    """The register does not answer now; it may later."""


class NothingKnown(Exception):
    """The register answers that it knows nothing of this person, or may say nothing of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom: the register's slug, one of its questions, and the person it is about."""

    register: str
    asks: str
    about: PersonKey


@dataclass(frozen=True, slots=True)
class Errand:
    """Why something is asked: for which case, by which rule of which body, to what purpose, in which words.

    `case` is None for what no case needs: who somebody is. `register` and `question` are the names that
    people are shown.
    """

    case: CaseId | None
    rule: str
    body: BodyCode
    purpose: str
    register: str
    question: str


Answer = Mapping[str, Value]
"""By the fields that the register declares for the question."""


class Register(Protocol):
    """A register that can be asked. It answers within seconds, or it is away."""

    def ask(self, question: Question, /) -> Answer:
        """The answer; RegisterAway, NothingKnown."""
        ...


ELSE: Final = "everyone_else"
ROWS: Final = "rows"


@dataclass(frozen=True, slots=True)
class Sample:
    """What a pack wrote down of a register: by question, rows by people’s keyed hashes."""

    questions: Mapping[str, Any]

    def ask(self, question: Question, /) -> Answer:
        """The row of this person, else what everyone else is answered; NothingKnown where that is nothing."""
        found = self.questions.get(question.asks)
        if found is None:
            raise NothingKnown(question.asks)
        given = found[ROWS].get(question.about.hex(), found[ELSE])
        if given is None:
            raise NothingKnown(question.asks)
        return validate(form_of(found["answer"]), given).cleaned
