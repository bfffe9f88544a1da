"""Addresses of the exercises, from the site's root; no other installation has them."""

from django.urls import path

from tongban.learning import pages

app_name = "learning"

urlpatterns = [
    path("exercise", pages.exercises, name="exercises"),
    path("exercise/clock", pages.clock, name="clock"),
    path("exercise/learners", pages.learners, name="learners"),
    path("exercise/<slug:slug>", pages.exercise, name="exercise"),
    path("exercise/<slug:slug>/begin", pages.begin, name="begin"),
    path("exercise/<slug:slug>/check", pages.check, name="check"),
    path("exercise/<slug:slug>/result", pages.result, name="result"),
]
