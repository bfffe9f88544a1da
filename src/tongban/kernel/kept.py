"""What costs something and everyone sees alike, kept by a process for some seconds."""

import threading
import time
from collections.abc import Callable
from typing import Generic, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Found(NamedTuple, Generic[T]):
    """What was made for which arguments, and until when it is kept."""

    asked: object
    made: T
    until: float


class Kept(Generic[P, T]):
    """What `make` gave last, for as many seconds; made anew by one caller while others go on with the old.

    Kept for the last arguments alone: a new day makes it anew at once.
    """

    def __init__(self, seconds: float, make: Callable[P, T]) -> None:
        self._seconds, self._make = seconds, make
        self._making = threading.Lock()
        self._found: _Found[T] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        found = self._found
        if found is None or found.asked != (args, kwargs):
            with self._making:
                return self._anew(*args, **kwargs)
        if time.monotonic() >= found.until and self._making.acquire(blocking=False):
            try:
                return self._anew(*args, **kwargs)
            finally:
                self._making.release()
        return found.made

    def _anew(self, *args: P.args, **kwargs: P.kwargs) -> T:
        made = self._make(*args, **kwargs)
        self._found = _Found((args, kwargs), made, time.monotonic() + self._seconds)
        return made

    def forget(self) -> None:
        """Make it anew at the next call."""
        self._found = None
