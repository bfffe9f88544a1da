"""A filled-in spreadsheet judged: every fault by its cell, or the plan that it tells."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlsplit

from tongban.engine.sheets import Book, Column, Fault, Row, Shape, in_order
from tongban.kernel.ids import BodyCode
from tongban.plans.rules.register import Head, Job, Register, Told, ToldPlan
from tongban.plans.rules.state import OVER, Stage
from tongban.plans.rules.terms import Term, later, term_in

PLAN: Final = "方案"
JOBS: Final = "分组"
MEASURES: Final = "举措"
SHEETS: Final = (
    Shape(
        PLAN,
        (
            Column("网址简称", longest=60),
            Column("标题", longest=200),
            Column("文号", longest=60),
            Column("印发日期", day=True),
            Column("印发单位", longest=120),
            Column("出处", False, 300),
            Column("几个月报一次", longest=2),
        ),
    ),
    Shape(JOBS, (Column("类别", longest=30), Column("编号", longest=30), Column("名称", longest=200))),
    Shape(
        MEASURES,
        (
            Column("编号", longest=30),
            Column("内容", longest=1000),
            Column("分组编号", False, 30),
            Column("牵头单位", longest=120),
            Column("责任单位", longest=1000),
            Column("期限", longest=40, dated=True),
        ),
    ),
)
"""The three sheets that a city fills in."""

RESERVED: Final = frozenset({"import", "readings"})
MOST_MEASURES: Final = 1_000
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_BETWEEN: Final = re.compile(r"[、,，;；\n]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What a spreadsheet is judged by: the names of bodies that stand by their codes, the plan as it stands,
    the body of who brings it, and the day.
    """

    bodies: Mapping[BodyCode, str]
    standing: Register | None
    brought_by: BodyCode
    today: date


@dataclass(frozen=True, slots=True)
class Judged:
    """The plan that was told, or every fault. `kept`: measures that stand and that it does not tell."""

    plan: ToldPlan | None = None
    faults: list[Fault] = field(default_factory=list)
    kept: tuple[str, ...] = ()


def slug_in(book: Book) -> str:
    """Of which plan a book tells, as it says itself; empty where it does not."""
    return next((row.text("网址简称") for row in book.rows.get(PLAN, [])), "")


def judge(book: Book, known: Known) -> Judged:
    """Every fault of every sheet at once, and no plan; or no fault, and the plan."""
    judging = _Judging(known, list(book.faults))
    head = judging.head(book.rows.get(PLAN, []))
    jobs = judging.jobs(book.rows.get(JOBS, []))
    measures = judging.measures(book.rows.get(MEASURES, []), {one.code for one in jobs}, head)
    if judging.faults or head is None:
        return Judged(faults=in_order(judging.faults, (PLAN, JOBS, MEASURES)))
    told = {one.number for one in measures}
    standing = known.standing.measures if known.standing else {}
    return Judged(ToldPlan(head, jobs, measures), kept=tuple(one for one in standing if one not in told))


