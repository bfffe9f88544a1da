"""Addresses of the desk, from the site's root."""

from django.urls import path, re_path

from tongban.desk.pages import assigning, case, certificate, desk, duty, leading, listed, unanswered

app_name = "desk"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/figures", leading.figures, name="figures"),
    path("desk/duty", duty.duty, name="duty"),
    path("desk/duty/<row:absence>/end", duty.end, name="duty-end"),
    path("desk/find", desk.find, name="find"),
    path("desk/keys", desk.keys, name="keys"),
    path("desk/cases/<number:number>/now", case.now, name="now"),
    re_path(r"^desk/queues/(?P<queue>[A-Za-z0-9.]{1,80})/assign$", assigning.assign, name="assign"),
    path("desk/figures.xlsx", leading.exported, name="figures-exported"),
    path("desk/cases", listed.listed, name="listed"),
    path("desk/cases.xlsx", listed.exported, name="listed-exported"),
    path("desk/unanswered", unanswered.unanswered, name="unanswered"),
    path("desk/cases/<number:number>", case.case, name="case"),
    path("desk/certificates/<str:certificate>", certificate.certificate, name="certificate"),
]
