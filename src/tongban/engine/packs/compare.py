"""What changed from one document to another, place by place, as those who publish an item want to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

KNOWN_BY: Final = ("kind", "code", "body", "name", "question", "label", "law")
"""By which key an entry of a list is known again in another version, the first that all entries have."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that changed: `item.promise.value`, `item.materials[layout].need`. None where nothing was."""

    place: str
    before: Any
    after: Any


def differences(before: Any, after: Any, place: str = "") -> Iterator[Difference]:
    """Every place in which two documents differ, in the order of the first, then what only the second has."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_tables(before, after, place)
    elif (rows := _named(before, after)) is not None:
        was, now = rows
        yield from _of_entries(was, now, place)
    else:
        yield Difference(place, before, after)


def _of_tables(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[Difference]:
    for key in {**before, **after}:
        yield from differences(before.get(key), after.get(key), f"{place}.{key}" if place else key)


def _of_entries(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[Difference]:
    for name in {**before, **after}:
        yield from differences(before.get(name), after.get(name), f"{place}[{name}]")
    if sorted(before) == sorted(after) and list(before) != list(after):
        yield Difference(f"{place}[]", list(before), list(after))


def _named(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Two lists as tables by what their entries are known by; None where that tells them not apart."""
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    for key in KNOWN_BY:
        tables = _by(key, before), _by(key, after)
        if all(table is not None for table in tables):
            return tables  # type: ignore[return-value]
    return None


def _by(key: str, entries: list[Any]) -> dict[str, Any] | None:
    if not all(isinstance(one, Mapping) and isinstance(one.get(key), str) for one in entries):
        return None
    table = {one[key]: one for one in entries}
    return table if len(table) == len(entries) else None
