"""What people no longer type: the questions of all members apart, and those of the united form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongban.engine.forms import Form, Value, holds
from tongban.engine.joint.uniting import Asking, United


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are asked where each member asks for itself, and how many where they are asked together."""

    apart: int
    together: int

    @property
    def spared(self) -> int:
        """How many fewer."""
        return self.apart - self.together


def counted(united: United, askings: Sequence[Asking], answers: Mapping[str, Value]) -> Counts:
    """The questions that are asked after these answers to the united form, apart and together.

    Together, the first questions are counted too: they are answered as well.
    """
    part = [one for one in askings if one.takes_part is None or holds(one.takes_part, answers)]
    apart = sum(_asked(one.form, united.answers_of(one.member, answers)) for one in part)
    return Counts(apart, _asked(united.form, answers))


def _asked(form: Form, answers: Mapping[str, Value]) -> int:
    known: dict[str, Value] = {}
    number = 0
    for _, each, when in form.asked:
        if when is None or holds(when, known):
            number += 1
            if each.name in answers:
                known[each.name] = answers[each.name]
    return number
