"""The simulated clock, and the frame that says so: every request of a learner has its exercise's moment.

Only the settings of exercises name what is here.
"""

from collections.abc import Callable
from typing import Any, Final, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from tongban.kernel.ids import OfficerId
from tongban.kernel.pages import Request
from tongban.learning import api

Answer = Callable[[HttpRequest], HttpResponse]
_STANDS: Final = "tongban.exercise.stands"
"""Under what a request holds where its learner's clock stands; no browser can send a name like this."""


def of_the_learner(get_response: Answer) -> Answer:
    """Give a learner's request the moment of their exercise; after an act, let its consequences happen.

    One statement for every request of somebody signed in; the moment stands in the database, so that all
    processes agree.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        learner = _learner(request)
        work = api.at_work(learner) if learner else None
        if work is not None:
            cast(Request, request).now = work.moment
            request.META[_STANDS] = work.moment
        response = get_response(request)
        if learner is not None and request.method == "POST" and api.keep_up(learner):
            messages.success(request, "模拟的负责人看过了，已经批准。")
        return response

    return answer


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page says of the exercise: that it is one, and where its clock stands."""
    return {"exercise": True, "exercise_now": request.META.get(_STANDS)}


def _learner(request: HttpRequest) -> OfficerId | None:
    """The officer who is signed in; nothing is asked of a request without a session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return None
    officer = getattr(request.user, "officer_id", None)
    return OfficerId(officer) if officer else None
