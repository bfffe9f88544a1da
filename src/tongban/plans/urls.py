"""Addresses of plans, from the site's root."""

from django.urls import path

from tongban.plans import pages

app_name = "plans"

HERE = "desk/plans"

urlpatterns = [
    path("plans", pages.published, name="published"),
    path("plans/<slug:plan>", pages.published_plan, name="published-plan"),
    path(HERE, pages.home, name="home"),
    path(f"{HERE}/template.xlsx", pages.template, name="template"),
    path(f"{HERE}/import", pages.bring, name="import"),
    path(f"{HERE}/readings/<uuid:reading>", pages.reading, name="reading"),
    path(f"{HERE}/<slug:plan>", pages.plan, name="plan"),
    path(f"{HERE}/<slug:plan>/plan.xlsx", pages.filled_in, name="filled-in"),
    path(f"{HERE}/<slug:plan>/measures", pages.measures, name="measures"),
    path(f"{HERE}/<slug:plan>/measures.xlsx", pages.exported, name="exported"),
    path(f"{HERE}/<slug:plan>/<row:measure>", pages.measure, name="measure"),
    path(f"{HERE}/<slug:plan>/<row:measure>/<slug:act>", pages.act, name="act"),
]
