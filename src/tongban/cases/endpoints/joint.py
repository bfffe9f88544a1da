"""Joint services for programs: what one asks, applied for as one, where it stands, and what came of it."""

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Header, Path, Router, Status
from pydantic import BaseModel

from tongban.cases.commands import submit_joint, withdraw_joint
from tongban.cases.endpoints.files import also, handed_out
from tongban.cases.endpoints.given import ApplicationGiven, Number
from tongban.cases.queries import JointView, joint_of, joint_receipt, results_of, results_packed, whole_of
from tongban.catalogue import api as catalogue
from tongban.kernel.ids import ItemCode
from tongban.kernel.pages import Request

router = Router()


class JointField(BaseModel):
    """A question of the united form, and the items that need its answer; none for a first question."""

    name: str
    label: str
    kind: str
    required: bool
    options: dict[str, str]
    needed_by: list[str]


class JointService(BaseModel):
    """What a joint service asks: every thing once. Which items take part hangs on the first questions."""

    code: str
    name: str
    version: int
    items: list[str]
    fields: list[JointField]
    materials: dict[str, str]


class JointMember(BaseModel):
    """A case of a joint service; `waits_for` are the names of those whose results it needs first."""

    number: str
    name: str
    stage: str
    stage_name: str
    waits_for: list[str]
    receipt: str


class JointShown(BaseModel):
    """A joint service that was submitted. `until`: when all is decided if every office keeps its promise.

    `ceiling`: by when the law wants those licences of it decided that several bodies handle together, while
    that runs; `longer`: whether a government gave leave for more time.
    """

    number: str
    service: str
    until: date | None
    ceiling: date | None
    longer: bool
    over: bool
    cases: list[JointMember]


class JointResult(BaseModel):
    """What came of a case: its decision, at `/cases/{number}/papers/{paper}`, and what was issued with it.

    `result`: what the item gives, where it was granted; `certificates`: their numbers.
    """

    number: str
    name: str
    title: str
    paper: int
    granted: bool
    result: str
    certificates: list[str]


@router.get("/services/{code}", response=JointService, operation_id="joint_service", auth=None)
def service(
    request: Request, code: Annotated[str, Path(max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")]
) -> JointService:
    """What a joint service asks, by the names to answer with."""
    joint = catalogue.joint(ItemCode(code))
    return JointService(
        code=joint.slug,
        name=joint.name,
        version=joint.version,
        items=[str(item.slug) for item in joint.items],
        fields=[
            JointField(
                name=each.name,
                label=each.label,
                kind=each.kind,
                required=each.required,
                options={option.code: option.label for option in each.options},
                needed_by=[member for member, _own in joint.united.asked_by[each.name]],
            )
            for _step, each, _when in joint.form.asked
        ],
        materials={one.kind: one.name for one in joint.materials if one.may_be_handed_in},
    )


@router.post("", response={201: JointShown, 200: JointShown}, operation_id="submit_joint")
def submit(
    request: Request,
    given: ApplicationGiven,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            pattern=r"^[ -~]{1,128}$",
            description="The same key with the same content gives the same cases and receipts (200).",
        ),
    ] = None,
) -> Status[JointShown]:
    """Apply for all of it at once, all or none; `item` is the joint service's code. Every fault is named."""
    done = submit_joint(given.application(), by=request.viewer, key=key, at=request.now)
    return Status(201 if done.fresh else 200, _shown(joint_of(done.number, request.viewer, at=request.now)))


@router.get("/{no}", response=JointShown, operation_id="joint")
def one_joint(request: Request, no: Number) -> JointShown:
    """Where every case of a joint service stands, and for what it waits."""
    return _shown(joint_of(no, request.viewer, at=request.now))


@router.get("/{no}/receipt", openapi_extra=also("application/pdf"), operation_id="joint_receipt")
def receipt(request: Request, no: Number) -> HttpResponse:
    """The one receipt of all of it, a signed PDF. The signed note of each case is at that case."""
    return handed_out(joint_receipt(no, request.viewer))


@router.get(
    "/{no}/results",
    response=list[JointResult],
    openapi_extra=also("application/zip"),
    operation_id="joint_results",
)
def results(request: Request, no: Number) -> list[JointResult] | HttpResponse:
    """What came of the cases that are decided; all of it as signed PDFs in one zip, if you accept that."""
    if request.get_preferred_type(["application/json", "application/zip"]) == "application/zip":
        return handed_out(results_packed(no, request.viewer, at=request.now))
    found = results_of(whole_of(no, request.viewer), request.viewer, at=request.now)
    return [
        JointResult(
            number=one.number,
            name=one.name,
            title=one.title,
            paper=one.seq,
            granted=one.granted,
            result=one.result,
            certificates=[row.number for row in one.certificates],
        )
        for one in found
    ]


@router.post("/{no}/withdraw", response=JointShown, operation_id="withdraw_joint")
def withdraw(request: Request, no: Number) -> JointShown:
    """Take back whatever of it is not decided yet."""
    withdraw_joint(no, by=request.viewer, at=request.now)
    return _shown(joint_of(no, request.viewer, at=request.now))


def _shown(view: JointView) -> JointShown:
    return JointShown(
        number=view.number,
        service=view.service,
        until=view.until,
        ceiling=view.ceiling.until if view.ceiling else None,
        longer=view.ceiling is not None and view.ceiling.longer,
        over=view.over,
        cases=[
            JointMember(
                number=one.number,
                name=one.name,
                stage=one.stage,
                stage_name=one.stage_name,
                waits_for=list(one.waits_for),
                receipt=one.receipt,
            )
            for one in view.members
        ],
    )
