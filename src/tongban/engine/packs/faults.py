"""A fault in a pack: where it is, and what to do about it."""

from typing import NamedTuple


class PackFault(NamedTuple):
    """One thing wrong in one file. `says` tells in plain Chinese what is wrong and what to do."""

    file: str
    line: int
    code: str
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}: {self.says}"
