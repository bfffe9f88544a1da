"""Addresses of administration, from the site's root."""

from django.urls import path

from tongban.administration import pages

app_name = "administration"

HERE = "desk/administration"

urlpatterns = [
    path(f"{HERE}/", pages.home, name="home"),
    path(f"{HERE}/directory", pages.directory, name="directory"),
    path(f"{HERE}/directory/bodies/<str:body>", pages.body, name="body"),
    path(f"{HERE}/people/<uuid:officer>", pages.person, name="person"),
    path(f"{HERE}/changes/<slug:which>/<str:of>", pages.change, name="change"),
    path(f"{HERE}/import", pages.importing, name="import"),
    path(f"{HERE}/import/template.xlsx", pages.template, name="template"),
    path(f"{HERE}/import/directory.xlsx", pages.filled_in, name="filled-in"),
    path(f"{HERE}/proposals/<uuid:proposal>", pages.proposal, name="proposal"),
    path(f"{HERE}/calendar", pages.calendar, name="calendar"),
    path(f"{HERE}/items", pages.items, name="items"),
    path(f"{HERE}/items/<slug:slug>/<int:version>", pages.item, name="item"),
    path(f"{HERE}/keys", pages.keys, name="keys"),
    path(f"{HERE}/record", pages.record, name="record"),
    path(f"{HERE}/record/<int:change>", pages.recorded, name="recorded"),
]
