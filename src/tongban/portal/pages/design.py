"""The living page of the look: every component in every state, made by the parts that pages use."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, Request, open_to

SECTIONS: Final = (
    ("colours", "颜色和字"),
    ("frame", "页面的框"),
    ("buttons", "按钮"),
    ("lists", "清单"),
    ("notices", "提示和标签"),
    ("facts", "说清楚一件事"),
    ("home", "首页和搜索"),
    ("fields", "填写"),
    ("applying", "一步步申请"),
    ("case", "办件"),
    ("showing", "给别人看"),
    ("desk", "工作台"),
)
"""The templates in `portal/design/`, in this order: a new component is shown in one of them."""

COLOURS: Final = (
    "ink", "ink-2", "ink-3", "line", "edge", "paper", "ground", "blue", "deep", "wash", "seal", "seal-wash",
    "green", "green-wash", "amber", "amber-wash", "lamp",
)  # fmt: skip
LOOKS: Final = (
    ("auto.plain", "普通版"),
    ("dark", "深色"),
    ("care", "关怀版"),
    ("care.30", "关怀版，30 磅"),
    ("care.dark", "关怀版，深色"),
    ("en", "英文"),
)
LIFE: Final = (
    ("医", "看病就医"), ("食", "开店餐饮"), ("住", "住房落户"), ("行", "驾车出行"),
    ("文", "文化体育"), ("教", "入学考试"), ("旅", "旅游出境"), ("老", "养老助残"),
)  # fmt: skip
LONG: Final = "成都市锦江区春熙路街道小满家常菜餐饮服务管理有限责任公司第二分公司（筹）"
BEGUN: Final = date(2026, 9, 23)
"""A Wednesday."""

MOMENT: Final = datetime(2026, 9, 22, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a question."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, as packs ask it."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    help: str = ""
    options: tuple[Option, ...] = ()
    limits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, and what to do."""

    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a clock."""

    day: date
    kind: str


@require_safe
@open_to(ANYONE)
def design(request: Request) -> HttpResponse:
    """Every component in every state; `?look=dark.care.24` shows them so, whatever the reader prefers."""
    request.preferences = request.preferences.chosen(request.GET.get("look", "").split("."))
    context = {
        "sections": [(name, title, f"portal/design/{name}.html") for name, title in SECTIONS],
        "looks": LOOKS,
        "colours": COLOURS,
        "life": LIFE,
        "long": LONG,
        **_questions(),
        **_clocks(),
        **_samples(),
    }
    with translation.override(request.preferences.language):
        return render(request, "portal/design.html", context)


def _questions() -> dict[str, Any]:
    few = tuple(Option(str(number), words) for number, words in enumerate(("个体工商户", "企业", LONG)))
    many = tuple(Option(str(number), f"{number} 号街道") for number in range(1, 10))
    wrong = Fault("面积不是数字。", "请只写数字，如 86。")
    name = Asked("d-name", "店铺的名字", help="和门头招牌上的一样。")
    return {
        "questions": [
            (name, "", None),
            (Asked("d-full", "写好的"), LONG, None),
            (Asked("d-area", "经营面积（平方米）", "number"), "八十六", wrong),
            (Asked("d-date", "开业日期", "date", required=False), "2026-10-15", None),
            (Asked("d-phone", "手机号", "phone"), "", None),
            (Asked("d-text", "经营过程，写得越具体越快", limits={"multiline": True}), "", None),
            (Asked("d-kind", "以什么身份申请", "choice", options=few), "1", None),
            (Asked("d-also", "还卖什么", "choices", False, options=few[:2]), ["0"], None),
            (Asked("d-yes", "有没有油烟", "boolean"), None, Fault("还没有选。", "请选“是”或“否”。")),
            (Asked("d-street", "在哪条街道", "choice", options=many), "3", None),
            (Asked("d-agree", "承诺", "boolean", limits={"must_agree": True}), None, None),
            (Asked("d-file", "门头照片", "file", help="拍照或 PDF，每个不超过 10 MB。"), None, None),
        ],
        "faults": [
            {"name": "d-area", "says": "面积不是数字。"},
            {"name": "d-yes", "says": "有没有油烟，还没有选。"},
        ],
    }


def _clocks() -> dict[str, Any]:
    short = (
        "start counted counted rest rest excluded excluded counted rest rest rest rest rest rest counted due"
    )
    weeks = "counted counted rest rest counted counted counted"
    running = _days(short)
    return {
        "today": BEGUN + timedelta(days=7),
        "clocks": [
            ("走着", running),
            ("停着", running[:5]),
            ("很长的承诺", _days(f"start {' '.join([weeks] * 9)} counted due")),
        ],
        "late_today": BEGUN + timedelta(days=20),
        "late": running,
    }


def _days(kinds: str) -> list[Day]:
    return [Day(BEGUN + timedelta(days=passed), kind) for passed, kind in enumerate(kinds.split())]


def _samples() -> dict[str, Any]:
    return {
        "tasks": [
            {"title": "谁来申请", "hint": "张*三", "href": "#applying", "state": "done"},
            {"title": "经营场所", "hint": "还差一份平面图", "href": "#applying", "state": "wrong"},
            {"title": LONG, "href": "#applying", "state": "todo"},
            {"title": "核对并提交", "hint": "前面都完成以后", "state": "later"},
        ],
        "answers": [
            {"label": "申请人", "value": "张*三", "source": "公安人口库"},
            {"label": "字号", "value": LONG, "href": "#applying"},
            {"label": "备注", "value": "", "href": "#applying"},
        ],
        "stages": _stages("done", "done", "now", "", ""),
        "ended": _stages("done", "done", "stopped"),
        "said": [
            {"who": "李*（锦江区市场监管局）", "at": MOMENT, "text": "平面图上请标出洗消间。"},
            {"mine": True, "at": MOMENT + timedelta(hours=2), "text": "好的，今天补上。\n洗消间在后门旁边。"},
        ],
        "files": [
            {"id": "1", "name": "门头.jpg", "size": "2.1 MB", "state": "sending", "sent": 40},
            {
                "id": "2",
                "name": f"{LONG}.pdf",
                "size": "8.0 MB",
                "state": "failed",
                "says": "网络断了，没有传完。",
            },
            {"id": "3", "name": "平面图.pdf", "size": "310 KB", "state": "kept"},
        ],
        "code": mark_safe(_CODE),
        "picture": static("tongban/mark.svg"),
    }


def _stages(*states: str) -> list[dict[str, str]]:
    names = ("提交", "受理", "审查", "决定", "送达")
    return [{"name": name, "state": state} for name, state in zip(names, states, strict=False)]


_CODE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3h-3zM5 1h3v3h-3zM1 5h3v3h-3z'
    'M5 5h1v1h-1zM7 6h1v1h-1zM6 7h1v1h-1z"/></svg>'
)
