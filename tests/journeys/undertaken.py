"""The pages of plans, in every state that looks different."""

from datetime import UTC, datetime, timedelta

from tests.journeys.people import on_duty
from tests.journeys.visit import Visit
from tongban.plans import commands
from tongban.plans.tests.world import Undertaking, days_from


def undertaken() -> Undertaking:
    """Late and held up, postponed, asked for more time, declared, confirmed, for good; published."""
    now = datetime.now(UTC)
    city = Undertaking().enter(6, at=now - timedelta(days=60), today=now.date())
    city.report("一1", stands="stuck", hindered="省里的接口没有开", link="/desk/figures", at=now)
    city.postpone(days_from(now, 400), "一2", at=now)
    commands.ask_postponement(city.seen("一3"), days_from(now, 500), "设备晚到", by=city.leader, at=now)
    city.declare("一4", at=now)
    city.declare("一5", at=now)
    city.confirm("一5", at=now)
    commands.publish(city.slug, by=city.supervisor, at=now)
    return city


def visits() -> list[Visit]:
    """Who sees what of it."""
    city, now = undertaken(), datetime.now(UTC)
    supervisor, leader = on_duty(city.supervisor), on_duty(city.leader)
    brought = Undertaking()
    reading = commands.bring(brought.sheets(), "新方案", by=brought.supervisor, at=now).reading
    here = f"/desk/plans/{city.slug}"
    late = f"{here}/{city.row().id}"
    return [
        Visit("plans", None, "/plans"),
        Visit("plan", None, f"/plans/{city.slug}"),
        Visit("desk-plans-to-answer", supervisor, "/desk/plans"),
        Visit("desk-plan", leader, here),
        Visit("desk-measures", leader, f"{here}/measures?mark=red&lead={city.lead}&job=一"),
        Visit("desk-measures-none", supervisor, f"{here}/measures?mark=dropped"),
        Visit("desk-measure", leader, late),
        Visit("desk-measure-faults", leader, f"{late}/report", "报告进展"),
        Visit("desk-measure-lead", supervisor, f"{late}/change-lead"),
        Visit("plan-import-faults", supervisor, "/desk/plans/import", "上传并检查"),
        Visit("plan-reading", on_duty(brought.supervisor), f"/desk/plans/readings/{reading}"),
    ]
