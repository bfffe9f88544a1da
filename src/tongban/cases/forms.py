"""What people type and upload: read from a request, and shown again with every fault beside its field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from tongban.catalogue import api as catalogue
from tongban.engine.forms import Field, Kind, Option
from tongban.kernel.acts import Ask, Asks, read_asks
from tongban.kernel.ids import PersonKey
from tongban.kernel.refusal import Refusal
from tongban.papers import api as papers

Materials = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the page asks it, with its answer so far and its fault."""

    name: str
    label: str
    kind: str
    required: bool
    limits: Mapping[str, Any]
    options: tuple[Option, ...]
    help: str
    why: str
    value: Any = None
    fault: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One section of the form."""

    title: str
    fields: list[Shown]


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    """A material to hand in, with the files that were uploaded already as (handle, name)."""

    kind: str
    name: str
    help: str
    required: bool
    files: list[tuple[str, str]]
    held: bool
    fault: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Correction:
    """Corrections as typed so far: answers by field, handles of uploaded files by material, faults.

    `owed`: the kinds of material that are handed in and no others, where that alone is asked.
    """

    item: catalogue.Item
    owed: frozenset[str] = frozenset()
    answers: dict[str, Any] = field(default_factory=dict)
    materials: Materials = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def read(self, posted: QueryDict) -> None:
        """Take over what was typed, and the files that were uploaded before and are still wanted."""
        self.answers = answers_to((each for _, each, _ in self.item.form.asked), posted)
        dropped = set(posted.getlist("drop-file"))
        self.materials = [
            (kind, handle)
            for kind in self._kinds
            for handle in dict.fromkeys(posted.getlist(f"held-{kind}"))
            if handle not in dropped
        ]

    def store(self, files: "MultiValueDict[str, UploadedFile[Any]]", person: PersonKey, at: datetime) -> None:
        """Store every new file once; what cannot be stored becomes a fault at its material."""
        for kind in self._kinds:
            for file in files.getlist(f"file-{kind}"):
                try:
                    stored = papers.store(person, file.name or "", file.read(), at)
                except Refusal as refusal:
                    told = {"label": file.name, "says": refusal.says}
                    self.fault(f"file-{kind}", gettext("%(label)s：%(says)s") % told, refusal.do)
                else:
                    self.materials.append((kind, stored.handle))

    def fault(self, name: str, says: str, do: str) -> None:
        """Add a fault at a field of this page."""
        self.faults.append({"name": name, "says": says, "do": do})

    def take_over(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Faults of an application, each at the place on this page where it can be mended."""
        for found in faults:
            self.fault(self._name_of(str(found.get("place", ""))), found["says"], found["do"])

    def _name_of(self, place: str) -> str:
        head, _, rest = place.partition(".")
        if head != "materials":
            return place if place in self.item.form.names else "form"
        if rest.isdigit() and int(rest) < len(self.materials):
            return f"file-{self.materials[int(rest)][0]}"
        return f"file-{rest}" if rest in self._kinds else "form"

    def fault_at(self, name: str) -> dict[str, Any] | None:
        """The first fault of that name."""
        return next((fault for fault in self.faults if fault["name"] == name), None)

    @property
    def _kinds(self) -> list[str]:
        return [one.kind for one in self._asked]

    @property
    def _asked(self) -> list[catalogue.Material]:
        asked = [one for one in self.item.materials if one.may_be_handed_in]
        return [one for one in asked if one.kind in self.owed] if self.owed else asked

    def steps(self) -> list[ShownStep]:
        """The form, section by section."""
        asked = {each.name: when for _, each, when in self.item.form.asked}
        return [
            ShownStep(
                step.title,
                [
                    Shown(
                        each.name,
                        each.label,
                        each.kind,
                        each.required,
                        each.limits,
                        each.options,
                        "".join((_only_when(self.item, asked[each.name]), each.help)),
                        each.why,
                        _typed(each.kind, self.answers.get(each.name)),
                        self.fault_at(each.name),
                    )
                    for each in step.fields
                ],
            )
            for step in self.item.form.steps
        ]

    def files(
        self, person: PersonKey, at: datetime, held: frozenset[str] = frozenset()
    ) -> list[ShownMaterial]:
        """The materials to hand in; `held` are kinds that lie in the case already."""
        names = dict(_names(self.materials, person, at))
        return [
            ShownMaterial(
                one.kind,
                one.name,
                "".join((_only_when(self.item, one.when), one.accept_stand)),
                one.kind in self.owed or (one.must_be_handed_in and one.kind not in held),
                [
                    (handle, names[handle])
                    for kind, handle in self.materials
                    if kind == one.kind and handle in names
                ],
                one.kind in held,
                self.fault_at(f"file-{one.kind}"),
            )
            for one in self._asked
        ]


def answers_to(fields: Iterable[Field], posted: QueryDict) -> dict[str, Any]:
    """The answers to these questions as a page sent them; what was not sent is absent."""
    found: dict[str, Any] = {}
    for each in fields:
        if each.name in posted:
            many = each.kind is Kind.CHOICES
            found[each.name] = posted.getlist(each.name) if many else posted[each.name]
    return found


def _typed(kind: str, value: Any) -> Any:
    return str(value).lower() if kind == Kind.BOOLEAN and value is not None else value


def _only_when(item: catalogue.Item, when: Any) -> str:
    if when is None:
        return ""
    return gettext("只在%(when)s时需要。") % {"when": catalogue.condition_in_words(item.form, when)}


def _names(materials: Materials, person: PersonKey, at: datetime) -> Iterator[tuple[str, str]]:
    """The names of uploaded files; one that is not this person's, or is too old, has none."""
    for _, handle in materials:
        try:
            yield handle, papers.open_handle(handle, person, at).name
        except Refusal:
            continue


FAULT_LINES: Final = 3
MOST_FAULT_LINES: Final = 100
FAULT_COLUMNS: Final = ("place", "basis", "do", "spot")


def read_act(asks: Sequence[Ask], posted: QueryDict) -> Asks:
    """Read what an act asks for, the lines of a notice among it; every fault at once."""
    told = read_asks([ask for ask in asks if ask.kind != "faults"], posted)
    for ask in (ask for ask in asks if ask.kind == "faults"):
        told["faults"] = fault_lines(posted)
        if not told["faults"]:
            told.missing(ask, "请至少写一处要补正的内容。")
    return told


def fault_lines(posted: QueryDict) -> list[dict[str, str]]:
    """The lines of a correction notice that say anything, in their order."""
    columns = [posted.getlist(f"fault-{column}")[:MOST_FAULT_LINES] for column in FAULT_COLUMNS]
    lines = [
        dict(zip(FAULT_COLUMNS, (text.strip() for text in line), strict=True))
        for line in zip_longest(*columns, fillvalue="")
    ]
    return [line for line in lines if line["place"] or line["basis"] or line["do"]]
