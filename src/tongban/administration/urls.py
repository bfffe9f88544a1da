"""Addresses of administration, from the site's root."""

app_name = "administration"

urlpatterns: list[object] = []
