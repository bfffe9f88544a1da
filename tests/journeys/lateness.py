"""Pages of a case that is late, as each of those sees it whom that concerns."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.people import City, a_city, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.engine.calendar import legal_day

WHY = "现场核查要等检测报告，报告下周一出来，拿到当天作出决定。"


def long_accepted(city: City) -> str:
    """A case of the resident's that was accepted so long ago that every deadline is missed."""
    long_ago = datetime.now(UTC) - timedelta(days=60)
    number = city.world.submit(by=city.resident.viewer, at=long_ago).number
    seal()
    assert city.world.take_next(at=long_ago) == number
    commands.accept(number, seen=None, by=city.handler.viewer, at=long_ago)
    return number


def lateness() -> list[Visit]:
    """Late cases: nothing said, an order open, explained to the applicant."""
    city, now = a_city(), datetime.now(UTC)
    unexplained, ordered, told = (long_accepted(city) for _ in range(3))
    acting: dict[str, Any] = {"seen": None, "at": now}
    commands.supervise(ordered, **acting, by=city.leader.viewer, days=1, text="请本周办结，并向申请人说明。")
    until = legal_day(now) + timedelta(days=5)
    commands.explain(told, **acting, by=city.handler.viewer, cause="on-site", until=until, text=WHY)
    explain, supervise = f"/cases/{unexplained}/acts/explain", f"/cases/{unexplained}/acts/supervise"
    return [
        Visit("desk-late", city.handler, "/desk/"),
        Visit("desk-case-ordered", city.handler, f"/desk/cases/{ordered}"),
        Visit("desk-case-explained", city.leader, f"/desk/cases/{told}"),
        Visit("figures-late", city.leader, "/desk/figures"),
        Visit("act-explain", city.handler, explain),
        Visit("act-explain-faults", city.handler, explain, "说明为什么超期"),
        Visit("act-supervise-faults", city.leader, supervise, "督办"),
        Visit("case-explained", city.resident, f"/cases/{told}"),
    ]
