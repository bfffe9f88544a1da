"""The order for everyone: what arrived and was taken on a day, and who was taken ahead of others, and why."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tongban.cases import api as cases
from tongban.engine.calendar import legal_day
from tongban.kernel.ids import QueueId
from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.paging import LARGEST_KEY, cursor, key_behind
from tongban.kernel.refusal import Refusal
from tongban.ledger import api as ledger
from tongban.portal.pages.seen import name_of, names_of_queues, order_of, reasons, seen_in

ON_A_PAGE: Final = 60
MOST_OVERTAKINGS: Final = 30
LONGEST_QUEUE: Final = 128

MOVES: Final = {
    "arrived": (_("到达"), _("排进队里")),
    "taken": (_("取件"), _("轮到，工作人员开始办")),
    "released": (_("退回"), _("退回队里，回到原来的位置")),
    "set-aside": (_("搁置"), _("等申请人补正，先不排")),
    "back": (_("恢复"), _("回到原来的位置接着排")),
    "left": (_("离开"), _("不再排队：撤回、办完，或者没有受理")),
}
"""What each kind of leaf means to who stands in line."""


@require_safe
@open_to(ANYONE)
def today(request: Request) -> HttpResponse:
    """The order of a day, queue by queue. Two statements, one of them kept for today."""
    now = legal_day(request.now)
    day = _day(request.GET.get("day", ""), now)
    names, waiting = names_of_queues(), cases.waiting() if day == now else {}
    orders = {one.queue: one for one in (order_of if day == now else ledger.order_of)(day)}
    queues = [
        {
            "name": name_of(queue, names),
            "order": orders.get(QueueId(queue), ledger.Order(QueueId(queue), 0, 0, 0)),
            "waiting": waiting.get(QueueId(queue), 0),
        }
        for queue in sorted({*orders, *waiting}, key=lambda queue: (-_moves(orders, queue), queue))
    ]
    context = {
        "day": day,
        "is_today": day == now,
        "seen": seen_in(orders.values()),
        "queues": queues,
        "before": f"?day={day - timedelta(days=1)}",
        "after": f"?day={day + timedelta(days=1)}" if day < now else "",
    }
    return render(request, "portal/order.html", context)


def _moves(orders: dict[QueueId, ledger.Order], queue: QueueId) -> int:
    order = orders.get(queue)
    return order.arrived + order.taken if order else 0


@require_safe
@open_to(ANYONE)
def line(request: Request, queue: str) -> HttpResponse:
    """What moved the line of one queue on a day, in the order of the log. One statement."""
    now = legal_day(request.now)
    day = _day(request.GET.get("day", ""), now)
    names = names_of_queues()
    behind = key_behind(request.GET["after"]) if "after" in request.GET else -1
    placed = ledger.line_of(QueueId(queue[:LONGEST_QUEUE]), day, behind=behind, limit=ON_A_PAGE + 1)
    if not placed and queue not in names:
        raise Refusal(
            "portal.queue.unknown",
            says=gettext("没有这个队列。"),
            do=gettext("请从今天的办理次序里选一个。"),
            status=404,
        )
    shown = placed[:ON_A_PAGE]
    more = cursor(shown[-1].index) if len(placed) > ON_A_PAGE else ""
    context = {
        "day": day,
        "name": name_of(queue, names),
        "rows": [move_of(one) for one in shown],
        "all": f"{reverse('portal:order')}?day={day}",
        "next": "?" + urlencode({"day": day, "after": more}) if more else "",
    }
    return render(request, "portal/line.html", context)


@require_safe
@open_to(ANYONE)
def overtakings(request: Request) -> HttpResponse:
    """Who was taken ahead of others in a month, each with its reason. Two statements, one of them kept."""
    now = legal_day(request.now)
    first = _month(request.GET.get("month", ""), now)
    last = min(_month_after(first) - timedelta(days=1), now)
    before = key_behind(request.GET["after"]) if "after" in request.GET else LARGEST_KEY
    placed = ledger.overtakings(first, last, before=before, limit=MOST_OVERTAKINGS + 1)
    names, shown = names_of_queues(), placed[:MOST_OVERTAKINGS]
    more = cursor(shown[-1].index) if len(placed) > MOST_OVERTAKINGS else ""
    counted = (reasons if last == now else ledger.reasons)(first, last)
    later = _month_after(first)
    context = {
        "month": first,
        "count": sum(counted.values()),
        "reasons": [(_reason(code), number) for code, number in counted.items()],
        "rows": [{**move_of(one), "name": name_of(one.leaf.queue, names)} for one in shown],
        "before": f"?month={first - timedelta(days=1):%Y-%m}",
        "after": f"?month={later:%Y-%m}" if later <= now else "",
        "next": "?" + urlencode({"month": f"{first:%Y-%m}", "after": more}) if more else "",
    }
    return render(request, "portal/overtakings.html", context)


def move_of(placed: ledger.Placed) -> dict[str, object]:
    """A leaf as its row shows it: `at` is aware, `tag` the first eight digits of the random tag."""
    leaf = placed.leaf
    word, means = MOVES.get(leaf.kind, (leaf.kind, ""))
    return {
        "index": placed.index,
        "at": ledger.minute_of(leaf),
        "word": word,
        "means": means,
        "kind": leaf.kind,
        "tag": leaf.case[:8],
        "queue": leaf.queue,
        "reason": _reason(leaf.reason) if leaf.reason else "",
    }


def _reason(code: str) -> str:
    return gettext(cases.OVERTAKING_REASONS[code]) if code in cases.OVERTAKING_REASONS else code


def _day(written: str, today: date) -> date:
    """The day asked for, up to today; today where none was, or none that is a day."""
    try:
        return min(max(date.fromisoformat(written), date(2000, 1, 1)), today)
    except ValueError:
        return today


def _month(written: str, today: date) -> date:
    """The first day of the month asked for, up to this month."""
    return _day(f"{written}-01", today).replace(day=1)


def _month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
