"""What happened, in the words in which officers read it."""

from collections.abc import Iterator, Mapping
from typing import Final

from tongban.kernel.ids import BodyCode
from tongban.plans import events as told
from tongban.plans.events import Event
from tongban.plans.rules.state import Stage
from tongban.plans.rules.terms import term_of
from tongban.plans.rules.words import STAGE_NAMES, term_in_words

HAPPENED: Final = {
    "adopted": "导入方案",
    "restated": "修改方案的标题、文号、出处等",
    "arranged": "调整分组或者举措的先后",
    "published": "向社会公开",
    "added": "列入方案",
    "amended": "方案作了修改",
    "lead-changed": "更换牵头单位",
    "reported": "报告进展",
    "part-reported": "责任单位报告",
    "declared": "申报完成",
    "confirmed": "确认完成，销号",
    "sent-back": "退回，没有完成",
    "postponement-asked": "申请延期",
    "postponement-granted": "同意延期",
    "postponement-declined": "不同意延期",
    "reopened": "撤销销号",
    "dropped": "调出方案",
}
"""Every kind of event."""

_LABELS: Final = {
    "done": "做了什么",
    "hindered": "卡在哪里",
    "help": "要谁帮什么",
    "next": "下一步",
    "proof": "凭什么",
    "reason": "原因",
}


def said_in(event: Event, names: Mapping[BodyCode, str]) -> Iterator[tuple[str, str]]:
    """What was said, by label, in the order in which it is read; `names` of bodies by their codes."""
    if isinstance(event, told.ProgressReported):
        yield "情况", STAGE_NAMES[Stage(event.stands)]
    if text := getattr(event, "text", None):
        yield "内容", text
    if lead := getattr(event, "lead", None):
        yield "牵头单位", names.get(BodyCode(lead), lead)
    if bodies := getattr(event, "responsible", None):
        yield "责任单位", "、".join(names.get(BodyCode(one), one) for one in bodies)
    if term := getattr(event, "term", None):
        yield "期限", term_in_words(term_of(term))
    for name, label in _LABELS.items():
        if said := getattr(event, name, None):
            yield label, said
    if isinstance(event, told.ProgressReported) and event.next_by:
        yield "下一步到", f"{event.next_by.year} 年 {event.next_by.month} 月 {event.next_by.day} 日"


def link_in(event: Event) -> str:
    """The address that shows what was said; empty where there is none."""
    link: str = getattr(event, "link", "")
    return link
