"""What programs send, and how narrow it must be before anything looks at it."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tongban.cases.commands import Application
from tongban.engine.codes import CaseNumber, CodeError
from tongban.kernel.ids import ItemCode, RegionCode
from tongban.kernel.refusal import Refusal


def _as_number(text: str) -> str:
    try:
        return str(CaseNumber.parse(text))
    except CodeError as error:
        raise Refusal(error.code, says=error.says, do=error.do, status=404) from error


Number = Annotated[
    str,
    AfterValidator(_as_number),
    Path(max_length=200, description="The case number; hyphens may be missing."),
]
"""A case number as people type it, in its one spelling; 404 for what is none."""

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
QUEUE = r"^[A-Za-z0-9.]{1,80}$"
Text = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=2_000)]
Handle = Annotated[str, Field(max_length=2_000, pattern=r"^[A-Za-z0-9_-]+$")]
# Strict, so that no answer is turned into another type before its form has judged it.
Answer = (
    Annotated[str, Field(strict=True, max_length=20_000)]
    | Annotated[bool, Field(strict=True)]
    | Annotated[int, Field(strict=True)]
    | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Annotated[list[Short], Field(max_length=200)]
    | None
)
Answers = Annotated[dict[Annotated[str, Field(max_length=64)], Answer], Field(max_length=300)]
Seen = Annotated[int, Field(ge=1, le=2**31 - 1, description="The `version` you saw; refused if it is stale.")]


class Strict(BaseModel):
    """A body in which a misspelt member is a fault and not a silence."""

    model_config = ConfigDict(extra="forbid")


class MaterialGiven(Strict):
    """A stored file, as what kind of material it is handed in."""

    kind: Code
    file: Handle


Materials = Annotated[list[MaterialGiven], Field(max_length=60)]


class ApplicationGiven(Strict):
    """An application: the item, where, the answers to its form, and the stored files."""

    item: Code
    region: Annotated[
        str, Field(pattern=r"^[0-9]{6}([0-9]{3}){0,2}$", description="GB/T 2260; 12 digits below.")
    ]
    answers: Answers
    materials: Materials = []
    channel: Literal["online", "window", "self_service"] = "online"

    def application(self) -> Application:
        """The same as commands take it."""
        return Application(
            item=ItemCode(self.item),
            region=RegionCode(self.region),
            answers=self.answers,
            materials=[(one.kind, one.file) for one in self.materials],
            channel=self.channel,
        )


class ApplicantAct(Strict):
    """What the applicant need not say more about."""

    seen: Seen | None = None


class Correction(ApplicantAct):
    """The answers whole, and the files that are new."""

    answers: Answers
    materials: Materials = []


class Supply(ApplicantAct):
    """The stored files of what is owed."""

    materials: Annotated[list[MaterialGiven], Field(min_length=1, max_length=60)]


class Act(Strict):
    """What an officer did must rest on what the officer saw."""

    seen: Seen


class Worded(Act):
    """An act with its reason, notice or decision in words."""

    text: Text


class Taking(Act):
    """Taking this case; ahead of an earlier one only for a reason code, in words, and with an approval."""

    reason: Code | None = None
    text: Text = ""


class Grounded(Worded):
    """An act for a named ground."""

    ground: Code


Identified = Annotated[UUID, Field(description="An officer's id.")]


class Assigning(Act):
    """To whom a leader gives the first case that waits."""

    to: Identified


class HandingOver(Worded):
    """To whom a case goes, and why: at most 1000 characters."""

    to: Identified


class Consulting(Worded):
    """Who is asked: an officer of the body by id, or another body by its code; to answer in how many days."""

    whom: Identified | Annotated[str, Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
    days: Annotated[int, Field(ge=1, le=10)]


class Supervising(Worded):
    """An order on a pressing case, to be answered in 1, 2, 3 or 5 working days."""

    days: Annotated[int, Field(ge=1, le=5)]


class Explaining(Worded):
    """Why a case is late: a cause by its code, the day by which it will be done, what the applicant reads."""

    cause: Code
    until: date


class FaultGiven(Strict):
    """One thing to correct: where, by which rule, and what the applicant should do."""

    place: Short
    basis: Short
    do: Short


class CorrectionNotice(Act):
    """Every fault at once: there is no second notice."""

    faults: Annotated[list[FaultGiven], Field(max_length=100)]


class SpecialProcedure(Worded):
    """A procedure that the law does not count, and until when the applicant is told it will last."""

    procedure: Code
    told_until: date


class Delivery(Act):
    """How the result reached the applicant."""

    way: Code


Words = Annotated[str, Field(max_length=20_000, description="At most 1000 characters once trimmed.")]


class Message(Strict):
    """A word in the case; `after` is the `version` you had seen, so that one sent again is not sent twice."""

    text: Words
    after: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class Contact(Strict):
    """Another telephone number."""

    seen: Seen | None = None
    phone: Short


class Doubt(Strict):
    """A doubt about a look, or the answer to one."""

    text: Words
