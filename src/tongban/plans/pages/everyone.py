"""What everybody sees: what the city has undertaken, and how much of it is done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.plans import queries


@require_safe
@open_to(ANYONE)
def published(request: Request) -> HttpResponse:
    """Every published plan with what is done of it and what is late. Three statements."""
    return render(request, "plans/published.html", {"plans": queries.published(at=request.now)})


@require_safe
@open_to(ANYONE)
def published_plan(request: Request, plan: str) -> HttpResponse:
    """A published plan, measure by measure. Three statements."""
    return render(
        request, "plans/published_plan.html", {"plan": queries.published_plan(plan, at=request.now)}
    )
