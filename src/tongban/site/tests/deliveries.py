"""Delivered cases, whose completion is the one thing told by a job, and what became of their jobs."""

from tongban.cases import commands
from tongban.cases.tests.world import MONDAY, World, seal_all
from tongban.kernel.sql import run


def a_delivered_case(world: World) -> str:
    """A case delivered a moment ago: nothing of that is sealed, so nobody was told yet."""
    number = a_granted_case(world)
    deliver(world, number)
    return number


def a_granted_case(world: World) -> str:
    """A case that is only to be delivered."""
    number = world.accepted(at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予许可。")
    return number


def deliver(world: World, number: str) -> None:
    """Deliver a granted case."""
    commands.deliver(number, seen=None, by=world.handler, at=MONDAY, way="online")


def id_of(number: str) -> int:
    """The case's id."""
    return int(run("select id from cases_case where number = $1::text", (number,))[0][0])


def jobs_for(number: str) -> list[str]:
    """How far the jobs about a case are; those that succeeded are gone."""
    rows = run(
        "select status::text from procrastinate_jobs where args ->> 'case_id' = $1::text",
        (str(id_of(number)),),
    )
    return [status for (status,) in rows]


def sealed() -> None:
    """Seal whatever is pending."""
    seal_all(MONDAY)
