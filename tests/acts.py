"""How far cases of the tests' city are brought, and what each act and word in one needs."""

from datetime import timedelta
from typing import Any

from tongban.cases.commands import CorrectionFault
from tongban.cases.tests.world import FOOD_ANSWERS, MONDAY

STAGES: dict[str, tuple[str, ...]] = {
    "awaiting": ("take", "correct"),
    "taken": ("take",),
    "resubmitted": ("take", "correct", "resubmit", "take"),
    "lacking": ("lack", "take"),
    "owing": ("lack", "take", "tolerate"),
    "accepted": ("take", "accept"),
    "special": ("take", "accept", "stop"),
    "granted": ("take", "accept", "grant"),
    "asked": ("take", "accept", "ask"),
    "consulted": ("take", "accept", "consult"),
    "late": ("long ago", "take", "accept"),
    "waiting": (),
}
"""How far a case is brought; those that wait come last, so that the next in turn is always the right one."""

OF_BOTH = {"awaiting", "owing", "accepted", "granted", "waiting"}
"""Stages in which an applicant may act or read; the others differ for officers alone."""

COLLEAGUE = "the other handler"
"""Stands for the id of that officer, whom each city has anew."""

OWED = "a file of what is owed"
"""Stands for the list of one file that whoever tries uploads."""

LONG_AGO = MONDAY - timedelta(days=60)
"""When what is late by Monday was accepted."""

FAULTS = [CorrectionFault(place="设备布局图", basis="食品安全法", do="请标出洗消间。")]

ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "take": ("waiting", {}),
    "release": ("taken", {}),
    "accept": ("taken", {}),
    "accept-tolerantly": ("lacking", {}),
    "supply": ("owing", {"materials": OWED}),
    "refuse-acceptance": ("taken", {"ground": "not-ours", "text": "请到市局办理。"}),
    "return-for-correction": ("taken", {"faults": [{"place": "图", "basis": "法", "do": "请补上。"}]}),
    "resubmit": ("awaiting", {"answers": FOOD_ANSWERS}),
    "remind": ("resubmitted", {"text": "还缺布局图。"}),
    "start-special-procedure": (
        "accepted",
        {"procedure": "hearing", "told_until": "2026-03-20", "text": "依申请组织听证"},
    ),
    "end-special-procedure": ("special", {}),
    "extend": ("accepted", {"text": "情况复杂"}),
    "extend-jointly": ("late together", {"text": "还要现场核查"}),
    "forward": ("examined", {"text": "情况属实"}),
    "complete-task": ("drawn", {"task": "examine", "text": "看过了"}),
    "ask-opinion": ("drawn", {"task": "traffic", "text": "影响设施吗？"}),
    "change-flow": ("drawn", {"version": "2", "text": "新图少一步"}),
    "grant": ("accepted", {"text": "符合条件"}),
    "refuse": ("accepted", {"text": "不符合条件"}),
    "deliver": ("granted", {"way": "window"}),
    "withdraw": ("waiting", {}),
    "terminate": ("accepted", {"ground": "no-object", "text": "场所已经拆除"}),
    "reverse": ("granted", {"text": "适用法律错误"}),
    "revoke": ("granted", {"ground": "fraud", "text": "材料是伪造的"}),
    "assign": ("waiting", {"to": COLLEAGUE}),
    "hand-over": ("accepted", {"to": COLLEAGUE, "text": "请接着办"}),
    "note": ("accepted", {"text": "已电话核实"}),
    "consult": ("accepted", {"whom": COLLEAGUE, "days": "3", "text": "在红线里吗？"}),
    "supervise": ("late", {"days": "2", "text": "请本周办结。"}),
    "explain": ("late", {"cause": "staff", "until": "2026-03-12", "text": "人手不够，周四办结。"}),
}
"""Every act, with the stage in which it is possible and what it needs: only access decides."""

SAID: dict[str, tuple[str, dict[str, Any]]] = {
    "messages": ("accepted", {"text": "请问什么时候来现场？"}),
    "contact": ("accepted", {"phone": "13900000001"}),
    "contest": ("accepted", {"text": "这一天没有人告诉我要看。"}),
    "answer": ("taken", {"text": "查看是核对布局图所需。"}),
    "consultations": ("consulted", {"text": "在红线外。"}),
}
"""What is said in a case: in which stage it is tried, and what it sends."""

SAID["contests"] = SAID["answer"]
SAID["opinion"] = SAID["no-opinion"] = SAID["consultations"]

CERTIFICATE_ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "change": ("holding", {"lines": {"经营场所": "成都市锦江区东大街9号"}, "text": "搬迁"}),
    "suspend": ("holding", {"text": "现场核查"}),
    "restore": ("suspended", {"text": "核查合格"}),
    "endorse": ("to-endorse", {}),
    "cancel": ("holding", {"text": "不再经营"}),
    "ask-revocation": ("holding", {"ground": "penalty", "text": "多次违法"}),
    "approve-revocation": ("asked", {}),
    "decline-revocation": ("asked", {}),
}
"""Every act on a certificate, with how that one stands and what it needs."""
