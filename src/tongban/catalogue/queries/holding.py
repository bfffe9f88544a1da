"""What the certificates that a reader holds mean for what they want done."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from tongban.catalogue.rules.holding import HeldCertificate, Sentence, in_sentences, standing_for, types_for
from tongban.catalogue.rules.item import Service
from tongban.kernel.access import Viewer
from tongban.kernel.ids import PersonKey


class Holdings(Protocol):
    """What these holders have of these types of certificates, newest first; asked of a higher floor."""

    def __call__(
        self, holders: Collection[PersonKey], types: Collection[str], *, at: datetime
    ) -> Sequence[HeldCertificate]: ...


def _untold(
    holders: Collection[PersonKey], types: Collection[str], *, at: datetime
) -> Sequence[HeldCertificate]:
    raise RuntimeError("the catalogue was not told who holds what: wiring calls catalogue.supply")


class _Supplied:
    held: Holdings = staticmethod(_untold)


def supply(*, held: Holdings) -> None:
    """Say how the certificates that someone holds are found."""
    _Supplied.held = staticmethod(held)


def sentences_for(item: Service, viewer: Viewer, *, at: datetime) -> list[Sentence]:
    """What the certificates of this viewer mean for the item's materials.

    One statement; none for who is not signed in as a resident, or where no certificate stands for a material.
    """
    types = types_for(item.materials)
    if viewer.person is None or not types:
        return []
    standing = standing_for(item.materials, _Supplied.held(viewer.selves, types, at=at))
    return in_sentences(item.materials, standing, me=viewer.person)
