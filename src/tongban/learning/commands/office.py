"""The offices of the learners: for each one of their own, with its leader; all run the same items."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import yaml
from django.conf import settings
from stdnum.cn import uscc

from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.calendars import LOADER
from tongban.kernel.ids import BodyCode, ItemCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.learning.models import Attempt
from tongban.learning.rules.exercise import exercises
from tongban.learning.rules.people import leader_at, learner_at

OFFICE: Final = "办事机关（练习）"
"""What every office is called, after its county."""

LEARNERS: Final = 20
"""How many may learn beside each other: one in each county of the city that packs describe."""

_CITY: Final = "5101"
_SINCE: Final = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Office:
    """The office of one learner."""

    nth: int
    region: RegionCode
    name: str

    @property
    def body(self) -> BodyCode:
        """A code that checks and belongs to nobody."""
        base = f"11{self.region}MB9002{self.nth:03d}"
        return BodyCode(base + uscc.calc_check_digit(base))

    @property
    def sign_in(self) -> str:
        return f"lianxi{self.nth}"


def offices() -> list[Office]:
    """All of them, in the order of their regions."""
    named: dict[str, str] = yaml.load((Path(settings.PACKS) / "regions.yaml").read_text("utf-8"), LOADER)
    counties = sorted(code for code in named if code[:4] == _CITY and code[4:] != "00")
    return [
        Office(nth, RegionCode(code), f"{named[code]}{OFFICE}")
        for nth, code in enumerate(counties[:LEARNERS], start=1)
    ]


def open_offices(password: str, *, at: datetime) -> list[str]:
    """Have every office, its learner and its leader; gives the names by which learners sign in.

    A second call changes nothing.
    """
    found = offices()
    _publish(found, at)
    hashed = identity.hashed(password)
    for office in found:
        if identity.has_account(office.sign_in, identity.AccountKind.OFFICER):
            continue
        learner = _appointed(learner_at(office.body, office.region))
        _appointed(leader_at(office.body, office.region))
        identity.open_account(office.sign_in, hashed, officer=learner)
    return [office.sign_in for office in found]


def _appointed(viewer: Viewer) -> OfficerId:
    officer = viewer.officer
    assert officer is not None
    directory.ensure_officer(officer.id, name=officer.name)
    title = "经办人" if Role.HANDLER in officer.roles else "负责人"
    post = directory.ensure_post(body=officer.body, title=title, roles=sorted(officer.roles))
    directory.appoint(officer.id, post, since=_SINCE)
    return officer.id


def _publish(found: list[Office], at: datetime) -> None:
    """The items of the packs that exercises are about, run by these offices instead of their own."""
    with tempfile.TemporaryDirectory() as folder:
        packs = [_copied(item, found, Path(folder)) for item in sorted({one.item for one in exercises()})]
        catalogue.publish(packs, at=at)


def _copied(like: ItemCode, found: list[Office], folder: Path) -> Path:
    pack = copytree(Path(settings.PACKS) / "items" / like, folder / practised(like))
    item: dict[str, Any] = yaml.load((pack / "item.yaml").read_text("utf-8"), LOADER)
    office = item["offices"][0]
    item["offices"] = [office | {"body": one.body, "region": one.region, "name": one.name} for one in found]
    (pack / "item.yaml").write_text(yaml.safe_dump(item, allow_unicode=True), "utf-8")
    return pack


def practised(like: ItemCode) -> ItemCode:
    """What is applied for in exercises, where the packs have the item that it is like."""
    return ItemCode(f"exercise-{like}")


def refuse_real() -> None:
    """Refuse a database in which people have applied and nobody has practised: it is a real one's."""
    [(applied,)] = run("select exists (select from cases_case)")
    if applied and not Attempt.objects.exists():
        raise Refusal(
            "learning.real-database",
            says="这个数据库里有真实的办件，不能拿来练习。",
            do="练习有自己的数据库，请直接运行 tongban exercise，不要另外指定数据库。",
        )