@dataclass(slots=True)
class _Judging:
    """What was found so far."""

    known: Known
    faults: list[Fault]
    _met: dict[Hashable, str] = field(default_factory=dict)

    def fault(self, code: str, row: Row, heading: str, says: str, do: str) -> None:
        self.faults.append(Fault(f"plans.import.{code}", row.place(heading), says, do))

    def twice(self, code: str, row: Row, heading: str, what: str) -> bool:
        """Whether this very thing stands twice, which is a fault."""
        key = code, row.text(heading)
        before = self._met.setdefault(key, row.place(heading))
        if before == row.place(heading):
            return False
        self.fault(code, row, heading, f"{what}“{row.text(heading)}”前面 {before} 已经有了。", "请只留一行。")
        return True

    def head(self, rows: Sequence[Row]) -> Head | None:
        if len(rows) != 1:
            says = "“方案”表里没有方案。" if not rows else f"“方案”表里有 {len(rows)} 行。"
            do = "一份表格是一个方案：请只填一行。"
            self.faults.append(Fault("plans.import.plan.one", f"{PLAN}!2:2", says, do))
            return None
        [row] = rows
        slug, every = self._slug(row), self._every(row)
        issuer, source = self._body(row, "印发单位", row.text("印发单位")), self._source(row)
        issued_on = self._issued_on(row)
        if not (slug and every and issuer and issued_on and row.has("标题", "文号")) or source is None:
            return None
        return Head(slug, row.text("标题"), row.text("文号"), issued_on, issuer, source, every)

    def _slug(self, row: Row) -> str:
        slug = row.text("网址简称")
        if slug and (not _SLUG.fullmatch(slug) or slug in RESERVED):
            do = "请用小写字母、数字和短横，例如 reform-2026；定了就不能改。"
            self.fault("plan.slug", row, "网址简称", f"“{slug}”不能作网址。", do)
            return ""
        return slug

    def _every(self, row: Row) -> int:
        text = unicodedata.normalize("NFKC", row.text("几个月报一次"))
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 12):
            self.fault("plan.every", row, "几个月报一次", f"“{text}”不是月数。", "请填 1 到 12 的数字。")
            return 0
        return int(text or 0)

    def _issued_on(self, row: Row) -> date | None:
        day = row.day("印发日期")
        if day is not None and day > self.known.today:
            self.fault("plan.issued-on", row, "印发日期", "印发日期还没有到。", "请填方案上印的日期。")
            return None
        return day

    def _source(self, row: Row) -> str | None:
        text = row.text("出处")
        parts = urlsplit(text) if "[" not in text else urlsplit("")
        if text and (parts.scheme not in ("http", "https") or not parts.netloc or " " in text):
            self.fault(
                "plan.source", row, "出处", "出处不是网址。", "请填以 https:// 开头的网址，没有就空着。"
            )
            return None
        return text

    def jobs(self, rows: Sequence[Row]) -> tuple[Job, ...]:
        found = []
        for row in rows:
            sound = row.has("类别", "编号", "名称") and not self.twice("job.twice", row, "编号", "编号")
            if sound:
                found.append(Job(row.text("编号"), row.text("类别"), row.text("名称")))
        return tuple(found)

    def measures(self, rows: Sequence[Row], jobs: set[str], head: Head | None) -> tuple[Told, ...]:
        if len(rows) > MOST_MEASURES:
            says, do = f"举措超过 {MOST_MEASURES} 条。", "请分成几个方案。"
            self.faults.append(Fault("plans.import.measure.many", MEASURES, says, do))
            return ()
        if not rows and self.known.standing is None:
            says, do = "一条举措也没有。", "请在“举措”表里填写，一行一条。"
            self.faults.append(Fault("plans.import.measure.none", MEASURES, says, do))
        standing = {one.code for one in self.known.standing.jobs} if self.known.standing else set()
        found = (self._measure(row, jobs | standing, head) for row in rows)
        return tuple(one for one in found if one is not None)

    def _measure(self, row: Row, jobs: set[str], head: Head | None) -> Told | None:
        twice = self.twice("measure.twice", row, "编号", "举措")
        job = row.text("分组编号")
        if job and job not in jobs:
            do = "请先在“分组”表里加上，或者空着。"
            self.fault("measure.job", row, "分组编号", f"没有编号为“{job}”的分组。", do)
        lead = self._body(row, "牵头单位", row.text("牵头单位"))
        responsible, term = self._responsible(row), self._term(row, head)
        if twice or not (lead and responsible and term and row.has("编号", "内容")):
            return None
        told = Told(row.text("编号"), row.text("内容"), job, lead, responsible, term.code)
        return told if self._may_stand(row, told, term) else None

    def _responsible(self, row: Row) -> tuple[BodyCode, ...]:
        names = [one.strip() for one in _BETWEEN.split(row.text("责任单位")) if one.strip()]
        found = [self._body(row, "责任单位", one) for one in names]
        if None in found:
            return ()
        codes = [one for one in found if one]
        if len(set(codes)) != len(codes):
            self.fault("measure.body-twice", row, "责任单位", "同一个责任单位写了两次。", "请只写一次。")
            return ()
        return tuple(codes)

    def _term(self, row: Row, head: Head | None) -> Term | None:
        text = row.text("期限")
        term = term_in(text)
        if text and term is None:
            do = "请写成 2026年6月30日、2026年6月底、2026年第二季度、2026年底，或者 长期。"
            self.fault("measure.term", row, "期限", f"“{text}”不是期限。", do)
        elif term and term.last and head and term.last < head.issued_on:
            do = "请核对年份；期限不能早于方案的印发日期。"
            self.fault("measure.term-before", row, "期限", f"期限早于印发日期 {head.issued_on}。", do)
        return term

    def _may_stand(self, row: Row, told: Told, term: Term) -> bool:
        """Whether what stands may become what is told: what is over stays, nobody gives themselves time."""
        state = self.known.standing.measures.get(told.number) if self.known.standing else None
        if state is None:
            return True
        says = (state.text, state.job, state.lead, state.responsible, state.term.code)
        if says == (told.text, told.job, told.lead, told.responsible, told.term):
            return True
        if state.stage in OVER or state.stage is Stage.DECLARED:
            do = "请照现在的内容填；要改的，请监督人员先退回或者重新打开这一条。"
            self.fault("measure.over", row, "编号", "这一条已经申报、销号或者调出方案。", do)
            return False
        if state.lead == self.known.brought_by and (later(term, state.term) or told.lead != state.lead):
            do = "请牵头单位以外的监督人员来改期限和牵头单位。"
            self.fault("measure.own", row, "牵头单位", "这一条现在由您自己的单位牵头。", do)
            return False
        return True

    def _body(self, row: Row, heading: str, text: str) -> BodyCode | None:
        """The body of a code or of a full name."""
        if not text:
            return None
        bodies = self.known.bodies
        if BodyCode(text.upper()) in bodies:
            return BodyCode(text.upper())
        named = [code for code, name in bodies.items() if name == text]
        if len(named) == 1:
            return named[0]
        if named:
            says, do = f"叫“{text}”的单位有 {len(named)} 个。", f"请填代码：{'、'.join(named)}。"
            self.fault("body.several", row, heading, says, do)
            return None
        self.fault("body.unknown", row, heading, f"没有单位“{text[:40]}”。", _guess(text, bodies.values()))
        return None


def _guess(text: str, names: Iterable[str]) -> str:
    near = get_close_matches(text, list(names), 1, 0.6)
    meant = f"是不是“{near[0]}”？" if near else ""
    return f"{meant}请填全称或者统一社会信用代码；责任单位有几个的，用顿号隔开。"
