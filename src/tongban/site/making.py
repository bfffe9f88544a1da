"""While the past of a demonstration is being made: everything may be read, nothing done.

Whoever acted meanwhile would act in the middle of that past, before the officers of that day.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from tongban.engine.phrase import phrase
from tongban.kernel.refusal import Refusal
from tongban.site import answers

OPEN: Final = ("/sign-in", "/sign-out")
READING: Final = ("GET", "HEAD", "OPTIONS")

CLOSED: Final = Refusal(
    "demonstration.being-made",
    says=phrase("演示城市过去半年的办件还在生成，现在只能看，不能办。"),
    do=phrase("请过两三分钟再来；页面最上面写着已经生成到哪一天。"),
    status=503,
)


def closed_while_being_made(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what would change anything, but for signing in and out; and the form that leads to it."""

    def answer(request: HttpRequest) -> HttpResponse:
        acts = request.method not in READING and request.path_info not in OPEN
        # Whoever may not send it need not fill it in.
        begins = request.path_info.endswith("/apply")
        if (acts or begins) and settings.BEING_MADE.exists():
            response = answers.refused(request, CLOSED)
            response["Retry-After"] = "60"
            return response
        return get_response(request)

    return answer


def come_to() -> str | None:
    """How far the past has come, in words; None where nothing is being made."""
    try:
        day = date.fromisoformat(settings.BEING_MADE.read_text())
    except FileNotFoundError:
        return None
    except ValueError:  # It only begins.
        return _("刚开始")
    return _("已到 %(day)s") % {"day": written(day, _("n 月 j 日"))}
