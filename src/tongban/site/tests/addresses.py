"""The site's addresses, and beside them some where everything goes wrong that can."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST
from ninja import Router
from pydantic import BaseModel, Field

from tongban.kernel.pages import ANYONE, OFFICERS, PEOPLE, Request, open_to
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.site import urls
from tongban.site.api import Api

SECRET = "张三的身份证号码"


@open_to(ANYONE)
def refusing(request: Request) -> HttpResponse:
    raise Refusal(
        "trial.refused", says="这件事已经撤回。", do="请重新提交。", faults=[{"says": "一", "do": "二"}]
    )


@open_to(ANYONE)
def broken(request: Request) -> HttpResponse:
    raise ValueError(SECRET)


@open_to(ANYONE)
def away(request: Request) -> HttpResponse:
    raise OperationalError(SECRET)


@open_to(ANYONE)
def constrained(request: Request, about: str) -> HttpResponse:
    run("insert into ledger_head (id, size, checkpoint) values (1, 0, $1::text)", (about,))
    return HttpResponse()


@open_to(ANYONE)
def forbidden(request: Request) -> HttpResponse:
    raise PermissionDenied


@open_to(PEOPLE)
def for_people(request: Request) -> HttpResponse:
    return HttpResponse(request.viewer.shown_as)


@open_to(OFFICERS)
def for_officers(request: Request) -> HttpResponse:
    return HttpResponse(request.viewer.shown_as)


@open_to(PEOPLE)
@require_POST
def pressing(request: Request) -> HttpResponse:
    return HttpResponse(request.POST["text"])


class Inner(BaseModel):
    """What an input may hold."""

    name: str = Field(min_length=2, max_length=9)
    age: int = Field(ge=0, le=150)
    born: date | None = None


class Outer(BaseModel):
    """An input with another inside."""

    one: Inner
    more: list[Inner] = Field(default_factory=list, max_length=3)
    any: Any = None


router = Router()


@router.post("/echo", response=Outer, auth=None)
def echo(request: Request, given: Outer) -> Outer:
    run("select $1::text", (given.one.name,))
    return given


@router.get("/broken", auth=None)
def broken_for_programs(request: Request) -> None:
    raise ValueError(SECRET)


@router.get("/away", auth=None)
def away_for_programs(request: Request) -> None:
    raise OperationalError(SECRET)


@router.get("/who")
def who(request: Request) -> dict[str, str]:
    return {"who": request.viewer.shown_as}


trial = Api(urls_namespace="trial", openapi_url=None)
trial.add_router("", router)

urlpatterns = [
    *urls.urlpatterns,
    path("trial/refusing", refusing),
    path("trial/broken", broken),
    path("trial/away", away),
    path("trial/constrained/<str:about>", constrained),
    path("trial/forbidden", forbidden),
    path("trial/people", for_people),
    path("trial/officers", for_officers),
    path("trial/pressing", pressing),
    path("api/trial/", trial.urls),
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
