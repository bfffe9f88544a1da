"""The pages of administration, in every state that looks different."""

from datetime import UTC, datetime
from typing import NamedTuple

from tests.journeys.people import Account, City, on_duty
from tongban.administration import commands
from tongban.administration.commands import steps
from tongban.administration.tests.world import CITY, DISTRICT, a_body, a_code, two_admins
from tongban.directory import api as directory
from tongban.kernel.sql import run

HERE = "/desk/administration"


class Arranging(NamedTuple):
    """Two administrators of the city, a body, and changes in every state."""

    first: Account
    second: Account
    body: str
    officer: str
    draft: str
    waiting: str
    change: int
    slug: str


def arranging(city: City) -> Arranging:
    """A post was made, a suspension waits for the second, and a body is only prepared."""
    now = datetime.now(UTC)
    first, second = map(on_duty, two_admins())
    leader, body = city.leader.viewer.officer, a_body()
    assert leader is not None
    assert first.viewer.officer is not None
    directory.ensure_region(code=DISTRICT, name="锦江区", parent=CITY)
    asked: dict[str, steps.Step] = {
        "新增职务": steps.HavePost(body, "办事员", tuple(commands.ROLES)),
        "停职": steps.Suspend(str(leader.id), now.date()),
        "新增单位": steps.HaveBody(a_code(), "锦江区书院街街道便民服务中心", DISTRICT, "institution"),
    }
    made = [
        commands.propose(commands.Asked(title, [step], "按机构改革方案"), by=first.viewer, at=now)
        for title, step in asked.items()
    ]
    for one in made[:2]:
        commands.confirm(one, by=first.viewer, at=now)
    [(change,)] = run("select max(id) from administration_change")
    officer = str(first.viewer.officer.id)
    return Arranging(
        first, second, first.viewer.officer.body, officer, str(made[2]), str(made[1]), change, city.slug
    )


def addresses(arranged: Arranging) -> dict[str, str]:
    """Every page of the first administrator, by name."""
    return {
        "home": f"{HERE}/",
        "directory": f"{HERE}/directory",
        "body": f"{HERE}/directory/bodies/{arranged.body}",
        "person": f"{HERE}/people/{arranged.officer}",
        "change": f"{HERE}/changes/newcomer/{arranged.body}",
        "import": f"{HERE}/import",
        "draft": f"{HERE}/proposals/{arranged.draft}",
        "waiting": f"{HERE}/proposals/{arranged.waiting}",
        "calendar": f"{HERE}/calendar",
        "items": f"{HERE}/items",
        "item": f"{HERE}/items/{arranged.slug}/1",
        "keys": f"{HERE}/keys",
        "record": f"{HERE}/record",
        "recorded": f"{HERE}/record/{arranged.change}",
    }
