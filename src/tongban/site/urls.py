"""Every address of the site begins here."""

from django.urls import include, path

from tongban.site import answers, health, mailbox
from tongban.site.api import api

urlpatterns = [
    # First, for addresses are tried in this order and programs ask the most.
    path("api/v1/", api.urls),
    path("", include("tongban.identity.urls")),
    path("", include("tongban.ledger.urls")),
    path("", include("tongban.catalogue.urls")),
    path("", include("tongban.notices.urls")),
    path("", include("tongban.certificates.urls")),
    path("", include("tongban.cases.urls")),
    path("", include("tongban.hotline.urls")),
    path("", include("tongban.counters.urls")),
    path("", include("tongban.administration.urls")),
    path("", include("tongban.plans.urls")),
    path("", include("tongban.portal.urls")),
    path("", include("tongban.desk.urls")),
    path("demonstration/mail", mailbox.mailbox, name="mailbox"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]

handler400 = answers.bad_request
handler403 = answers.forbidden
handler404 = answers.missing
handler500 = answers.fault
