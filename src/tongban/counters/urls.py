"""Addresses of windows, from the site's root. `cases` leads to /desk/window/cases/… and …/joint/… by text."""

from django.urls import path

from tongban.counters import pages

app_name = "counters"

urlpatterns = [
    path("desk/window", pages.window, name="window"),
    path("desk/window/typed-again", pages.typed_again, name="typed-again"),
    path("desk/window/cases/<number:number>", pages.case, name="case"),
    path("desk/window/cases/<number:number>/papers/<row:seq>", pages.paper, name="paper"),
    path("desk/window/joint/<number:number>", pages.joint, name="joint"),
    path("desk/window/joint/<number:number>/receipt", pages.joint_receipt, name="joint-receipt"),
    path("desk/window/<uuid:reception>", pages.reception, name="reception"),
    path("desk/window/<uuid:reception>/items/<slug:slug>", pages.begin, name="begin"),
    path("desk/window/<uuid:reception>/drafts/<uuid:draft>", pages.take_up, name="take-up"),
    path("desk/window/<uuid:reception>/leave", pages.leave, name="leave"),
]
