"""The sheets that are given out: an empty template, a plan to be brought again, a list with how it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tongban.directory import api as directory
from tongban.engine.sheets import EXAMPLE, EXPLAINED, NOTE, Table, written
from tongban.kernel.lights import LIGHT_NAMES
from tongban.plans.queries.lines import Line
from tongban.plans.queries.registers import PlanView
from tongban.plans.rules.importing import JOBS, MEASURES, PLAN, SHEETS
from tongban.plans.rules.terms import written as term_written

Rows = Sequence[Sequence[str]]

_EXAMPLES: Final[dict[str, Rows]] = {
    PLAN: [
        ("reform-2026", "数字政府改革方案（样例）", "样政办发〔2026〕1号", "2026-01-05", "", "", "1", EXAMPLE)
    ],
    JOBS: [("主要工作", "一", "政务服务“一网通办”", EXAMPLE)],
    MEASURES: [
        (
            "一（三）5",
            "高频事项“一次办好”",
            "一",
            "样例市数据局",
            "样例市数据局、样例市民政局",
            "2026年6月底",
            EXAMPLE,
        )
    ],
}
_WIDTHS: Final[dict[str, Sequence[int]]] = {
    PLAN: (18, 36, 24, 14, 28, 28, 14, 10),
    JOBS: (18, 12, 40, 10),
    MEASURES: (14, 60, 12, 28, 48, 18, 10),
}
_RULES: Final = (
    "一份表格是一个方案：“方案”表只填一行，“举措”表一行一条。",
    "网址简称是公开网页的地址，用小写字母、数字和短横，定了不能改；同一个简称再次导入，就是修改那个方案。",
    "编号照方案上印的写。再次导入时，表里没有的举措保持原样，不会删去；要调出方案的，在那一条里办。",
    "单位填全称或者统一社会信用代码，下面有对照；责任单位有几个的，用顿号隔开。",
    "期限写成 2026年6月30日、2026年6月底、2026年第二季度、2026年底，或者 长期（每年报一次）。",
    f"备注以“{EXAMPLE}”开头的行不导入。上传以后先列出所有错处；没有错处的，先看会改什么，再确认导入。",
)
_HEADS: Final = (
    *("编号", "内容", "分组", "牵头单位", "责任单位", "最初期限", "现在期限", "延期次数"),
    *("情况", "时限", "超期（工作日）", "最近一次报告"),
)


def template() -> bytes:
    """A workbook to be filled in, with an example on every sheet, and all bodies by name. One statement."""
    bodies = [one for one in directory.bodies() if one.closed_on is None]
    explained = [*((rule, "") for rule in _RULES), ("", ""), ("单位全称", "统一社会信用代码")]
    explained += [(one.name, str(one.code)) for one in bodies]
    return _workbook(_EXAMPLES, explained)


def filled_in(view: PlanView) -> bytes:
    """The plan as it stands, in the same form; read in again it changes nothing. No statement."""
    head = view.head
    of_plan = (head.slug, head.title, head.number, head.issued_on.isoformat(), str(head.issuer), head.source)
    measures = [
        (
            one.state.number,
            one.state.text,
            one.state.job,
            str(one.state.lead),
            "、".join(one.state.responsible),
            term_written(one.state.term),
        )
        for one in view.lines
    ]
    jobs = [(one.group, one.code, one.name) for one in view.jobs]
    rows: dict[str, Rows] = {PLAN: [(*of_plan, str(head.every))], JOBS: jobs, MEASURES: measures}
    return _workbook(rows, [(rule, "") for rule in _RULES])


def exported(view: PlanView, lines: Sequence[Line], what: str, at: datetime) -> bytes:
    """These measures with how they stand, and a first sheet that says of what and when. No statement."""
    jobs = {one.code: f"{one.group} {one.code} {one.name}" for one in view.jobs}
    about = [
        ("方案", f"{view.head.title}（{view.head.number}）"),
        ("范围", what),
        ("条数", str(len(lines))),
        ("导出时间", f"{at:%Y-%m-%d %H:%M}"),
        ("怎么算", "超期按工作日，从期限的次日起；申报完成以后等确认的时间不算。"),
    ]
    rows = [_row(one, jobs.get(one.state.job, "")) for one in lines]
    widths = (14, 60, 28, 28, 40, 18, 18, 10, 18, 12, 14, 14)
    return written([Table("说明", ("项目", "说明"), about, (14, 80)), Table("台账", _HEADS, rows, widths)])


def _row(one: Line, job: str) -> tuple[str, ...]:
    state, light = one.state, one.standing.light
    return (
        *(state.number, state.text, job, one.lead, "、".join(one.responsible)),
        *(term_written(state.first), term_written(state.term), str(state.postponed), one.stage),
        LIGHT_NAMES[light] if light else "",
        str(one.standing.late or ""),
        state.reported_on.isoformat() if state.reported_on else "",
    )


def _workbook(rows: dict[str, Rows], explained: Rows) -> bytes:
    sheets = [
        Table(
            shape.name, [*(one.heading for one in shape.columns), NOTE], rows[shape.name], _WIDTHS[shape.name]
        )
        for shape in SHEETS
    ]
    return written([Table(EXPLAINED, ["怎么填", ""], explained, (90, 24)), *sheets])
