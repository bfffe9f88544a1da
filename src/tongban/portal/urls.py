"""Addresses of the portal, from the site's root."""

from django.urls import path

from tongban.portal import pages

app_name = "portal"

urlpatterns = [path("", pages.home, name="home")]
