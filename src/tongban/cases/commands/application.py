"""An application as it comes in, checked against its item: every fault at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tongban.cases.commands.relying import certificates_for, open_to_holder, used
from tongban.cases.events import CertificateUsed, Received
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.engine.forms import validate
from tongban.kernel.ids import ItemCode, PersonKey, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

MOST_FILES = 30


@dataclass(frozen=True, slots=True)
class Application:
    """What an applicant sends: the item, where, the answers, and the handles of stored files by material."""

    item: ItemCode
    region: RegionCode
    answers: Mapping[str, Any]
    materials: Sequence[tuple[str, str]] = field(default_factory=tuple)
    channel: str = "online"
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where answers are from that the applicant did not type, by field; kept for whoever judges them."""
    received: Received | None = None
    """How a window received it, where an officer filled it in for the person who stood there."""
    signed: Sequence[str] = ()
    """Handles of pictures of the check page that was signed there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers cleaned, files opened, and the certificates that stand for what was not handed in.

    `owed`: kinds of material that may follow and are not there.
    """

    answers: dict[str, Any]
    files: tuple[tuple[str, papers.Attachment], ...]
    certificates: tuple[CertificateUsed, ...] = ()
    owed: tuple[str, ...] = ()


def check(  # noqa: PLR0913 - what is checked, against what, for whom and when
    item: catalogue.Item,
    answers: Mapping[str, Any],
    materials: Sequence[tuple[str, str]],
    *,
    uploader: PersonKey,
    applicant: PersonKey,
    as_person: bool,
    at: datetime,
    held: frozenset[str] = frozenset(),
) -> Checked:
    """The application against its item's form and materials; one refusal names every fault.

    `as_person`: whether the applicant is a person, and not an enterprise. `held` are kinds handed in before,
    which a correction need not repeat. One statement where a certificate may stand for a material, else none.
    """
    asked = item.materials_for(validate(item.form, answers).cleaned)
    relied = relied_on(asked, applicant, person=as_person, at=at)
    return judged(item, answers, materials, Against(uploader, relied, at, held))


@dataclass(frozen=True, slots=True)
class Against:
    """What an application is judged beside: who uploaded, which certificates there are, by kind, and when.

    `held` are kinds that need not be handed in.
    """

    uploader: PersonKey
    relied: Mapping[str, certificates.Held]
    at: datetime
    held: frozenset[str] = frozenset()


def judged(
    item: catalogue.Item,
    answers: Mapping[str, Any],
    materials: Sequence[tuple[str, str]],
    against: Against,
) -> Checked:
    """The application against its item's form and materials, beside what is known already. No statement."""
    validation = validate(item.form, answers)
    faults: list[dict[str, Any]] = [
        {"place": fault.field, "step": fault.step, "code": fault.code, "says": fault.says, "do": fault.do}
        for fault in validation.faults
    ]
    files, unopened = opened_files(materials, against.uploader, against.at)
    faults += unopened
    asked, kinds = item.materials_for(validation.cleaned), [kind for kind, _ in materials]
    relied = {one.kind: against.relied[one.kind] for one in asked if one.kind in against.relied}
    spared = against.held | {kind for kind, one in relied.items() if one.valid}
    faults += _material_faults(asked, kinds, spared) + _certificate_faults(asked, kinds, relied)
    if faults:
        raise faulty(faults)
    there = {*kinds, *spared}
    owed = tuple(one.kind for one in asked if one.may_follow and one.kind not in there)
    return Checked(dict(validation.cleaned), files, used(relied), owed)


def opened_files(
    materials: Sequence[tuple[str, str]], uploader: PersonKey, at: datetime
) -> tuple[tuple[tuple[str, papers.Attachment], ...], list[dict[str, Any]]]:
    """The stored files behind these handles, each with its kind, and a fault for each that is none."""
    files, faults = [], []
    for place, (kind, handle) in enumerate(materials[:MOST_FILES]):
        try:
            files.append((kind, papers.open_handle(handle, uploader, at)))
        except Refusal as refusal:
            faults.append(_fault(f"materials.{place}", refusal.code, refusal.says, refusal.do))
    if len(materials) > MOST_FILES:
        faults.append(_too_many())
    return tuple(files), faults


def faulty(faults: Sequence[Mapping[str, Any]]) -> Refusal:
    """The refusal of an application, with every fault."""
    return Refusal(
        "cases.submit.faults",
        says=_("有 %(number)s 处需要改正。") % {"number": len(faults)},
        do=_("请按每一处的提示改好后再提交，已填的内容都还在。"),
        status=422,
        faults=[dict(fault) for fault in faults],
    )


def relied_on(
    asked: Sequence[catalogue.Material], applicant: PersonKey, *, person: bool, at: datetime
) -> dict[str, certificates.Held]:
    """By kind of material what the applicant holds for it, whether it holds or not. At most one statement."""
    open_ = [one for one in asked if open_to_holder(one, person=person)]
    return {kind: one for (_, kind), one in certificates_for(open_, [applicant], at=at).items()}


def _certificate_faults(
    asked: Sequence[catalogue.Material], kinds: list[str], relied: Mapping[str, certificates.Held]
) -> list[dict[str, Any]]:
    """A certificate that holds no more stands for nothing, and a picture of it does not either."""
    return [
        _fault(
            f"materials.{one.kind}",
            "cases.submit.certificate-not-valid",
            _("您的“%(name)s”（%(number)s）%(says)s，不能用来办这件事。")
            % {"name": one_held.name, "number": one_held.number, "says": one_held.says},
            _("为什么、怎么办，写在“我的证照”里；有了有效的证照再来申请。"),
        )
        for one in asked
        if (one_held := relied.get(one.kind)) is not None and not one_held.valid
        if one.must_be_handed_in or one.need == "not-demanded" or one.kind in kinds
    ]


def _material_faults(
    materials: Sequence[catalogue.Material], kinds: list[str], held: frozenset[str]
) -> list[dict[str, Any]]:
    asked = {material.kind: material for material in materials}
    faults = [
        _fault(
            "materials",
            "cases.submit.material-unknown",
            _("这件事不要“%(kind)s”。") % {"kind": kind[:40]},
            _("请去掉这份文件。"),
        )
        for kind in kinds
        if kind not in asked
    ]
    faults += [
        _fault(
            f"materials.{kind}",
            "cases.submit.material-missing",
            _("还没有上传“%(name)s”。") % {"name": material.name},
            _("请拍照或选择文件上传。"),
        )
        for kind, material in asked.items()
        if material.must_be_handed_in and kind not in kinds and kind not in held
    ]
    return faults


def _too_many() -> dict[str, Any]:
    return _fault(
        "materials",
        "cases.submit.too-many-files",
        _("文件超过 %(most)s 个。") % {"most": MOST_FILES},
        _("请合并后再上传。"),
    )


def _fault(place: str, code: str, says: str, do: str) -> dict[str, Any]:
    return {"place": place, "code": code, "says": says, "do": do}
