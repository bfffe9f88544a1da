"""Addresses of the catalogue, from the site's root."""

from django.urls import path

from tongban.catalogue import pages

app_name = "catalogue"

urlpatterns = [
    path("items/<slug:slug>", pages.guide, name="guide"),
    path("items/<slug:slug>/situation", pages.situation, name="situation"),
    path("items/<slug:slug>/guide.pdf", pages.guide_pdf, name="guide-pdf"),
    path("items/<slug:slug>/materials/<slug:kind>/blank.pdf", pages.form_pdf, name="form-pdf"),
    path("items/<slug:slug>/materials/<slug:kind>/sample.pdf", pages.sample_pdf, name="sample-pdf"),
    path("items/<slug:slug>/rule", pages.rule, name="rule"),
    path("items/<slug:slug>/versions", pages.versions, name="versions"),
    path("items/<slug:slug>/versions/<int:version>", pages.one_version, name="version"),
]
