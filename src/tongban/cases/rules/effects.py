"""What an act will start, stop and cost, told to the officer before pressing.

Where an act moves a clock, the effect is worked out by the very rule that will decide it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tongban.cases.events import Deadlines, LegalEvent
from tongban.cases.rules import forwarding, intake, review, tolerance
from tongban.cases.rules.acting import Acting
from tongban.cases.rules.clocks import UNTOUCHED_AFTER, deadlines
from tongban.cases.rules.jointly import LONGER
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Act, Stage
from tongban.cases.rules.place import bound_to
from tongban.cases.rules.state import CaseState, Facts
from tongban.cases.rules.words import cited
from tongban.engine.flow import ahead_of
from tongban.kernel.figures import in_words
from tongban.kernel.speech import day_in_words


def effect_of(act: Act, state: CaseState, acting: Acting) -> str:
    """One or two sentences: what this act does to the case, its clocks and the applicant."""
    return _EFFECTS[act](state, acting)


def effect_of_taking(earlier: bool) -> str:
    """What taking a waiting case does; `earlier`: others arrived before it."""
    hours = int(UNTOUCHED_AFTER.total_seconds() // 3600)
    own = f"取走后由您办理；{hours} 小时内没有处理，会自动退回原来的位置。"
    if not earlier:
        return own
    return f"前面还有更早到的申请。确需优先的，写明理由，经负责人批准后才能取走；理由会写进公开账本。{own}"


ASSIGNING = (
    f"排在最前面的这一件交给您选的同事，和他自己取下一件一样，先后次序不变；"
    f"{int(UNTOUCHED_AFTER.total_seconds() // 3600)} 小时内没有处理，会自动退回原来的位置。"
)

HANDING_OVER = (
    "移交后由这位同事接着办。期限照常计算，不重新开始，也不算重新取件。"
    "您写的原因只给本单位办理的人看；申请人只看到换了人办。"
)

CONSULTING = (
    "征求意见不停止计时：法定期限和承诺时限照常计算，答复期限另外算。只有启动法定的特别程序才停止计时。"
    "被问到的人能看这件的内容，每次查看都会记录，申请人看得到。"
)

SUPERVISING = (
    "督办后，经办人和负责人的工作台最前面会出现这件事，直到他们向申请人说明。期限不变，红灯不会消掉；"
    "申请人看得到已经督办。"
)

EXPLAINING = (
    "说明不改变期限，红灯不会消掉，统计照样算超期。申请人会收到通知；过了您写的日子还没办到，要再说明一次。"
)

NOTING = "备注只给本单位办理的人和负责人看，随办件存档。写下以后不能改，只能再写一条。"

RELEASING = "退回后，这件事回到队列里原来的位置，先后次序不变。"


def effect_of_reversal(undone: str) -> str:
    """What undoing the last act does."""
    return (
        f"负责人批准后，撤销“{undone}”，恢复到那之前的状态和期限，并告知申请人理由；"
        "原来的记录仍然保留。批准之前什么都不变。"
    )


def _by_two(acting: Acting, effect: str) -> str:
    """What a decision does where two officers make it."""
    if not acting.law.by_two:
        return effect
    why = acting.law.by_two.rstrip("。")
    return f"{why}。先请本单位另一名经办同事或者负责人同意，同意之前什么都不变；同意以后，{effect}"


def _accept(state: CaseState, acting: Acting) -> str:
    event = intake.accept(state, acting)
    return f"受理日是 {day_in_words(event.accepted_on)}，期限从第二天数起。{_decides(event.deadlines)}"


def _accept_tolerantly(state: CaseState, acting: Acting) -> str:
    event = tolerance.tolerated(state, acting)
    due = Facts(deadlines=event.deadlines).due("supply")
    owed = tolerance.owed_in_words(state, acting.law)
    until = f"，申请人最晚 {day_in_words(due.day)}补齐" if due else ""
    return (
        f"受理日是 {day_in_words(event.accepted_on)}，期限从第二天数起，等材料的时候不停表。"
        f"还差：{owed}{until}；补齐以前不能准予。{_decides(event.deadlines)}"
    )


def _refuse_acceptance(state: CaseState, acting: Acting) -> str:
    return "不予受理后，这件事就此结束。要当场写明依据，并告诉申请人该向哪里申请。"


def _return_for_correction(state: CaseState, acting: Acting) -> str:
    source = acting.law.regime.one_time_notice
    basis = f"（《{source.law}》{source.article}）" if source else ""
    facts = replace(state.facts, stage=Stage.AWAITING_CORRECTION, noticed_on=acting.today)
    due = _facts_due(facts, acting.law, "correct")
    until = f"申请人最晚在 {due}补正，逾期可以终止。" if due else ""
    return f"只能告知一次，请一次写全{basis}。告知后暂时离开队列，补正后回到原来的位置，不用重新排队。{until}"


def _remind(state: CaseState, acting: Acting) -> str:
    return "只能写上次告知里还没有补正的内容，不能提新的要求。"


def _start(state: CaseState, acting: Acting) -> str:
    basis = next((f"（《{kind.source.law}》{kind.source.article}）" for kind in acting.law.procedures), "")
    return f"启动后停止计时，到告知的那天为止；需要多久，要书面告诉申请人{basis}。"


def _end(state: CaseState, acting: Acting) -> str:
    event = review.end_special_procedure(state, acting)
    return f"结束后从明天起恢复计时。{_decides(event.deadlines)}"


def _extend(state: CaseState, acting: Acting) -> str:
    accepted = state.facts.accepted_on
    found = acting.law.limit("extend_by", accepted) if accepted else None
    if found is None:
        return ""
    limit, rule = found
    return (
        f"只能延期一次，延长 {in_words(limit)}（{cited(rule)}）。先提交负责人批准，批准之前期限不变；"
        "理由会告知申请人。"
    )


def _extend_jointly(state: CaseState, acting: Acting) -> str:
    return f"{effect_of_leave(acting.law, acting.today)}先报人民政府负责人批准，批准之前期限不变。"


def effect_of_leave(law: Law, day: date) -> str:
    """What the leave of a government does to licences that are handled together."""
    found = law.limit(LONGER, day)
    if found is None:
        return ""
    limit, rule = found
    return (
        f"几个部门联合办理的期限延长 {in_words(limit)}（{cited(rule)}），一共只能延长一次，理由会告知申请人。"
        "各件自己的法定期限不因此延长。"
    )


def _forward(state: CaseState, acting: Acting) -> str:
    superior = acting.law.superiors[state.head.body]
    event = forwarding.forward(state, acting, queue=state.head.queue, text="")
    # Art. 35 speaks of licences; what it forbids we hold to in everything.
    basis = "（《行政许可法》第三十五条）" if acting.law.limit("review_within", acting.today) else ""
    return (
        f"初审意见和全部材料报给{superior.name}，由它决定，不得要求申请人再交一遍{basis}。"
        f"这件事离开您的手上，排到那边队列的最后。{_decides(event.deadlines)}"
    )


def _grant(state: CaseState, acting: Acting) -> str:
    event = review.grant(state, acting, text="")
    return _by_two(acting, f"准予后审查结束，决定和理由告知申请人。{_delivers(event)}")


def _refuse(state: CaseState, acting: Acting) -> str:
    event = review.refuse(state, acting, text="")
    remedies = "、".join(dict.fromkeys(f"《{one.law}》" for one in acting.law.regime.remedies))
    told = f"系统会一并告知救济途径（{remedies}）。" if remedies else ""
    return _by_two(acting, f"要写明不予批准的理由。{told}{_delivers(event)}")


def _deliver(state: CaseState, acting: Acting) -> str:
    net = acting.law.net
    wait = bound_to(state, net, Act.DELIVER) if net else None
    if net is not None and wait is not None and (later := ahead_of(net, wait.node)):
        steps = "、".join(node.name for node in later)
        return f"送达后，申请人就能用这个结果。后面还有：{steps}。办完以前，这件事一直在经办人手上。"
    return "送达后，这件事办结。"


def _revoke(state: CaseState, acting: Acting) -> str:
    source = acting.law.regime.revocation
    basis = f"（《{source.law}》{source.article}）" if source else ""
    return (
        f"先提交负责人批准，批准之前什么都不变。批准以后，准予决定撤销，发出的电子证照马上失效，不能恢复{basis}。"
        "撤销前要听取当事人的陈述和申辩；撤销会对公共利益造成重大损害的，不予撤销。"
        "决定书写明理由，系统会一并告知救济途径。"
    )


def _terminate(state: CaseState, acting: Acting) -> str:
    return "终止后不再办理，理由会告知申请人。只有法定的情形才能终止。"


def _decides(due: Deadlines) -> str:
    facts = Facts(deadlines=due)
    told = []
    if promised := facts.due("promised"):
        told.append(f"承诺最晚 {day_in_words(promised.day)}作出决定")
    if statutory := facts.due("statutory"):
        basis = cited(statutory.how["clock"]["rule"])
        told.append(f"法定最晚 {day_in_words(statutory.day)}（{basis}）")
    return "；".join(told) + "。" if told else ""


def _delivers(event: LegalEvent) -> str:
    facts = Facts(deadlines=event.deadlines)
    due = facts.due("deliver") or facts.due("statutory")
    if due is None:
        return "结果要及时送达。"
    return f"最晚 {day_in_words(due.day)}送达（{cited(due.how['clock']['rule'])}）。"


def _facts_due(facts: Facts, law: Law, name: str) -> str:
    due = replace(facts, deadlines=deadlines(facts, law)).due(name)
    return day_in_words(due.day) if due else ""


_EFFECTS: dict[Act, Callable[[CaseState, Acting], str]] = {
    Act.ACCEPT: _accept,
    Act.ACCEPT_TOLERANTLY: _accept_tolerantly,
    Act.REFUSE_ACCEPTANCE: _refuse_acceptance,
    Act.RETURN_FOR_CORRECTION: _return_for_correction,
    Act.REMIND: _remind,
    Act.START_SPECIAL_PROCEDURE: _start,
    Act.END_SPECIAL_PROCEDURE: _end,
    Act.EXTEND: _extend,
    Act.EXTEND_JOINTLY: _extend_jointly,
    Act.FORWARD: _forward,
    Act.GRANT: _grant,
    Act.REFUSE: _refuse,
    Act.DELIVER: _deliver,
    Act.TERMINATE: _terminate,
    Act.REVOKE: _revoke,
}
