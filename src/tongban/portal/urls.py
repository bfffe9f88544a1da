"""Addresses of the portal, from the site's root."""

from django.urls import path

from tongban.portal.pages import design, home, mine, preferences, verifying

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences", preferences.preferences, name="preferences"),
    path("design", design.design, name="design"),
    path("mine", mine.mine, name="mine"),
    path("mine/data", mine.data, name="data"),
    path("mine/data/take", mine.take, name="take"),
    path("verify", verifying.verify, name="verify"),
    path("verify/<slug:code>", verifying.checked, name="checked"),
]
