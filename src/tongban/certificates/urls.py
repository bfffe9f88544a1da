"""Addresses of certificates, from the site's root."""

from django.urls import path

from tongban.certificates import pages

app_name = "certificates"

urlpatterns = [
    path("wallet", pages.wallet, name="wallet"),
    path("wallet/<str:certificate>", pages.certificate, name="certificate"),
    path("wallet/<str:certificate>/show", pages.show, name="show"),
    path("certificates/<str:certificate>", pages.check, name="check"),
    path("certificates/<str:certificate>/acts/<slug:code>", pages.act, name="act"),
]
