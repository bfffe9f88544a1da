"""The checklist: what the law lets one ask for, what is there, what was ticked, what comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tongban.cases.queries.content import FROM, HandedIn, materials_of, stood_for, where_from
from tongban.cases.queries.view import CaseView, item_of
from tongban.cases.rules.answers import said
from tongban.cases.rules.examining import ANSWER_FAULTS, MATERIAL_FAULTS, Checklist, Spot
from tongban.catalogue import api as catalogue
from tongban.engine.forms import Field
from tongban.kernel import languages
from tongban.kernel.access import Deed, Viewer, allowed

NO_PICTURES: Final[Mapping[int, str]] = {}


@dataclass(frozen=True, slots=True)
class Tick:
    """A fault that can be ticked, and whether it is."""

    code: str
    name: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class CheckedMaterial:
    """A material of this case: by which law it may be asked for, what is there, and what was ticked.

    `source`: why nobody need hand it in, in words; empty where the applicant must. `ticks`: none where it
    cannot lack anything. `follows`: it may be brought after acceptance, and nothing stands for it.
    """

    place: str
    name: str
    law: str
    stand: str
    files: tuple[HandedIn, ...]
    source: str
    identifier: str
    fits: bool
    ticks: tuple[Tick, ...]
    follows: bool

    @property
    def state(self) -> tuple[str, str]:
        """How it stands in a word, with the colour of its tag."""
        if any(tick.ticked for tick in self.ticks):
            return "有问题", "r"
        if self.fits:
            return "相符", "g"
        if self.files:
            return "待看", "a"
        if self.follows:
            return "后补", "a"
        return ("免交", "") if self.source else ("没有交", "r")

    @property
    def seen(self) -> bool:
        """Whether there is nothing more to look at."""
        return self.state[0] in ("相符", "有问题", "免交", "后补")


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer, where it is from if the applicant did not type it, and whether it is doubted."""

    place: str
    label: str
    said: str
    source: str
    doubted: bool


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """A step of the form with its answers."""

    title: str
    answers: tuple[CheckedAnswer, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of a correction notice: where, by which law, what to do, and the spot that shows it."""

    place: str
    basis: str
    do: str
    spot: Spot | None = None


def materials_checked(view: CaseView, pictures: Mapping[int, str] = NO_PICTURES) -> list[CheckedMaterial]:
    """Every material that this case may rest on; what the applicant handed in first. No statement."""
    if view.answers is None:
        return []
    files: dict[str, list[HandedIn]] = {}
    kinds = {one.id: one.kind for one in view.materials}
    for file in materials_of(view, pictures):
        files.setdefault(kinds[file.id], []).append(file)
    item = item_of(view.state)
    spared = {one.material: one.identifier for one in stood_for(view)}
    found = [
        _material(one, files.get(one.kind, []), spared.get(one.name, ""), view.checklist)
        for one in item.materials_for(view.answers)
    ]
    return sorted(found, key=lambda one: not one.files)


def examines(view: CaseView, viewer: Viewer) -> bool:
    """Whether this officer ticks the checklist of this case now."""
    readable = view.answers is not None and view.state.worked_on
    return readable and allowed(viewer, Deed.HANDLE, view.state.thing)


def answers_checked(view: CaseView) -> list[CheckedSection]:
    """The answers as the form asked for them, each as it was ticked. No statement."""
    if view.answers is None:
        return []
    steps = [
        CheckedSection(step.title, tuple(_answers(view, step.fields)))
        for step in item_of(view.state).form.steps
    ]
    return [step for step in steps if step.answers]


def notice_lines(view: CaseView) -> list[NoticeLine]:
    """What was ticked and marked, as the lines of a correction notice. No statement."""
    item = item_of(view.state)
    materials = {f"materials.{one.kind}": one for one in item.materials}
    labels = {f"answers.{each.name}": each.label for _, each, _ in item.form.asked}
    lines = []
    for place in [*materials, *labels]:
        for code in view.checklist.faults_at(place):
            if one := materials.get(place):
                sentence = MATERIAL_FAULTS[code].sentence(one.name, one.accept_stand)
                lines.append(NoticeLine(one.name, _law_of(one), sentence))
            else:
                sentence = ANSWER_FAULTS[code].sentence(labels[place])
                lines.append(NoticeLine(labels[place], _one_time_notice(view), sentence))
    return [*lines, *_spotted(view, {one.kind: one for one in item.materials})]


def _spotted(view: CaseView, materials: Mapping[str, catalogue.Material]) -> Iterator[NoticeLine]:
    kinds = {one.id: one.kind for one in view.materials}
    for spot in view.checklist.spots:
        one = materials.get(kinds.get(spot.file, ""))
        if one is not None:
            yield NoticeLine(f"{one.name}（图上标出的地方）", _law_of(one), spot.says, spot)


def _material(
    one: catalogue.Material, files: Sequence[HandedIn], identifier: str, checklist: Checklist
) -> CheckedMaterial:
    place = f"materials.{one.kind}"
    offered: Mapping[str, Any] = MATERIAL_FAULTS if one.may_be_handed_in else {}
    ticked = checklist.faults_at(place)
    return CheckedMaterial(
        place=place,
        name=one.name,
        law=_law_of(one),
        stand=one.accept_stand,
        files=tuple(files),
        source=_spared_by(one, identifier),
        identifier=identifier,
        fits=checklist.fits(place),
        ticks=tuple(
            Tick(code, kind.name, code in ticked)
            for code, kind in offered.items()
            if bool(files) is not (code == "missing")
        ),
        follows=one.may_follow and not identifier,
    )


def _spared_by(one: catalogue.Material, identifier: str) -> str:
    """Why it need not be handed in; empty where it must."""
    if identifier:
        return "由申请人持有的电子证照代替"
    if not one.may_be_handed_in:
        return FROM.get(one.source, one.source)
    if one.may_follow:
        return "可以后补"
    return "" if one.must_be_handed_in else "可以不交"


def _answers(view: CaseView, fields: Sequence[Field]) -> Iterator[CheckedAnswer]:
    answers = view.answers or {}
    for each in fields:
        if each.name in answers:
            place = f"answers.{each.name}"
            doubted = bool(view.checklist.faults_at(place))
            yield CheckedAnswer(
                place, each.label, said(each, answers[each.name]), where_from(view, each), doubted
            )


def _law_of(one: catalogue.Material) -> str:
    return "，".join(languages.cited(source.law, source.article) for source in one.by_law[:1])


def _one_time_notice(view: CaseView) -> str:
    source = view.law.regime.one_time_notice
    return languages.cited(source.law, source.article) if source else ""
