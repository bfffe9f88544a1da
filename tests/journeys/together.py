"""Pages of officers who work together, in every state that looks different."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.people import Account, City, a_city, on_duty, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.cases.tests.world import a_world, id_of
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.ids import BodyCode

LONG = "成都市锦江区春熙路街道小满家常菜餐饮服务管理有限责任公司第二分公司"


def body_of(who: Account) -> BodyCode:
    """The body of an officer."""
    assert who.viewer.officer is not None
    return who.viewer.officer.body


def away(city: City, who: Account, stand_in: Account | None) -> None:
    """Somebody is away from today on, for three days."""
    today = legal_day(datetime.now(UTC))
    planned = directory.Planned(
        officer=id_of(who.viewer),
        kind=directory.AbsenceKind.LEAVE,
        since=today,
        until=today + timedelta(days=3),
        stand_in=id_of(stand_in.viewer) if stand_in else None,
    )
    directory.arrange_absence(planned, by=city.leader.viewer, today=today)


def together() -> list[Visit]:
    """A case that is asked about, in time and too late; one handed over; who stands in for whom."""
    city, other, now = a_city(), on_duty(a_world().handler), datetime.now(UTC)
    directory.forget()
    long_ago, colleague = now - timedelta(days=30), id_of(city.colleague.viewer)
    for _ in range(3):
        city.world.submit(at=now)
    first, second = (city.world.take_next(at=now) for _ in range(2))
    acting: dict[str, Any] = {"seen": None, "by": city.handler.viewer}
    question = f"{LONG}在规划红线里吗？"
    late = commands.consult(first, **acting, at=long_ago, whom=body_of(other), days=1, text=question)
    own = commands.consult(first, **acting, at=now, whom=colleague, days=10, text="您去过现场吗？")
    commands.answer_consultation(first, own.version, by=city.colleague.viewer, at=now, text="上周去过。")
    commands.note(first, **acting, at=now, text=f"已电话核实：{LONG}。")
    commands.hand_over(second, **acting, at=now, to=colleague, text="我明天起参加专项检查。")
    away(city, city.handler, city.colleague)
    place = f"/cases/{first}/consultations"
    seal()
    return [
        Visit("desk-asked", other, "/desk/"),
        Visit("desk-standing-in", city.colleague, "/desk/"),
        Visit("desk-case-together", city.leader, f"/desk/cases/{first}"),
        Visit("desk-case-standing-in", city.colleague, f"/desk/cases/{first}"),
        Visit("desk-case-asked-elsewhere", other, f"/desk/cases/{first}"),
        Visit("consultation-late", other, f"{place}/{late.version}"),
        Visit("consultation-faults", other, f"{place}/{late.version}", "发出答复"),
        Visit("consultation-answered", city.handler, f"{place}/{own.version}"),
        Visit("act-consult", city.handler, f"/cases/{first}/acts/consult"),
        Visit("act-hand-over-faults", city.leader, f"/cases/{first}/acts/hand-over", "移交给同事"),
        Visit("duty", city.leader, "/desk/duty"),
        Visit("duty-faults", city.handler, "/desk/duty", "登记"),
    ]
