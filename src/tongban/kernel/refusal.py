"""A refusal is an answer: what is wrong, what to do, and a stable code to search for."""

from typing import Any


class Refusal(Exception):
    """Rules raise it, one middleware shows it as a page or as problem+json, nobody catches it in between.

    `status` is the HTTP status of the answer; `faults` names every fault at once where there are several.
    """

    def __init__(
        self, code: str, says: str, do: str, *, status: int = 409, faults: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(f"{code}: {says}")
        self.code, self.says, self.do, self.status = code, says, do, status
        self.faults = faults or []
