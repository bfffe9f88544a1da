"""The API: one address for programs, tokens instead of sessions, every refusal as problem+json."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, cast

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from tongban.cases.endpoints import router as cases
from tongban.catalogue.endpoints import guides_only, rules, searching
from tongban.catalogue.endpoints import router as items
from tongban.certificates.endpoints import router as certificates
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.pages import Request
from tongban.kernel.refusal import Refusal
from tongban.papers.endpoints import router as files
from tongban.site import answers
from tongban.site.faults import faults_of
from tongban.site.parsing import StrictJson


class Bearer(HttpBearer):
    """A token made by `tongban token create`; `request.viewer` is whose it is. One statement."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer:
        """Refused (401) for a token that is unknown, over or revoked."""
        asked = cast(Request, request)
        asked.viewer = identity.bearer(token, asked.now)
        return asked.viewer


class Json(BaseRenderer):
    """JSON by orjson: instants, days and ids as text."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The answer in UTF-8."""
        return orjson.dumps(data)


PROBLEM: Final = {
    "description": "A refusal: what is wrong, what to do, and a stable code (RFC 9457).",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "code", "detail", "do"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "code": {"type": "string", "description": "Stable; to search for and to act on."},
                    "detail": {"type": "string", "description": "What is wrong, in Chinese."},
                    "do": {"type": "string", "description": "What to do, in Chinese."},
                    "faults": {
                        "type": "array",
                        "description": "Every fault at once, where there are several.",
                        "items": {"type": "object"},
                    },
                    "id": {"type": "string", "description": "Of a fault of ours: finds its line in the log."},
                },
            }
        }
    },
}


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return answers.problem(refusal)


def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answers.problem(
        Refusal(
            "access.sign-in",
            says="没有令牌。",
            do="请在请求头带上 Authorization: Bearer 令牌。",
            status=401,
        )
    )


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = faults_of(error.errors)
    return answers.problem(
        Refusal(
            "request.invalid",
            says=f"请求里有 {len(error.errors)} 处不对。",
            do="请按每一处的提示改正后再发。",
            status=422,
            faults=faults,
        )
    )


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    # ninja hides what the parser said behind an error of its own.
    if isinstance(error.__cause__, Refusal):
        return answers.problem(error.__cause__)
    status = HTTPStatus(error.status_code)
    return answers.problem(
        Refusal(
            "request.malformed",
            says="请求的内容无法读取。",
            do="请检查它是不是完整的 UTF-8 JSON。",
            status=status,
        )
    )


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answers.problem(answers.UNKNOWN)


def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return answers.problem(answers.TOO_LARGE)


HANDLERS: Final[Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = {
    Refusal: _refused,
    AuthenticationError: _not_signed_in,
    ValidationError: _invalid,
    HttpError: _unreadable,
    Http404: _missing,
    RequestDataTooBig: _too_large,
}


class Api(NinjaAPI):
    """An API of ours: what it reads, writes and answers, whoever's endpoints it holds."""

    def __init__(self, **named: Any) -> None:
        super().__init__(docs_url=None, auth=Bearer(), parser=StrictJson(), renderer=Json(), **named)
        self._described: dict[str | None, OpenAPISchema] = {}

    def set_default_exception_handlers(self) -> None:
        """Whatever is wrong with a request becomes a problem."""
        super().set_default_exception_handlers()
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document; it says of every operation that it may refuse.

        Put together once in a process: that takes a fifth of a second, and anybody may ask for it.
        """
        if path_prefix not in self._described:
            schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            for operations in schema["paths"].values():
                for operation in operations.values():
                    operation["responses"]["default"] = PROBLEM
            self._described[path_prefix] = schema
        return self._described[path_prefix]


api = Api(
    title="通办 Tongban",
    version="1",
    description="Apply, follow and handle cases. Errors are problem+json with a stable code.",
    openapi_url="/openapi.json",
)
api.add_router("/files", files)
api.add_router("/items", items)
api.add_router("/items", rules)
api.add_router("/guides", guides_only)
api.add_router("/search", searching)
api.add_router("", certificates)
api.add_router("", cases)
