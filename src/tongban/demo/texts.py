"""What the officers of the demonstration write."""

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue


def correction(item: catalogue.Item, nth: int) -> list[cases.CorrectionFault]:
    """One notice with everything to correct: a material that is handed in, or else a place of the form."""
    handed_in = [one for one in item.materials if one.must_be_handed_in]
    if not handed_in:
        basis = cited(item)
        return [cases.CorrectionFault("联系电话", basis, "这个号码打不通，请改成现在用的手机号。")]
    first = handed_in[nth % len(handed_in)]
    law = first.by_law[0] if first.by_law else None
    basis = f"{law.law} {law.article}" if law else cited(item)
    do = (
        "照片不清楚，请平放在亮处重新拍一张。",
        "少了最后一页，请补齐后重新上传。",
        "没有签字，请签字后重新上传。",
    )
    return [cases.CorrectionFault(first.name, basis, do[nth % len(do)])]


def cited(item: catalogue.Item) -> str:
    """The first article that the item rests on."""
    law = item.law[0]
    return f"{law.law} {law.article}"


FOUND = "按流程看过，情况和申请材料一致的已经记下。"
GRANTED = "申请材料齐全，符合规定的条件，准予。"
REFUSED = "经核实，实际情况和填报的不一致，不符合规定的条件。"
NOT_OURS = "您申请的事项不由本机关办理，请向实际所在地的同类机关申请；已填的内容可以照用。"
STILL_OPEN = "上次告知的内容还没有补正，请按告知的做法再提交一次。"
URGENT = "申请人的情况符合优先办理的规定，已核对证明，请批准优先取件。"
PROCEDURE = "依法需要举行听证，期间不计入办理时限；结束后恢复计时，并告知您结果。"
OPINION = "请看看这个位置影不影响你们管的设施。"
NO_OBJECTION = "看过了，不影响，没有意见。"
EXAMINED = "已经调查核实、公示无异议，情况见办理经过，报请决定。"
EXTEND = "情况比较复杂，需要再到现场核实一次，请批准延期。"
REVERSE = "此前的不予批准所依据的信息有误，已重新核实，请批准撤销，重新作出决定。"
LATE_CAUSE = "staff"
LATE = "这一段申请集中，前面的件还没有办完。您的材料已经看过，正在写决定。"
UNLAWFUL = "复查发现申请时提供了虚假材料，依法应当撤销。"
SUSPENDED = "例行检查发现经营条件不再符合规定，整改期间暂扣。"
RESTORED = "整改已经完成，经复查符合规定，恢复使用。"
CHANGED = "持证人申请变更，已核对。"
TALK = (
    ("请问大概什么时候能办好？我这边开业要排日子。", "已经在看了，按承诺的期限办，办好了马上通知您。"),
    ("我交的图是手画的，行不行？", "可以，看得清各区域的位置就行，不用重画。"),
    ("办好以后要不要本人去拿？", "不用，电子证照会直接发给您；要纸质的，带身份证到窗口领。"),
)
DOUBT = "我没有约这个时间，为什么有人打开我的材料？"
DOUBT_ANSWERED = "已核实：那次查看是按次序取件后核对您上传的材料，属于办理所需，没有下载，也没有转给别人。"
