"""Addresses of notices and announcements, from the site's root."""

from django.urls import path

from tongban.notices import pages

app_name = "notices"

urlpatterns = [
    path("notices", pages.notices, name="notices"),
    path("notices/read", pages.read_all, name="read-all"),
    path("notices/choices", pages.choices, name="choices"),
    path("notices/<int:notice>", pages.notice, name="notice"),
    path("announcements", pages.announcements, name="announcements"),
    path("announcements/<slug:announcement>", pages.announcement, name="announcement"),
]
