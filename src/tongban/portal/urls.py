"""Addresses of the portal, from the site's root."""

from django.urls import path

from tongban.portal.pages import (
    arranging,
    design,
    home,
    listing,
    mine,
    order,
    preferences,
    receipts,
    search,
    telling,
    verifying,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("search/suggestions", search.suggestions, name="suggestions"),
    path("home/arrange", arranging.arrange, name="arrange"),
    path("preferences", preferences.preferences, name="preferences"),
    path("design", design.design, name="design"),
    path("topics/<slug:topic>", listing.topic, name="topic"),
    path("items/", listing.items, name="items"),
    path("ledger/today", order.today, name="order"),
    path("ledger/today/<str:queue>", order.line, name="line"),
    path("ledger/overtakings", order.overtakings, name="overtakings"),
    path("ledger/find", receipts.find, name="find"),
    path("about", telling.about, name="about"),
    path("accessibility", telling.accessibility, name="accessibility"),
    path("robots.txt", telling.robots, name="robots"),
    path("sitemap.xml", telling.sitemap, name="sitemap"),
    path("mine", mine.mine, name="mine"),
    path("mine/data", mine.data, name="data"),
    path("mine/data/take", mine.take, name="take"),
    path("verify", verifying.verify, name="verify"),
    path("verify/<slug:code>", verifying.checked, name="checked"),
]
