"""What people call stages, acts, grounds and reasons; one word for one thing on every page and notice."""

from datetime import date

from tongban.cases.rules.life import Act, Stage

STAGE_NAMES: dict[Stage, str] = {
    Stage.SUBMITTED: "已提交，待受理",
    Stage.AWAITING_CORRECTION: "需要补正",
    Stage.RESUBMITTED: "已补正，待受理",
    Stage.NOT_ACCEPTED: "不予受理",
    Stage.ACCEPTED: "已受理，审查中",
    Stage.SPECIAL_PROCEDURE: "特别程序，不计时",
    Stage.GRANTED: "准予，待送达",
    Stage.REFUSED: "不予批准，待送达",
    Stage.DELIVERED: "已送达",
    Stage.COMPLETED: "已办结",
    Stage.WITHDRAWN: "已撤回",
    Stage.TERMINATED: "已终止",
}

ACT_NAMES: dict[Act, str] = {
    Act.ACCEPT: "受理",
    Act.REFUSE_ACCEPTANCE: "不予受理",
    Act.RETURN_FOR_CORRECTION: "一次性告知补正",
    Act.RESUBMIT: "提交补正",
    Act.REMIND: "提醒按告知补正",
    Act.DEEM_ACCEPTED: "视为受理",
    Act.START_SPECIAL_PROCEDURE: "启动特别程序",
    Act.END_SPECIAL_PROCEDURE: "结束特别程序",
    Act.EXTEND: "延期",
    Act.GRANT: "准予",
    Act.REFUSE: "不予批准",
    Act.DELIVER: "送达",
    Act.COMPLETE: "办结",
    Act.WITHDRAW: "撤回",
    Act.TERMINATE: "终止",
}

EVENT_WORDS: dict[str, str] = {
    "submitted": "提交申请",
    "register-away": "登记簿没有答复，系统会再问",
    "queued": "转给工作人员，进入队列",
    "taken": "开始办理",
    "released": "退回队列，次序不变",
    "not-accepted": "决定不予受理",
    "returned-for-correction": "一次性告知需要补正的内容",
    "resubmitted": "提交补正",
    "reminded": "提醒仍有内容没有补正",
    "deemed-accepted": "逾期没有告知，依法视为受理",
    "accepted": "受理",
    "special-procedure-started": "启动特别程序，暂停计时",
    "special-procedure-ended": "特别程序结束，恢复计时",
    "extended": "延长办理期限",
    "granted": "决定准予",
    "refused": "决定不予批准",
    "delivered": "送达结果",
    "completed": "办结",
    "withdrawn": "申请人撤回",
    "terminated": "终止办理",
    "reversed": "撤销此前的处理",
    "deadlines-recomputed": "按新公布的日历重算期限",
    "approval-asked": "请负责人批准",
    "approval-given": "负责人批准",
    "approval-declined": "负责人没有批准",
    "content-erased": "内容依法销毁",
}
"""What happened, as the story tells it."""

NOT_ACCEPTED_GROUNDS = {
    "not-needed": "依法不需要办理这件事",
    "not-ours": "不属于本机关职权范围",
}
"""行政许可法 Art. 32(1) and (2)."""

TERMINATION_GROUNDS = {
    "applicant-gone": "申请人死亡或者终止",
    "no-object": "申请的事项已经不存在",
    "no-correction": "逾期没有补正",
}

OVERTAKING_REASONS = {
    "statutory-priority": "法定优先",
    "on-site-priority": "老弱病残孕军人等现场优先",
    "emergency": "紧急情形",
    "major-project": "重大项目绿色通道",
    "fault-compensation": "系统故障补偿",
}

LEFT_TO_OFFICERS = {
    "not-granted": "登记簿的答复不符合当场出具的规则，由工作人员核对。系统没有作出对您不利的决定。",
    "nothing-known": "登记簿没有可以答复的信息，由工作人员核对。系统没有作出对您不利的决定。",
    "register-away": "登记簿一直没有答复，不再等了，由工作人员办理。",
    "not-oneself": "填写的姓名或者号码和您的登录信息不一致，系统没有查询，由工作人员核对。",
    "reversed": "规则作出的决定撤销了，由工作人员重新办理。",
}
"""Why a rule leaves a case to officers."""

DELIVERY_WAYS = {"online": "网上送达", "window": "窗口领取", "post": "邮寄送达"}

LIGHT_NAMES = {"green": "时限正常", "yellow": "快到期", "red": "已超期"}
"""A light is never only a colour."""

PURPOSE_NAMES = {"own-affair": "本人查看", "handling": "办理", "approval": "审批", "leading": "督办"}

BY_RULE = "由公布的规则办理，没有经过工作人员。"

LOOKED_AT = {
    "content": "填报内容和材料清单",
    "story": "办理经过",
    "file": "上传的文件",
    "paper": "文书",
    "certificate": "电子证照的经过",
}
"""What an officer was shown, as the person is told it."""

WEEKDAYS = "一二三四五六日"


def day_in_words(day: date) -> str:
    """10 月 15 日（周四）."""
    return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def cited(rule: str) -> str:
    """A rule as it stands beside a deadline, cited: 《行政许可法》第四十二条第一款."""
    parts = [part.split(" ", 1) for part in rule.split(" + ") if part]
    return "，".join(f"《{part[0]}》{part[1]}" if len(part) == 2 else part[0] for part in parts)
