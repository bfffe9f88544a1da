"""Addresses of the hotline, from the site's root."""

from django.urls import path

from tongban.hotline import pages

app_name = "hotline"

urlpatterns = [
    path("call-back", pages.call_back, name="call-back"),
    path("call-back/standing", pages.standing, name="standing"),
    path("desk/call-backs", pages.calls, name="calls"),
    path("desk/call-backs/<uuid:key>", pages.call, name="call"),
]
