"""Two ways for a check to end: the log is at fault, or it could not be looked at."""


class Fault(Exception):
    """The log, or a receipt, is not what it must be; `evidence` are texts to keep as proof."""

    def __init__(self, says: str, *evidence: str) -> None:
        super().__init__(says)
        self.evidence = evidence


class CannotCheck(Exception):
    """The network, an argument or the state file stands in the way."""
