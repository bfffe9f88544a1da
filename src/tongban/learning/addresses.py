"""Every address of an exercise: its own, and those of the site."""

from django.urls import include, path

from tongban.site import urls

urlpatterns = [path("", include("tongban.learning.urls")), *urls.urlpatterns]

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
