"""What is wrong with an expression, by column; and that one could not be worked out."""

from typing import NamedTuple


class ExpressionFault(NamedTuple):
    """One thing wrong: `column` counts letters from 1; `says` is plain Chinese: what is wrong, what to do."""

    column: int
    code: str
    says: str


class ExpressionError(ValueError):
    """The text is no expression that may stand here; every fault is named."""

    def __init__(self, faults: tuple[ExpressionFault, ...]) -> None:
        super().__init__("; ".join(f"{fault.column}: {fault.code}" for fault in faults))
        self.faults = faults


class ExpressionFailed(Exception):
    """The expression could not be worked out over this data; says which name or step, never what it held."""
