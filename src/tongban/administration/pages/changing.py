"""One change at a time: what is asked, from what stands, and the steps it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tongban.administration import commands, forms, queries
from tongban.administration.commands import steps
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.forms import Form, validate
from tongban.kernel.access import Deed, Role, Thing, allow
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.pages import OFFICERS, OfficerRequest, open_to
from tongban.kernel.refusal import Refusal

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """A form about something: its title, what is asked, what stands there, and the steps it becomes.

    `about` says what it is about; `back` is where one came from.
    """

    title: str
    about: str
    back: str
    fields: list[dict[str, Any]]
    known: Typed
    becomes: Callable[[Typed], list[commands.Step]]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(OFFICERS)
def change(request: OfficerRequest, which: str, of: str) -> HttpResponse:
    """One change asked for; pressed, it is prepared and shown. Up to seven statements, and the trying."""
    allow(request.viewer, Deed.ADMINISTER, Thing(region=request.officer.region))
    if which not in OFFERS:
        raise unknown()
    offer = OFFERS[which](request, of)
    form = forms.form(offer.title, offer.fields)
    if request.method != "POST":
        return _asking(request, offer, form, offer.known)
    posted = {
        field.name: request.POST.getlist(field.name)
        if field.kind == "choices"
        else request.POST.get(field.name, "")
        for step in form.steps
        for field in step.fields
    }
    judged = validate(form, posted)
    if judged.faults:
        faults = [{"name": one.field, "says": one.says, "do": one.do} for one in judged.faults]
        return _asking(request, offer, form, posted, faults)
    asked = commands.Asked(offer.title, offer.becomes(judged.cleaned), str(judged.cleaned["reason"]))
    proposal = commands.propose(asked, by=request.viewer, at=request.now)
    return redirect("administration:proposal", proposal)


def _asking(
    request: OfficerRequest,
    offer: Offer,
    form: Form,
    typed: Typed,
    faults: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    by_name = {fault["name"]: fault for fault in reversed(faults or [])}
    fields = [
        (field, typed.get(field.name), by_name.get(field.name))
        for step in form.steps
        for field in step.fields
    ]
    context = {"offer": offer, "fields": fields, "faults": faults or []}
    return render(request, "administration/change.html", context, status=422 if faults else 200)


def unknown() -> Refusal:
    """The refusal of an address that names nothing."""
    return Refusal(
        "administration.unknown",
        says="没有这个区划、单位、职务或者人员。",
        do="请回到机构和人员，重新选择。",
        status=404,
    )


def _region(request: OfficerRequest, of: str) -> Offer:
    regions = {one.row.code: one.row for one in queries.tree(request.viewer, _today(request))}
    known = regions.get(RegionCode(of))
    if known is None and of != NEW:
        raise unknown()
    outer: dict[str, str] = {code: f"{one.name}（{code}）" for code, one in regions.items() if code != of}
    above = directory.regions() if known and known.parent and known.parent not in outer else []
    outer |= {one.code: one.name for one in above if known and one.code == known.parent}
    fields = [
        *([] if known else [forms.text("code", "区划代码", longest=15, about="6、9、12 或 15 位数字。")]),
        forms.text("name", "名称"),
        *([forms.choice("parent", "上级", outer)] if outer and (known is None or known.parent) else []),
    ]
    return Offer(
        title="修改区划" if known else "新增区划",
        about=f"{known.name}（{of}）" if known else "",
        back=TREE,
        fields=fields,
        known={"name": known.name, "parent": known.parent} if known else {},
        becomes=lambda told: [
            steps.HaveRegion(
                of if known else str(told["code"]).strip(), str(told["name"]), str(told.get("parent", ""))
            )
        ],
    )


def _body(request: OfficerRequest, of: str) -> Offer:
    view = None if of == NEW else queries.body_of(request.viewer, BodyCode(of), _today(request))
    regions: dict[str, str] = {
        one.row.code: f"{one.row.name}（{one.row.code}）"
        for one in queries.tree(request.viewer, _today(request))
    }
    fields = [
        *([] if view else [forms.code("code", "统一社会信用代码")]),
        forms.text("name", "名称", longest=120),
        forms.choice("region", "所在区划", regions),
        forms.choice("kind", "性质", commands.KINDS),
    ]
    return Offer(
        title="修改单位" if view else "新增单位",
        about=view.row.name if view else "",
        back=_to_body(of) if view else TREE,
        fields=fields,
        known={"name": view.row.name, "region": view.row.region, "kind": str(view.row.kind)} if view else {},
        becomes=lambda told: [
            steps.HaveBody(
                of if view else str(told["code"]), str(told["name"]), str(told["region"]), str(told["kind"])
            )
        ],
    )


def _closing(request: OfficerRequest, of: str) -> Offer:
    view = queries.body_of(request.viewer, BodyCode(of), _today(request))
    return Offer(
        title="撤销单位",
        about=view.row.name,
        back=_to_body(of),
        fields=[forms.day("on", "从哪一天起撤销")],
        known={"on": _today(request).isoformat()},
        becomes=lambda told: [steps.CloseBody(of, _day(told["on"]))],
    )


def _seal(request: OfficerRequest, of: str) -> Offer:
    view = queries.body_of(request.viewer, BodyCode(of), _today(request))
    return Offer(
        title="更换印章密钥",
        about=f"{view.row.name}。下一份文书起用新的密钥盖章；以前盖的章仍然验得出",
        back=_to_body(of),
        fields=[],
        known={},
        becomes=lambda told: [steps.RenewSeal(of)],
    )


def _post(request: OfficerRequest, of: str) -> Offer:
    code, _, post = of.partition(".")
    view = queries.body_of(request.viewer, BodyCode(code), _today(request))
    line = next((one for one in view.posts if str(one.row.id) == post), None)
    if post and line is None:
        raise unknown()
    roles = {str(role): words for role, words in commands.ROLES.items()}
    fields = [
        *([] if line else [forms.text("title", "职务名称")]),
        forms.choices("roles", "可以做什么", roles),
    ]
    return Offer(
        title="修改职务" if line else "新增职务",
        about=f"{view.row.name} {line.row.title}" if line else view.row.name,
        back=_to_body(code),
        fields=fields,
        known={"roles": sorted(line.row.roles)} if line else {},
        becomes=lambda told: [
            steps.HavePost(
                code,
                line.row.title if line else str(told["title"]),
                tuple(map(Role, _several(told["roles"]))),
            )
        ],
    )


def _newcomer(request: OfficerRequest, of: str) -> Offer:
    view = queries.body_of(request.viewer, BodyCode(of), _today(request))
    fields = [
        forms.text("number", "工号", longest=20, about="2 至 20 位字母、数字或短横；登录时用它。"),
        forms.text("name", "姓名"),
        *_appointment(view),
    ]
    return Offer(
        title="新进人员",
        about=view.row.name,
        back=_to_body(of),
        fields=fields,
        known={"since": _today(request).isoformat()},
        becomes=lambda told: _comes(view, told),
    )


def _person(request: OfficerRequest, of: str) -> Offer:
    view = _person_view(request, of)
    return Offer(
        title="修改姓名和工号",
        about=view.row.name,
        back=_to_person(of),
        fields=[forms.text("number", "工号", longest=20), forms.text("name", "姓名")],
        known={"number": view.row.number, "name": view.row.name},
        becomes=lambda told: [steps.HavePerson(of, str(told["name"]), str(told["number"]))],
    )


def _appointing(request: OfficerRequest, of: str) -> Offer:
    person = _person_view(request, of)
    if person.body is None:
        raise Refusal(
            "administration.appoint.nowhere",
            says="这位工作人员现在没有单位。",
            do="请在单位页面上按“新进人员”，填原来的工号。",
        )
    view = queries.body_of(request.viewer, person.body, _today(request))
    return Offer(
        title="任职",
        about=f"{person.row.name}，{view.row.name}",
        back=_to_person(of),
        fields=_appointment(view),
        known={"since": _today(request).isoformat()},
        becomes=lambda told: [_appoint(view, of, told)],
    )


def _relieving(request: OfficerRequest, of: str) -> Offer:
    officer, _, post = of.partition(".")
    person = _person_view(request, officer)
    line = next((one for one in person.tenures if str(one.post.id) == post and one.until is None), None)
    if line is None:
        raise unknown()
    return Offer(
        title="免职",
        about=f"{person.row.name}，{line.body_name} {line.post.title}",
        back=_to_person(officer),
        fields=[forms.day("on", "从哪一天起不再担任")],
        known={"on": _today(request).isoformat()},
        becomes=lambda told: [steps.Relieve(officer, line.post.body, line.post.title, _day(told["on"]))],
    )


def _suspending(request: OfficerRequest, of: str) -> Offer:
    person = _person_view(request, of)
    return Offer(
        title="停职",
        about=f"{person.row.name}。停职期间不能登录办事；手里的件请负责人收回另派",
        back=_to_person(of),
        fields=[forms.day("since", "从哪一天起")],
        known={"since": _today(request).isoformat()},
        becomes=lambda told: [steps.Suspend(of, _day(told["since"]))],
    )


def _restoring(request: OfficerRequest, of: str) -> Offer:
    person = _person_view(request, of)
    return Offer(
        title="恢复职务",
        about=person.row.name,
        back=_to_person(of),
        fields=[forms.day("on", "从哪一天起")],
        known={"on": _today(request).isoformat()},
        becomes=lambda told: [steps.Restore(of, _day(told["on"]))],
    )


def _admitting(request: OfficerRequest, of: str) -> Offer:
    person = _person_view(request, of)
    return Offer(
        title="发初始密码",
        about=f"{person.row.name}。用工号登录；密码只显示一次，请当面交给本人；以前的密码作废",
        back=_to_person(of),
        fields=[],
        known={},
        becomes=lambda told: [steps.AdmitOfficer(of)],
    )


NEW: Final = "new"
TREE: Final = "/desk/administration/directory"

OFFERS: Final[Mapping[str, Callable[[OfficerRequest, str], Offer]]] = {
    "region": _region,
    "body": _body,
    "close-body": _closing,
    "seal": _seal,
    "post": _post,
    "newcomer": _newcomer,
    "person": _person,
    "appoint": _appointing,
    "relieve": _relieving,
    "suspend": _suspending,
    "restore": _restoring,
    "sign-in": _admitting,
}
"""Every single change, by the word of its address."""


def _appointment(view: queries.BodyView) -> list[dict[str, Any]]:
    posts = {str(one.row.id): f"{one.row.title}（{one.roles}）" for one in view.posts}
    if not posts:
        raise Refusal(
            "administration.appoint.no-post", says="这个单位还没有职务。", do="请先新增职务，再任命。"
        )
    return [forms.choice("post", "职务", posts), forms.day("since", "从哪一天起")]


def _appoint(view: queries.BodyView, officer: str, told: Typed) -> steps.Appoint:
    title = next(one.row.title for one in view.posts if str(one.row.id) == told["post"])
    return steps.Appoint(officer, view.row.code, title, _day(told["since"]))


def _comes(view: queries.BodyView, told: Typed) -> list[commands.Step]:
    """Whoever has this number already comes back; else somebody new."""
    number = str(told["number"])
    officer = str(queries.officer_with(number) or commands.officer_numbered(number))
    return [steps.HavePerson(officer, str(told["name"]), number), _appoint(view, officer, told)]


def _person_view(request: OfficerRequest, of: str) -> queries.PersonView:
    try:
        officer = OfficerId(UUID(of))
    except ValueError:
        raise unknown() from None
    return queries.person_of(request.viewer, officer, _today(request))


def _to_body(code: str) -> str:
    return f"{TREE}/bodies/{code}"


def _to_person(officer: str) -> str:
    return f"/desk/administration/people/{officer}"


def _today(request: OfficerRequest) -> date:
    return legal_day(request.now)


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


def _several(chosen: object) -> list[str]:
    return list(chosen) if isinstance(chosen, list | tuple) else [str(chosen)]
