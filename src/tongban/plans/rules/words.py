"""What stages and terms are called; one word for one thing, to officers and to everybody."""

from datetime import date
from typing import Final

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tongban.plans.rules.state import Stage
from tongban.plans.rules.terms import Term, Unit

STAGE_NAMES: Final[dict[Stage, str]] = {
    Stage.NOT_BEGUN: _("还没开始"),
    Stage.UNDER_WAY: _("正在推进"),
    Stage.STUCK: _("遇到阻力"),
    Stage.DECLARED: _("申报完成，等确认"),
    Stage.CONFIRMED: _("已完成，经确认"),
    Stage.DROPPED: _("已调出方案"),
}

COLOURS: Final[dict[Stage, str]] = {
    Stage.NOT_BEGUN: "",
    Stage.UNDER_WAY: "b",
    Stage.STUCK: "a",
    Stage.DECLARED: "b",
    Stage.CONFIRMED: "g",
    Stage.DROPPED: "",
}
"""The colour of a stage's tag; red is for what is late, and for that alone."""


def term_in_words(term: Term) -> str:
    """By when, in the reader's language: 2026 年 6 月 30 日前; in English by 30 June 2026."""
    day = term.last
    if day is None:
        return gettext("长期")
    match term.unit:
        case Unit.DAY:
            return gettext("%(day)s前") % {"day": _dated(day, gettext("Y 年 n 月 j 日"))}
        case Unit.MONTH:
            return gettext("%(month)s底前") % {"month": _dated(day, gettext("Y 年 n 月"))}
        case Unit.QUARTER:
            told = {"year": day.year, "quarter": day.month // 3}
            return gettext("%(year)s 年第 %(quarter)s 季度末前") % told
        case _:
            return gettext("%(year)s 年底前") % {"year": day.year}


def _dated(day: date, form: str) -> str:
    return formatted(day, form)
