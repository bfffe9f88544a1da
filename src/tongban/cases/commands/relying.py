"""Certificates that stand for materials: what someone holds already is not handed in again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from tongban.cases.events import CertificateUsed
from tongban.cases.rules import relying
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.kernel.ids import PersonKey

Relied = Mapping[tuple[PersonKey, str], certificates.Held]
"""By holder and kind of material: the certificate that stands for it, or would if it held."""


def certificates_for(
    materials: Sequence[catalogue.Material], holders: Collection[PersonKey], *, at: datetime
) -> Relied:
    """What these holders have for these materials. One statement; none where nothing stands for any."""
    types = catalogue.types_for(materials)
    return catalogue.standing_for(materials, certificates.held(holders, types, at=at)) if types else {}


def open_to_holder(material: catalogue.Material, *, person: bool) -> bool:
    """Whether a certificate of a person, or else of an enterprise, may stand for this material at all."""
    return relying.open_to_holder((stands.holder for stands in material.satisfied_by), person=person)


def used(relied: Mapping[str, certificates.Held]) -> tuple[CertificateUsed, ...]:
    """What the story keeps: the very editions that stood for something."""
    return tuple(
        CertificateUsed(kind=kind, identifier=one.identifier) for kind, one in relied.items() if one.valid
    )
