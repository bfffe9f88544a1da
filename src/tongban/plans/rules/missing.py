"""The refusals of what is not there, or not there any more."""

from django.utils.translation import gettext as _

from tongban.kernel.refusal import Refusal


def unknown_plan() -> Refusal:
    """Of a plan."""
    return Refusal(
        "plans.unknown", says=_("没有这个方案。"), do=_("请回到方案的清单，重新选择。"), status=404
    )


def unknown_measure() -> Refusal:
    """Of a measure."""
    return Refusal("plans.measure.unknown", says="没有这一条举措。", do="请回到方案，重新选择。", status=404)


def unknown_reading() -> Refusal:
    """Of a plan that was read, and is adopted or gone by now."""
    return Refusal(
        "plans.reading.unknown",
        says="没有这份读入的方案，可能已经导入、放弃，或者过了七天。",
        do="请重新上传表格。",
        status=404,
    )
