"""What an officer may do with a measure now: each act with its effect and what must be said with it."""

from collections.abc import Mapping
from typing import Final

from tongban.kernel.access import Viewer, allowed
from tongban.kernel.acts import Ask, OpenAct, choice, words
from tongban.kernel.ids import BodyCode
from tongban.plans.models import Measure
from tongban.plans.rules.life import DEEDS, Act, done_by, open_acts
from tongban.plans.rules.state import OPEN, MeasureState, Stage
from tongban.plans.rules.terms import written
from tongban.plans.rules.words import STAGE_NAMES

NAMES: Final[Mapping[Act, str]] = {
    Act.REPORT: "报告进展",
    Act.REPORT_PART: "报告本单位的部分",
    Act.DECLARE: "申报完成",
    Act.ASK_POSTPONEMENT: "申请延期",
    Act.CONFIRM: "确认完成（销号）",
    Act.SEND_BACK: "退回，没有完成",
    Act.GRANT: "同意延期",
    Act.DECLINE: "不同意延期",
    Act.CHANGE_LEAD: "更换牵头单位",
    Act.REOPEN: "撤销销号",
    Act.DROP: "调出方案",
}
EFFECTS: Final[Mapping[Act, str]] = {
    Act.REPORT: "写进台账，方案里的各单位和监督人员看得到，不能再改；公开的网页只有情况，没有您写的内容。",
    Act.REPORT_PART: "写进台账，牵头单位看得到，不能再改；这一条的情况仍由牵头单位报。",
    Act.DECLARE: "期限停在今天，等牵头单位以外的监督人员确认；被退回的，期限照原来的算。",
    Act.ASK_POSTPONEMENT: "等监督人员答复，答复以前期限不变。最初的期限一直公开，延期几次也公开。",
    Act.CONFIRM: "这一条从此销号，写明由您的单位确认。",
    Act.SEND_BACK: "牵头单位继续办，期限照原来的算。",
    Act.GRANT: "期限改为 {asked}，记延期一次；最初的期限一直公开。",
    Act.DECLINE: "期限不变。",
    Act.CHANGE_LEAD: "从现在起由新的单位报告和申报；以前的记录不变，没有答复的延期申请作废。",
    Act.REOPEN: "这一条重新办理，期限照原来的算。",
    Act.DROP: "这一条不再计入，台账和公开的网页上仍看得到它已经调出。",
}
_LAST: Final = "会写进台账，不能再改。请不要写个人的姓名和号码。"


def offered(row: Measure, viewer: Viewer, bodies: Mapping[BodyCode, str]) -> list[OpenAct]:
    """The acts that this officer may do now, what is usually needed first. `bodies`: who may lead."""
    return [_offer(act, row.state, bodies) for act in Act if _may(act, row, viewer)]


def barred(row: Measure, viewer: Viewer) -> bool:
    """Whether who supervises may not answer here because their own body leads it."""
    officer, state = viewer.officer, row.state
    answers = open_acts(state) & {Act.CONFIRM, Act.GRANT}
    return (
        officer is not None
        and officer.body == state.lead
        and any(allowed(viewer, DEEDS[act], row.thing_for(DEEDS[act])) for act in answers)
    )


def _may(act: Act, row: Measure, viewer: Viewer) -> bool:
    officer, state = viewer.officer, row.state
    if officer is None or act not in open_acts(state) or not done_by(act, state, officer.body):
        return False
    return allowed(viewer, DEEDS[act], row.thing_for(DEEDS[act]))


def _offer(act: Act, state: MeasureState, bodies: Mapping[BodyCode, str]) -> OpenAct:
    asked = written(state.asked) if state.asked else ""
    asks = _asks(act, state, bodies)
    main = act in (Act.REPORT, Act.REPORT_PART, Act.CONFIRM, Act.GRANT)
    return OpenAct(act, NAMES[act], EFFECTS[act].format(asked=asked), asks, main, apart=True)


def _asks(act: Act, state: MeasureState, bodies: Mapping[BodyCode, str]) -> tuple[Ask, ...]:
    match act:
        case Act.REPORT | Act.REPORT_PART:
            return _report(act, state)
        case Act.DECLARE:
            return (
                words(f"{act}-done", "做成了什么", _LAST),
                words(f"{act}-proof", "凭什么说完成了", "例如验收文件的名称和文号、上线的网址、办件的数字。"),
                _link(act),
            )
        case Act.ASK_POSTPONEMENT:
            now = f"现在的期限是 {written(state.term)}。"
            return (
                Ask(f"{act}-until", "延到哪一天", "date", now),
                words(f"{act}-reason", "为什么要延", _LAST),
            )
        case Act.CHANGE_LEAD:
            offered = {str(code): name for code, name in bodies.items() if code != state.lead}
            return choice(f"{act}-lead", "新的牵头单位", offered), words(f"{act}-reason", "依据和原因", _LAST)
        case _:
            return (words(f"{act}-reason", _WHY.get(act, "原因"), _LAST),)


_WHY: Final[Mapping[Act, str]] = {
    Act.CONFIRM: "怎样核实的",
    Act.SEND_BACK: "哪里没有完成",
    Act.DROP: "依据哪份文件，为什么",
}


def _report(act: Act, state: MeasureState) -> tuple[Ask, ...]:
    stands = {str(one): STAGE_NAMES[one] for one in (Stage.NOT_BEGUN, Stage.UNDER_WAY, Stage.STUCK)}
    before = str(state.stage) if act is Act.REPORT and state.stage in OPEN else ""
    of = "" if act is Act.REPORT else "本单位这部分"
    return (
        choice(f"{act}-stands", f"{of}现在的情况", stands, before),
        words(f"{act}-done", "上次报告以来做了什么", _LAST),
        _optional(act, "hindered", "卡在哪里", "选了“遇到阻力”的必须写。不对社会公开。"),
        _optional(act, "help", "要谁帮什么", ""),
        _optional(act, "next", "下一步做什么", ""),
        Ask(f"{act}-next_by", "下一步到哪天", "date", required=False),
        _optional(act, "proof", "凭什么", "例如文件的名称和文号、办件的数字。"),
        _link(act),
    )


def _optional(act: Act, name: str, label: str, about: str) -> Ask:
    return Ask(f"{act}-{name}", label, "text", about, required=False, limits={"multiline": True})


def _link(act: Act) -> Ask:
    about = "以 https:// 开头的网址，或者本平台的地址，例如 /desk/figures。"
    return Ask(f"{act}-link", "链接", "text", about, required=False)
