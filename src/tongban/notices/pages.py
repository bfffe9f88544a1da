"""What people see of notices: their own, what they want by mail, and what the city tells everyone."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.kernel.pages import ANYONE, PEOPLE, Request, open_to
from tongban.notices import commands, queries

LEADS_TO: Final = {
    queries.About.CASE: "cases:case",
    queries.About.CERTIFICATE: "certificates:certificate",
    queries.About.DRAFT: "cases:draft",
}


@require_safe
@open_to(PEOPLE)
def notices(request: Request) -> HttpResponse:
    """One's own notices, the newest first, page by page."""
    page = queries.notices_of(request.viewer, cursor=request.GET.get("after", ""))
    unread = any(not row.read for row in page.rows)
    context = {
        "rows": page.rows,
        "next": page.next,
        "some_unread": unread,
        "first": not request.GET.get("after"),
    }
    return render(request, "notices/notices.html", context)


@require_safe
@open_to(PEOPLE)
def notice(request: Request, notice: int) -> HttpResponse:
    """Open a notice: it counts as read, and one stands before what it is about."""
    leads = commands.mark_read(notice, request.viewer, at=request.now)
    return redirect(LEADS_TO[leads.about], leads.number)


@require_POST
@open_to(PEOPLE)
def read_all(request: Request) -> HttpResponse:
    """Count everything told so far as read."""
    commands.mark_all_read(request.viewer, at=request.now)
    return redirect("notices:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(PEOPLE)
def choices(request: Request) -> HttpResponse:
    """What one wants by mail; on the page everything stands anyway."""
    if request.method == "POST":
        wanted = [group for group in queries.Group if group in request.POST.getlist("group")]
        commands.want(request.viewer, queries.MAIL, wanted)
        messages.success(request, gettext("已经记下。"))
        return redirect("notices:choices")
    return render(request, "notices/choices.html", {"choices": queries.choices_of(request.viewer)})


@require_safe
@open_to(ANYONE)
def announcements(request: Request) -> HttpResponse:
    """What the city tells everyone now."""
    return render(request, "notices/announcements.html", {"rows": queries.announcements(request.now)})


@require_safe
@open_to(ANYONE)
def announcement(request: Request, announcement: str) -> HttpResponse:
    """One announcement, also when it has had its time."""
    view = queries.announcement(announcement, request.now)
    return render(request, "notices/announcement.html", {"view": view, "one": view.announcement})
