"""A small city that has undertaken something: a supervising body, three others, and their plan."""

import itertools
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from openpyxl import Workbook

from tongban.directory import api as directory
from tongban.engine.codes import credit_code_of
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode
from tongban.plans import commands
from tongban.plans.commands import Done, Head, Job, Report, Seen, Told, ToldPlan
from tongban.plans.models import Measure

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
"""A Monday."""
TODAY = date(2026, 3, 9)
CITY, DISTRICT, ELSEWHERE = RegionCode("510100"), RegionCode("510104"), RegionCode("440700")
_serials = itertools.count(int.from_bytes(os.urandom(4), "big"))
HEADS = ("网址简称", "标题", "文号", "印发日期", "印发单位", "出处", "几个月报一次")
JOB_HEADS = ("类别", "编号", "名称")
MEASURE_HEADS = ("编号", "内容", "分组编号", "牵头单位", "责任单位", "期限")


@dataclass
class Undertaking:
    """Bodies and officers. `leader` and `handler` serve at `lead`; `watcher` supervises it from within."""

    slug: str = field(default_factory=lambda: f"plan-{uuid4().hex[:10]}")

    def __post_init__(self) -> None:
        directory.ensure_region(code=CITY, name="成都市")
        directory.ensure_region(code=DISTRICT, name="锦江区")
        self.issuer = a_body(CITY, f"督查室{uuid4().hex[:6]}")
        self.lead, self.other, self.stranger = a_body(CITY), a_body(), a_body()
        self.supervisor = an_officer(self.issuer, Role.SUPERVISOR, region=CITY)
        self.leader = an_officer(self.lead, Role.LEADER, region=CITY)
        self.handler = an_officer(self.lead, Role.HANDLER, region=CITY)
        self.part = an_officer(self.other, Role.HANDLER)
        self.watcher = an_officer(self.lead, Role.SUPERVISOR, Role.LEADER, region=CITY)
        self.outsider = an_officer(self.stranger, Role.LEADER, Role.HANDLER)

    def told(self, measures: int = 3, today: date | None = None) -> ToldPlan:
        """The plan: measures of one job, all led by `lead`, the last of several for good.

        With `today` the first was due twenty days before it.
        """
        issued, terms = date(2026, 1, 5), ["2026-06-30", "2026-Q2", *["2026-12"] * measures]
        if today is not None:
            issued = today - timedelta(days=90)
            terms = [(today - timedelta(days=20)).isoformat(), *[f"{today.year + 1}-Q1"] * measures]
        head = Head(self.slug, "改革方案（样例）", "样政办发〔2026〕1号", issued, self.issuer, "", 1)
        found = [
            Told(
                f"一{nth + 1}", f"第{nth + 1}条要做的事", "一", self.lead, (self.lead, self.other), terms[nth]
            )
            for nth in range(measures)
        ]
        found[-1] = replace(found[-1], term="standing") if measures > 1 else found[-1]
        return ToldPlan(head, (Job("一", "主要工作", "政务服务"),), tuple(found))

    def enter(self, measures: int = 3, at: datetime = NOW, today: date | None = None) -> "Undertaking":
        """Have the register say so."""
        commands.enter(self.told(measures, today), "新方案", by=self.supervisor, at=at)
        return self

    def row(self, number: str = "一1") -> Measure:
        """A measure as it is stored."""
        return Measure.objects.select_related("plan").get(plan__slug=self.slug, number=number)

    def seen(self, number: str = "一1") -> Seen:
        """A measure as somebody sees it now."""
        row = self.row(number)
        return Seen(row.id, row.state.version)

    def report(self, number: str = "一1", stands: str = "under-way", **more: Any) -> None:
        """The lead says how it stands."""
        said = {"done": "已经开了协调会", "hindered": "缺接口" if stands == "stuck" else ""} | more
        acting: dict[str, Any] = {"by": self.handler, "at": NOW}
        at = said.pop("at", NOW)
        commands.report(self.seen(number), Report(stands, **said), **acting | {"at": at})

    def declare(self, number: str = "一1", at: datetime = NOW) -> None:
        """The lead says that it is done."""
        commands.declare(self.seen(number), Done("全部上线", "验收报告"), by=self.leader, at=at)

    def confirm(self, number: str = "一1", at: datetime = NOW) -> None:
        """The supervisor finds it done."""
        commands.confirm(self.seen(number), "现场看过", by=self.supervisor, at=at)

    def postpone(self, until: date, number: str = "一1", at: datetime = NOW) -> None:
        """Asked for by the lead and granted."""
        commands.ask_postponement(self.seen(number), until, "设备晚到", by=self.leader, at=at)
        commands.grant(self.seen(number), "情况属实", by=self.supervisor, at=at)

    def sheets(self, *measures: tuple[Any, ...], **head: Any) -> bytes:
        """The plan as a city fills it in."""
        said = {
            "网址简称": self.slug,
            "标题": "改革方案（样例）",
            "文号": "样政办发〔2026〕1号",
            "印发日期": "2026-01-05",
            "印发单位": self.issuer,
            "几个月报一次": "1",
        } | head
        rows = measures or (
            ("一1", "第1条要做的事", "一", self.lead, f"{self.lead}、{self.other}", "2026年6月30日"),
        )
        return a_workbook(
            方案=[HEADS, [said.get(one) for one in HEADS]],
            分组=[JOB_HEADS, ["主要工作", "一", "政务服务"]],
            举措=[MEASURE_HEADS, *rows],
        )


def a_body(region: RegionCode = DISTRICT, name: str = "") -> BodyCode:
    """A body of its own."""
    code = BodyCode(credit_code_of(f"11{region}{next(_serials) % 10**9:09d}"))
    directory.ensure_region(code=region, name="样例区")
    directory.ensure_body(code=code, name=name or f"测试机关{code[-8:]}", region=region)
    return code


def plan_sheets(slug: str, issuer: str, lead: str) -> bytes:
    """A small plan as a city fills it in."""
    head = [slug, "改革方案", "二号", "2026-01-05", issuer, None, "1"]
    measure = ["一", "要做的事", None, lead, lead, "2026年底"]
    return a_workbook(方案=[HEADS, head], 举措=[MEASURE_HEADS, measure])


def an_officer(body: BodyCode, *roles: Role, region: RegionCode = DISTRICT) -> Viewer:
    """An officer on duty at a body, in a post with these roles."""
    officer, title = OfficerId(uuid4()), "+".join(sorted(roles))
    directory.ensure_officer(officer, name="测试人员")
    post = directory.ensure_post(body=body, title=title, roles=roles)
    directory.appoint(officer, post, since=date(2020, 1, 1))
    on_duty = Officer(officer, body, region, frozenset(roles), "测试人员")
    return Viewer(account=AccountId(uuid4()), officer=on_duty, shown_as="测试人员")


def a_workbook(**sheets: Any) -> bytes:
    """A workbook with these sheets, row by row, the headings first."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def days_from(at: datetime, number: int) -> date:
    """The day so many days after a moment."""
    return (at + timedelta(days=number)).date()


def days(number: int) -> datetime:
    """So many days after the Monday."""
    return NOW + timedelta(days=number)
