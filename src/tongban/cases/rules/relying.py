"""Whose certificate may stand for a material."""

from collections.abc import Iterable


def open_to_holder(classes: Iterable[str], *, person: bool) -> bool:
    """Whether a certificate of a person, or else of an enterprise, is among the classes that may stand."""
    return not {"either", "person" if person else "enterprise"}.isdisjoint(classes)
