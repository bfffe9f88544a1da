"""Addresses of cases, from the site's root."""

from django.urls import path, re_path, register_converter

from tongban.cases.pages import (
    acts,
    applying,
    checking,
    drafting,
    examining,
    following,
    joining,
    looking,
    starting,
    supplying,
    talking,
    together,
    uploading,
)
from tongban.cases.pages.numbers import NumberConverter, RowConverter

app_name = "cases"
register_converter(NumberConverter, "number")
register_converter(RowConverter, "row")

urlpatterns = [
    path("items/<slug:slug>/apply", starting.apply, name="apply"),
    path("drafts/<uuid:draft>", drafting.tasks, name="draft"),
    path("drafts/<uuid:draft>/who", starting.who, name="draft-who"),
    path("drafts/<uuid:draft>/check", checking.check, name="draft-check"),
    path("drafts/<uuid:draft>/discard", drafting.discard, name="draft-discard"),
    path("drafts/<uuid:draft>/materials/<slug:kind>", uploading.material, name="draft-material"),
    path("drafts/<uuid:draft>/<slug:code>", drafting.page, name="draft-page"),
    path("cases/", following.mine, name="mine"),
    path("cases/<number:number>", following.case, name="case"),
    path("cases/<number:number>/receipt", following.receipt, name="receipt"),
    path("cases/<number:number>/receipt/mail", following.receipt_by_mail, name="receipt-by-mail"),
    path("cases/<number:number>/receipt.txt", following.receipt_file, name="receipt-file"),
    path("cases/<number:number>/materials/<row:id>", following.material, name="material"),
    path("cases/<number:number>/papers/<row:seq>", following.paper, name="paper"),
    path("cases/<number:number>/resubmit", applying.resubmit, name="resubmit"),
    path("cases/<number:number>/supply", supplying.supply, name="supply"),
    path("cases/<number:number>/withdrawal", applying.withdrawal, name="withdrawal"),
    path("cases/<number:number>/withdraw", applying.withdraw, name="withdraw"),
    path("cases/<number:number>/messages", talking.talk, name="messages"),
    path("cases/<number:number>/contact", talking.contact, name="contact"),
    path("cases/<number:number>/clock", looking.clock, name="clock"),
    path("cases/<number:number>/proof", looking.proof, name="proof"),
    path("cases/<number:number>/looks", looking.looks, name="looks"),
    path("cases/<number:number>/looks/<row:look>/contest", looking.contest, name="contest"),
    path("cases/<number:number>/contests/<row:seq>", looking.answer, name="answer"),
    path("cases/<number:number>/consultations/<row:seq>", together.consultation, name="consultation"),
    path("joint/<number:number>", joining.joint, name="joint"),
    path("joint/<number:number>/receipt", joining.receipt, name="joint-receipt"),
    path("joint/<number:number>/results", joining.results, name="joint-results"),
    path("joint/<number:number>/withdrawal", joining.withdrawal, name="joint-withdrawal"),
    path("joint/<number:number>/withdraw", joining.withdraw, name="joint-withdraw"),
    path("looks", looking.all_looks, name="all-looks"),
    path("cases/<number:number>/checklist", examining.checklist, name="checklist"),
    path("cases/<number:number>/files/<row:id>", examining.file, name="file"),
    path("cases/<number:number>/corrections/<row:seq>/<row:nth>", examining.spot, name="spot"),
    path("cases/<number:number>/acts/<slug:code>", acts.act, name="act"),
    re_path(r"^queues/(?P<queue>[A-Za-z0-9.]{1,80})/next$", acts.take_next, name="take-next"),
    path("approvals/<uuid:approval>/approve", acts.approve, name="approve"),
    path("approvals/<uuid:approval>/decline", acts.decline, name="decline"),
]
