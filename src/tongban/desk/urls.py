"""Addresses of the desk, from the site's root."""

from django.urls import path

from tongban.desk import pages

app_name = "desk"

urlpatterns = [
    path("desk/", pages.desk, name="desk"),
    path("desk/figures", pages.figures, name="figures"),
    path("desk/unanswered", pages.unanswered, name="unanswered"),
    path("desk/cases/<number:number>", pages.case, name="case"),
    path("desk/certificates/<str:certificate>", pages.certificate, name="certificate"),
]
