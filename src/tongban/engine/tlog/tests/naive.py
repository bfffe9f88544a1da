"""RFC 6962 §2.1 once more, word for word: recursive, over the entries D[start:end], to compare with."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256


class Naive:
    """The tree hash, the audit paths and the consistency proofs of a list of entries."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.entries = entries
        self.mth = cache(self._mth)

    def _mth(self, start: int, end: int) -> bytes:
        """§2.1: MTH(D[start:end])."""
        if start == end:
            return sha256().digest()
        if end - start == 1:
            return sha256(b"\x00" + self.entries[start]).digest()
        k = start + split(end - start)
        return sha256(b"\x01" + self.mth(start, k) + self.mth(k, end)).digest()

    def path(self, m: int, start: int, end: int) -> list[bytes]:
        """§2.1.1: PATH(m, D[start:end])."""
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return [*self.path(m, start, start + k), self.mth(start + k, end)]
        return [*self.path(m - k, start + k, end), self.mth(start, start + k)]

    def proof(self, m: int, end: int) -> list[bytes]:
        """§2.1.2: PROOF(m, D[0:end])."""
        return self.subproof(m, 0, end, True)

    def subproof(self, m: int, start: int, end: int, begins: bool) -> list[bytes]:
        if m == end - start:
            return [] if begins else [self.mth(start, end)]
        k = split(end - start)
        if m <= k:
            return [*self.subproof(m, start, start + k, begins), self.mth(start + k, end)]
        return [*self.subproof(m - k, start + k, end, False), self.mth(start, start + k)]


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k
