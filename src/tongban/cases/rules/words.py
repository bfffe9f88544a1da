"""What people call stages, acts, grounds and reasons; one word for one thing on every page and notice."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tongban.cases.rules.life import Act, Stage
from tongban.engine.flow import FOUND, NOT_FOUND
from tongban.kernel import languages
from tongban.kernel.lights import LIGHT_NAMES as LIGHT_NAMES

STAGE_NAMES: dict[Stage, str] = {
    Stage.AWAITING_RESULT: _("等前一件的结果"),
    Stage.SUBMITTED: _("已提交，待受理"),
    Stage.AWAITING_CORRECTION: _("需要补正"),
    Stage.RESUBMITTED: _("已补正，待受理"),
    Stage.NOT_ACCEPTED: _("不予受理"),
    Stage.ACCEPTED: _("已受理，审查中"),
    Stage.SPECIAL_PROCEDURE: _("特别程序，不计时"),
    Stage.GRANTED: _("准予，待送达"),
    Stage.REFUSED: _("不予批准，待送达"),
    Stage.DELIVERED: _("已送达"),
    Stage.COMPLETED: _("已办结"),
    Stage.REVOKED: _("决定已撤销"),
    Stage.WITHDRAWN: _("已撤回"),
    Stage.TERMINATED: _("已终止"),
}

ACT_NAMES: dict[Act, str] = {
    Act.RESULT_ARRIVES: _("前一件的结果到了"),
    Act.RESULT_NEVER_COMES: _("前一件没有办成"),
    Act.ACCEPT: _("受理"),
    Act.ACCEPT_TOLERANTLY: _("容缺受理"),
    Act.REFUSE_ACCEPTANCE: _("不予受理"),
    Act.RETURN_FOR_CORRECTION: _("一次性告知补正"),
    Act.RESUBMIT: _("提交补正"),
    Act.REMIND: _("提醒按告知补正"),
    Act.DEEM_ACCEPTED: _("视为受理"),
    Act.SUPPLY: _("补交材料"),
    Act.START_SPECIAL_PROCEDURE: _("启动特别程序"),
    Act.END_SPECIAL_PROCEDURE: _("结束特别程序"),
    Act.EXTEND: _("延期"),
    Act.EXTEND_JOINTLY: _("延长联办期限"),
    Act.FORWARD: _("上报"),
    Act.GRANT: _("准予"),
    Act.REFUSE: _("不予批准"),
    Act.DELIVER: _("送达"),
    Act.COMPLETE: _("办结"),
    Act.REVOKE: _("撤销准予决定"),
    Act.WITHDRAW: _("撤回"),
    Act.TERMINATE: _("终止"),
}

LOOKED_UP: dict[str, str] = {FOUND: _("查到"), NOT_FOUND: _("没查到")}
"""How a step ends that asks a register."""

EVENT_WORDS: dict[str, str] = {
    "flow-moved": _("办完一步"),
    "flow-changed": _("换到新的办理流程，已经办完的不重来"),
    "table-applied": _("按公布的规则走下一步"),
    "register-answered": _("向登记簿查过了"),
    "flow-register-away": _("登记簿没有答复"),
    "applicant-told": _("告知申请人"),
    "submitted": _("提交申请"),
    "register-away": _("登记簿没有答复，系统会再问"),
    "queued": _("转给工作人员，进入队列"),
    "result-arrived": _("等的结果到了，进入队列，开始计时"),
    "awaits-again": _("等的那一件重新办理，这一件恢复，接着等结果"),
    "result-undone": _("用到的结果撤销了，现在不能准予"),
    "result-stands-again": _("用到的结果又有了，可以接着办"),
    "taken": _("开始办理"),
    "released": _("退回队列，次序不变"),
    "not-accepted": _("决定不予受理"),
    "returned-for-correction": _("一次性告知需要补正的内容"),
    "resubmitted": _("提交补正"),
    "reminded": _("提醒仍有内容没有补正"),
    "deemed-accepted": _("逾期没有告知，依法视为受理"),
    "accepted": _("受理"),
    "accepted-tolerantly": _("容缺受理，先办起来，还差的材料后补"),
    "supplied": _("补交材料"),
    "special-procedure-started": _("启动特别程序，暂停计时"),
    "special-procedure-ended": _("特别程序结束，恢复计时"),
    "extended": _("延长办理期限"),
    "extended-jointly": _("延长联合办理的期限"),
    "forwarded": _("审查完，上报给作决定的单位"),
    "granted": _("决定准予"),
    "refused": _("决定不予批准"),
    "delivered": _("送达结果"),
    "completed": _("办结"),
    "revoked": _("撤销准予的决定"),
    "withdrawn": _("申请人撤回"),
    "terminated": _("终止办理"),
    "reversed": _("撤销此前的处理"),
    "deadlines-recomputed": _("按新公布的日历重算期限"),
    "approval-asked": _("请负责人批准"),
    "approval-given": _("负责人批准"),
    "approval-declined": _("负责人没有批准"),
    "content-erased": _("内容依法销毁"),
    "message-sent": _("留言"),
    "contact-changed": _("申请人更改联系电话"),
    "look-contested": _("申请人对一次查看有疑问"),
    "contest-answered": _("答复申请人对查看的疑问"),
    "handed-over": _("移交给同事继续办理，期限不变"),
    "noted": _("备注"),
    "consultation-asked": _("征求意见"),
    "consultation-answered": _("答复征求的意见"),
    "consultation-declined": _("不答复征求的意见"),
    "supervision-ordered": _("督办：要求办理机关尽快办，并说明原因"),
    "lateness-explained": _("办理机关说明为什么超期"),
}
"""What happened, as the story tells it."""

NOT_ACCEPTED_GROUNDS = {
    "not-needed": _("依法不需要办理这件事"),
    "not-ours": _("不属于本机关职权范围"),
}
"""行政许可法 Art. 32(1) and (2)."""

UNTRUE_COMMITMENT: Final = "untrue-commitment"
"""The ground that only a later check gives."""

REVOCATION_GROUNDS = {
    UNTRUE_COMMITMENT: _("核查发现和承诺不符，责令改正以后仍达不到要求"),
    "fraud": _("用欺骗、贿赂等不正当手段取得"),
    "not-eligible": _("申请人不具备资格，或者不符合法定条件"),
    "abuse": _("工作人员滥用职权、玩忽职守"),
    "no-authority": _("超越法定职权"),
    "procedure": _("违反法定程序"),
}
"""消防法 Art. 58(2), and 行政许可法 Art. 69(1) Nos. 1–4 and (2)."""

NOT_SUPPLIED: Final = "not-supplied"

NOT_CORRECTED: Final = "no-correction"

TERMINATION_GROUNDS = {
    "applicant-gone": _("申请人死亡或者终止"),
    "no-object": _("申请的事项已经不存在"),
    NOT_CORRECTED: _("逾期没有补正"),
    NOT_SUPPLIED: _("容缺受理后，逾期没有补齐材料"),
}

ENDED_WITHOUT_ACT = {
    "no-result": _(
        "等的那一件（编号 %(of)s）没有办成，这一件没有结果可用。"
        "需要时可以重新申请；那一件以后撤销决定、重新办理的，这一件自己恢复。"
    ),
}
"""Grounds on which the clock ends a case, and which no officer chooses."""

OVERTAKING_REASONS = {
    "statutory-priority": _("法定优先"),
    "on-site-priority": _("老弱病残孕军人等现场优先"),
    "emergency": _("紧急情形"),
    "major-project": _("重大项目绿色通道"),
    "fault-compensation": _("系统故障补偿"),
}

LEFT_TO_OFFICERS = {
    "not-granted": _("登记簿的答复不符合当场出具的规则，由工作人员核对。系统没有作出对您不利的决定。"),
    "nothing-known": _("登记簿没有可以答复的信息，由工作人员核对。系统没有作出对您不利的决定。"),
    "register-away": _("登记簿一直没有答复，不再等了，由工作人员办理。"),
    "not-oneself": _("填写的姓名或者号码和您的登录信息不一致，系统没有查询，由工作人员核对。"),
    "reversed": _("规则作出的决定撤销了，由工作人员重新办理。"),
    "result-undone": _("用到的另一件的结果撤销了，规则不再当场决定，由工作人员办理。"),
}
"""Why a rule leaves a case to officers."""

CAUSES = {
    "staff": _("人手不够，前面的件还没有办完"),
    "other-body": _("在等其他单位答复"),
    "on-site": _("现场核查、检验检测还没有完成"),
    "difficult": _("情况复杂，需要集体研究"),
    "system": _("系统故障"),
    "oversight": _("经办人员疏忽"),
}
"""Why a case is late; of each office and city it is counted how often."""

DELIVERY_WAYS = {"online": _("网上送达"), "window": _("窗口领取"), "post": _("邮寄送达")}

PURPOSE_NAMES = {
    "own-affair": _("本人查看"),
    "handling": _("办理"),
    "approval": _("审批"),
    "leading": _("督办"),
    "contest": _("核实疑问"),
    "consulting": _("答复本件办理机关的征求意见"),
    "receiving": _("在窗口替您办"),
}

BY_RULE = _("由公布的规则办理，没有经过工作人员。")

LOOKED_AT = {
    "content": _("填报内容和材料清单"),
    "story": _("办理经过"),
    "file": _("上传的文件"),
    "file-and-answers": _("上传的文件和填报内容"),
    "paper": _("文书"),
    "certificate": _("电子证照的经过"),
    "contest": _("您对查看的疑问"),
    "search": _("用您的证件号码查找，看到有这件事"),
    "identity": _("您的姓名和号码"),
    "draft": _("您在窗口填的申请"),
    "receipt": _("收件凭证"),
}
"""What an officer was shown, as the person is told it."""


def cited(rule: str) -> str:
    """A rule as it stands beside a deadline, cited: 《行政许可法》第四十二条第一款."""
    parts = [part.split(" ", 1) for part in rule.split(" + ") if part]
    return gettext("，").join(
        languages.cited(*part) if len(part) == 2 else gettext(part[0]) for part in parts
    )
