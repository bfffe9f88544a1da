"""Addresses of the catalogue, from the site's root."""

from django.urls import path

from tongban.catalogue import pages

app_name = "catalogue"

urlpatterns = [path("items/<slug:slug>", pages.guide, name="guide")]
