"""Examining: what an officer ticks of a case, and the sentences of a notice that come of it.

What can be ticked is closed. A material that the applicant need not hand in can lack nothing: what is shared
or was issued by the government is not asked of people again (国务院令第716号 Art. 7).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from tongban.cases.rules.acting import told
from tongban.kernel.refusal import Refusal

FITS: Final = "fits"
SEALED_AS: Final = "checklist"
"""Under what name a checklist is sealed."""
MOST_SPOTS: Final = 50
WHOLE: Final = 1000
"""A spot is told in thousandths of the picture's width and height."""


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault as an officer ticks it, and what the applicant is told to do about it."""

    name: str
    do: str

    def sentence(self, what: str, stand: str = "") -> str:
        """What to do about this fault of `what`; `stand`: how it must be to be accepted."""
        said = self.do % {"what": what}
        return f"{said}{stand.rstrip('。')}。" if stand and self.name in _BY_ITS_STAND else said


MATERIAL_FAULTS: Final[Mapping[str, FaultKind]] = {
    "missing": FaultKind("没有交", "请补交“%(what)s”。"),
    "unreadable": FaultKind("看不清", "“%(what)s”看不清楚，请在光线好的地方重新拍，四个角和印章都要拍到。"),
    "incomplete": FaultKind("不完整", "“%(what)s”不完整，请把缺少的页或者内容补齐，再上传一次。"),
    "unsigned": FaultKind("没有签字或盖章", "“%(what)s”没有签字或者盖章，请签字、盖章后再上传一次。"),
    "expired": FaultKind("已经过期", "“%(what)s”已经过期，请换成现在有效的。"),
    "differs": FaultKind("和填写的不一致", "“%(what)s”和您填写的内容不一致，请核对后改正其中一处。"),
    "another": FaultKind("不是这份材料", "上传的不是“%(what)s”，请换成要求的材料。"),
}
ANSWER_FAULTS: Final[Mapping[str, FaultKind]] = {
    "doubtful": FaultKind("有疑问", "“%(what)s”填得不对或者不清楚，请核对后改正。"),
}
_BY_ITS_STAND: Final = frozenset(MATERIAL_FAULTS[code].name for code in ("missing", "incomplete", "another"))
"""Faults that are mended by what the item publishes as good enough."""

_TOLD: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot on a page of what was handed in, in thousandths from its left and top; what is wrong there."""

    file: int
    page: int
    x: int
    y: int
    says: str

    @property
    def told(self) -> str:
        """The spot as a page carries it along."""
        return f"{self.file}.{self.page}.{self.x}.{self.y}"

    @classmethod
    def from_told(cls, told: str) -> "Spot | None":
        """The spot that `told` wrote; None for what is no such thing."""
        found = _TOLD.fullmatch(told)
        return cls(int(found[1]), int(found[2]), int(found[3]), int(found[4]), "") if found else None


@dataclass(frozen=True, slots=True)
class Checklist:
    """What was ticked so far: the codes of each place (`materials.<kind>`, `answers.<name>`), and spots."""

    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()

    def fits(self, place: str) -> bool:
        """Whether this place was looked at and nothing found."""
        return self.marks.get(place) == (FITS,)

    def faults_at(self, place: str) -> tuple[str, ...]:
        """The codes of what was found at this place."""
        return tuple(code for code in self.marks.get(place, ()) if code != FITS)

    def as_record(self) -> dict[str, Any]:
        """The checklist as plain JSON values."""
        return {
            "marks": {place: list(codes) for place, codes in self.marks.items()},
            "spots": [asdict(spot) for spot in self.spots],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Checklist":
        """The checklist that `as_record` wrote."""
        marks = {place: tuple(codes) for place, codes in record["marks"].items()}
        return cls(marks, tuple(Spot(**spot) for spot in record["spots"]))


def offered(asked: Iterable[str], others: Iterable[str], answers: Iterable[str]) -> dict[str, frozenset[str]]:
    """What may be ticked at each place: faults of the materials `asked` of the applicant and of the answers;
    of `others`, that they fit."""
    return {
        **{f"materials.{kind}": frozenset(MATERIAL_FAULTS) | {FITS} for kind in asked},
        **{f"materials.{kind}": frozenset({FITS}) for kind in others},
        **{f"answers.{name}": frozenset(ANSWER_FAULTS) for name in answers},
    }


def ticked(
    before: Checklist, marks: Iterable[str], may: Mapping[str, Collection[str]], *, at: Iterable[str]
) -> Checklist:
    """The checklist with these ticks (`<place>:<code>`) for the places `at`; all others stay, and the spots.

    Refused is a tick that this case does not offer. Where a fault is ticked, the place does not fit, whatever
    else was ticked.
    """
    found: dict[str, list[str]] = {}
    for mark in marks:
        place, _, code = mark.rpartition(":")
        if code not in may.get(place, ()):
            raise Refusal(
                "cases.checklist.unknown",
                says="核对清单里没有这一项。",
                do="请刷新页面，在清单里勾选。",
                status=422,
            )
        found.setdefault(place, []).append(code)
    asked = set(at)
    others = {place: codes for place, codes in before.marks.items() if place not in asked}
    return replace(before, marks=others | {place: _settled(codes) for place, codes in found.items()})


def _settled(codes: list[str]) -> tuple[str, ...]:
    faults = tuple(dict.fromkeys(code for code in codes if code != FITS))
    return faults or (FITS,)


def marked(before: Checklist, spot: Spot, files: Iterable[int]) -> Checklist:
    """The checklist with one spot more; refused where there is no such file or nothing is said of it."""
    if spot.file not in files or not (0 <= spot.x <= WHOLE and 0 <= spot.y <= WHOLE):
        raise Refusal(
            "cases.spot.outside",
            says="没有标到图上。",
            do="请打开图片，在要标的地方点一下。",
            status=422,
        )
    if len(before.spots) >= MOST_SPOTS:
        raise Refusal(
            "cases.spot.too-many",
            says=f"一件最多标 {MOST_SPOTS} 处。",
            do="请删去不需要的标记，或者在补正告知里用文字说明。",
        )
    said = replace(spot, says=told(spot.says, "faults"))
    return before if said in before.spots else replace(before, spots=(*before.spots, said))


def unmarked(before: Checklist, spot: Spot) -> Checklist:
    """The checklist without that spot."""
    return replace(before, spots=tuple(one for one in before.spots if one != spot))


def reminder(still_open: Sequence[str], text: str) -> str:
    """What was told before and is still to be corrected, and what the officer adds."""
    return "\n".join([*_numbered("上次告知的这些内容还没有补正：", still_open), text.strip()]).strip()


def refusal(unmet: Sequence[str], law: Sequence[str], reason: str) -> str:
    """Why it is refused: the conditions that are not met, the rules it rests on, the reason in words.

    A decision against must say its reasons (行政许可法 Art. 38(2)); no ground stands for them.
    """
    lines = [*_numbered("没有达到的条件：", unmet), *_numbered("依据：", law)]
    return "\n".join([*lines, f"理由：{told(reason, 'reason')}"] if lines else [told(reason, "reason")])


def _numbered(head: str, lines: Sequence[str]) -> list[str]:
    return [head, *(f"{nth}. {line}" for nth, line in enumerate(lines, 1))] if lines else []
