"""The offices of the learners: for each one of their own, with its leader; all run the same items."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import yaml
from django.conf import settings

from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.calendars import LOADER
from tongban.kernel.ids import ItemCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.learning.models import Attempt
from tongban.learning.rules.exercise import exercises
from tongban.learning.rules.people import CITY, OFFICE, ROOM, Office, leader_at, learner_at, trainer

LEARNERS: Final = 20
"""How many may learn beside each other: one in each county of the city that packs describe."""

TRAINER: Final = ROOM.sign_in
"""By what name whoever teaches signs in."""

_SINCE: Final = date(2020, 1, 1)


def offices() -> list[Office]:
    """All of them, in the order of their regions."""
    named: dict[str, str] = yaml.load((Path(settings.PACKS) / "regions.yaml").read_text("utf-8"), LOADER)
    counties = sorted(code for code in named if code[:4] == CITY[:4] and code != CITY)
    return [
        Office(nth, RegionCode(code), f"{named[code]}{OFFICE}")
        for nth, code in enumerate(counties[:LEARNERS], start=1)
    ]


def open_offices(password: str, *, at: datetime) -> list[str]:
    """Have every office, its learner and its leader, and who teaches; by what names learners sign in.

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
    _open_room(hashed)
    return [office.sign_in for office in found]


def _open_room(password: identity.Hashed) -> None:
    """Have who teaches, in a room of their own; `ROOM.sign_in` is their name to sign in by."""
    if identity.has_account(ROOM.sign_in, identity.AccountKind.OFFICER):
        return
    directory.ensure_region(code=CITY, name="成都市")
    directory.ensure_body(code=ROOM.body, name=ROOM.name, region=ROOM.region)
    identity.open_account(ROOM.sign_in, password, officer=_appointed(trainer()))


def _appointed(viewer: Viewer) -> OfficerId:
    officer = viewer.officer
    assert officer is not None
    directory.ensure_officer(officer.id, name=officer.name)
    post = directory.ensure_post(body=officer.body, title=officer.name, roles=sorted(officer.roles))
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
