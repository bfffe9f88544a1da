"""How an event is written down: canonical JSON, the exact bytes that its leaf salts and hashes."""

from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

import orjson
from pydantic import TypeAdapter


class Written(Protocol):
    """An event dataclass: its kind and the version of its shape."""

    kind: ClassVar[str]
    version: ClassVar[int]


T = TypeVar("T", bound=Written)


def body_of(event: Written, about: str, seq: int) -> str:
    """The event as canonical JSON: keys sorted, no blanks, no absent values. `about` is a case number."""
    fields = _adapter(type(event)).dump_python(event, mode="json", exclude_none=True)
    written = {"about": about, "seq": seq, "kind": event.kind, "v": event.version, "event": fields}
    return orjson.dumps(written, option=orjson.OPT_SORT_KEYS).decode()


def event_of(cls: type[T], body: str) -> T:
    """The event that `body_of` wrote."""
    fields: Any = orjson.loads(body)["event"]
    return _adapter(cls).validate_python(fields)  # type: ignore[no-any-return]


@cache
def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(cls)
