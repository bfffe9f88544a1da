"""What the demonstration city has undertaken: a sample plan, half a year old, and how far its offices are.

The plan is made up; that it has eight main jobs, five reforms and 37 measures is how such plans look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tongban.demo.staff import HANDLER, LEADER, Staff
from tongban.engine.calendar import corresponding_day, legal_day
from tongban.kernel.access import Viewer
from tongban.kernel.ids import BodyCode
from tongban.plans import api as plans

SLUG: Final = "sample-reform"
ISSUED_BEFORE: Final = timedelta(days=170)
EVERY: Final = 1
"""Months between reports."""

_JOBS: Final[Sequence[tuple[str, str, str, Sequence[str]]]] = (
    (
        "主要工作",
        "一",
        "事项和指南",
        ("统一全市事项名称和编码", "办事指南每季度核对一次", "清理没有依据的证明材料"),
    ),
    (
        "主要工作",
        "二",
        "一网通办",
        ("高频事项网上全程办理", "申请表格一次填写、各处共用", "办件结果网上送达"),
    ),
    (
        "主要工作",
        "三",
        "综合窗口",
        ("区级大厅设综合受理窗口", "街道便民服务中心统一窗口标识", "窗口人员持证上岗"),
    ),
    (
        "主要工作",
        "四",
        "数据共享",
        ("公布数据责任清单", "户籍登记簿按次查询并留痕", "企业登记簿按次查询并留痕"),
    ),
    ("主要工作", "五", "电子证照", ("新发证照同步生成电子证照", "存量证照补录", "持有电子证照的不再收原件")),
    ("主要工作", "六", "办理次序", ("先到先办写进公开账本", "优先取件写明理由并公开", "超期办件逐件说明")),
    (
        "主要工作",
        "七",
        "老年人和残疾人",
        ("网页提供关怀版", "留电话一个工作日内回电", "每个窗口配老花镜和手写板"),
    ),
    (
        "主要工作",
        "八",
        "队伍和培训",
        ("工作人员完成练习十件", "每月公开窗口重复录入次数", "建立业务骨干名册"),
    ),
    ("省级改革任务", "改一", "证明事项告知承诺", ("公布告知承诺事项清单", "事后核查每月抽查")),
    ("省级改革任务", "改二", "一件事一次办", ("开饭店一件事", "新生儿出生一件事", "退休一件事")),
    ("省级改革任务", "改三", "跨区通办", ("公布跨区通办事项", "设跨区通办窗口", "异地收件邮寄流转")),
    ("省级改革任务", "改四", "中介服务规范", ("公布中介服务清单和收费依据", "中介服务限时")),
    (
        "省级改革任务",
        "改五",
        "社会监督",
        ("聘请政务服务监督员", "每季度公布不满意的整改", "长期公开办理次序"),
    ),
)
_DONE: Final = {0, 3, 6, 9, 12, 15, 18, 19, 24}
_DECLARED: Final = {5, 21}
_LATE: Final = {4, 10, 33}
_STUCK: Final = {10, 13, 31}
_POSTPONED: Final = {7, 28}
_ASKED: Final = 16
_SILENT: Final = {22, 30}
_NOT_BEGUN: Final = {34, 35}
"""Places of the measures to which something particular happened."""


@dataclass(frozen=True, slots=True)
class _Office:
    """A body, who reports for it and who answers for it."""

    body: BodyCode
    handler: Viewer
    leader: Viewer


def undertake(staff: Sequence[Staff], supervisor: Staff, others: Sequence[BodyCode], at: datetime) -> None:
    """Have the plan, and everything that was said of it until now; done again it changes nothing."""
    if plans.versions_of(SLUG):
        return
    begun, offices = at - ISSUED_BEFORE, _offices(staff)
    told = _told(offices, others, supervisor.body, begun, legal_day(at))
    plans.enter(told, f"{told.head.number}（样例）", by=supervisor.viewer, at=begun)
    plans.publish(SLUG, by=supervisor.viewer, at=begun + timedelta(days=3))
    by_body = {one.body: one for one in offices}
    for nth, measure in enumerate(told.measures):
        _live(nth, measure, _Life(by_body[measure.lead], supervisor.viewer, at))


def _offices(staff: Sequence[Staff]) -> list[_Office]:
    """The bodies that have both, in a settled order."""
    handlers = {one.body: one.viewer for one in staff if one.post is HANDLER}
    leaders = {one.body: one.viewer for one in staff if one.post is LEADER}
    return [_Office(body, handlers[body], leaders[body]) for body in handlers if body in leaders][:9]


def _told(
    offices: Sequence[_Office], others: Sequence[BodyCode], issuer: BodyCode, begun: datetime, today: date
) -> plans.ToldPlan:
    day = legal_day(begun)
    head = plans.Head(
        SLUG, "深化政务服务改革实施方案（样例）", f"样政办发〔{day.year}〕8号", day, issuer, "", EVERY
    )
    jobs = tuple(plans.Job(code, group, name) for group, code, name, _ in _JOBS)
    measures: list[plans.Told] = []
    for _, code, _, texts in _JOBS:
        for place, text in enumerate(texts, 1):
            nth = len(measures)
            lead = offices[nth % len(offices)].body
            responsible = tuple(
                dict.fromkeys([lead, others[nth % len(others)], others[(nth + 5) % len(others)]])
            )
            measures.append(plans.Told(f"{code}{place}", text, code, lead, responsible, _term(nth, today)))
    return plans.ToldPlan(head, jobs, tuple(measures))


def _term(nth: int, today: date) -> str:
    """By when, told from today: some are over, some are near, one is for good."""
    if nth == sum(len(texts) for *_, texts in _JOBS) - 1:
        return "standing"
    if nth in _LATE | _POSTPONED:
        return (today - timedelta(days=12 + nth)).isoformat()
    if nth in _DONE:
        return f"{corresponding_day(today, -1):%Y-%m}"
    months = 1 + nth % 5
    ahead = corresponding_day(today, months)
    return (today + timedelta(days=4)).isoformat() if nth == 1 else f"{ahead:%Y-%m}"


@dataclass(frozen=True, slots=True)
class _Life:
    """What happens to one measure until now."""

    office: _Office
    supervisor: Viewer
    now: datetime

    def seen(self, measure: plans.Told) -> plans.Seen:
        return plans.Seen(*plans.versions_of(SLUG)[measure.number])

    def report(self, measure: plans.Told, before: int, stands: str = "under-way") -> None:
        stuck: dict[str, Any] = (
            {"hindered": "对方系统没有开放接口。", "help": "请市数据局协调。"} if stands == "stuck" else {}
        )
        said = plans.Report(stands, "开了推进会，完成了本阶段的任务。", next="按计划继续。", **stuck)
        plans.report(self.seen(measure), said, by=self.office.handler, at=self.ago(before))

    def declare(self, measure: plans.Told, before: int) -> None:
        done = plans.Done("已经全部完成，正式启用。", "验收记录（样例）第 1 号。", "/ledger")
        plans.declare(self.seen(measure), done, by=self.office.leader, at=self.ago(before))

    def ask(self, measure: plans.Told, before: int) -> None:
        until = legal_day(self.now) + timedelta(days=200 if before < 10 else 45)
        why = "设备到货晚，需要更多时间。"
        asking: dict[str, Any] = {"by": self.office.leader, "at": self.ago(before)}
        plans.ask_postponement(self.seen(measure), until, why, **asking)

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)


def _live(nth: int, measure: plans.Told, life: _Life) -> None:
    """What happened to the measure at a place of the plan."""
    if nth in _NOT_BEGUN:
        life.report(measure, 20, "not-begun")
        return
    life.report(measure, 75 if nth in _SILENT else 100)
    if nth in _SILENT:
        return
    if nth in _POSTPONED:
        life.ask(measure, 60)
        plans.grant(life.seen(measure), "情况属实，同意。", by=life.supervisor, at=life.ago(58))
    if nth not in _DONE:
        life.report(measure, 12 + nth % 9, "stuck" if nth in _STUCK else "under-way")
    if nth in _DONE | _DECLARED:
        life.declare(measure, 50 if nth in _DONE else 3)
    if nth in _DONE:
        plans.confirm(life.seen(measure), "到现场看过，系统里也查过。", by=life.supervisor, at=life.ago(45))
    if nth == _ASKED:
        life.ask(measure, 2)
