"""What certificates held already mean for the materials of an item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from tongban.catalogue.rules.item import Material
from tongban.kernel.ids import PersonKey
from tongban.kernel.languages import told


class HeldCertificate(Protocol):
    """A certificate that someone holds: of which type, by what name and number, and whether it holds now."""

    @property
    def holder(self) -> PersonKey: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def valid(self) -> bool: ...
    @property
    def says(self) -> str: ...


H = TypeVar("H", bound=HeldCertificate)


def types_for(materials: Iterable[Material]) -> set[str]:
    """The types of certificates that stand for any of these materials."""
    return {stands.certificate for one in materials for stands in one.satisfied_by}


def standing_for(materials: Sequence[Material], held: Iterable[H]) -> dict[tuple[PersonKey, str], H]:
    """By holder and kind of material the first that holds, else the first of all; `held` newest first."""
    found: dict[tuple[PersonKey, str], H] = {}
    for one in held:
        for kind in (material.kind for material in materials if one.type in types_for([material])):
            before = found.get((one.holder, kind))
            if before is None or (one.valid and not before.valid):
                found[one.holder, kind] = one
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a certificate means for a material, in plain words; `spares` it or stands in the way."""

    spares: bool
    words: str


def in_sentences(
    materials: Sequence[Material], standing: Mapping[tuple[PersonKey, str], HeldCertificate], *, me: PersonKey
) -> list[Sentence]:
    """One sentence for each certificate that stands for a material, or would if it held."""
    names = {one.kind: one.name for one in materials}
    return [_sentence(names[kind], one, mine=holder == me) for (holder, kind), one in standing.items()]


def _sentence(material: str, one: HeldCertificate, *, mine: bool) -> Sentence:
    words = {"material": material, "name": told(one.name), "number": one.number, "says": one.says}
    if one.valid and mine:
        says = _("您已持有“%(name)s”（%(number)s），%(material)s不用再交。")
    elif one.valid:
        says = _("您代表的企业已持有“%(name)s”（%(number)s），以企业的名义办，%(material)s不用再交。")
    elif mine:
        says = _("您的“%(name)s”（%(number)s）%(says)s，不能用来办这件事。为什么、怎么办，写在“我的证照”里。")
    else:
        says = _(
            "您代表的企业的“%(name)s”（%(number)s）%(says)s，不能用来办这件事。为什么、怎么办，写在“我的证照”里。"
        )
    return Sentence(one.valid, says % words)
