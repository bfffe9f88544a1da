"""A small city to administer: one province, a city, two districts; two administrators of the city."""

import itertools
import os
from datetime import UTC, date, datetime
from uuid import uuid4

from tongban.directory import api as directory
from tongban.engine.codes import credit_code_of
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 9)
PROVINCE, CITY = RegionCode("510000"), RegionCode("510100")
DISTRICT, OTHER, ELSEWHERE = RegionCode("510104"), RegionCode("510105"), RegionCode("440700")

_serials = itertools.count(int.from_bytes(os.urandom(4), "big"))


def a_code(region: str = DISTRICT) -> BodyCode:
    """A credit code that checks and that nobody else has."""
    return BodyCode(credit_code_of(f"11{region}{next(_serials) % 10**9:09d}"))


def a_number() -> str:
    """A staff number that nobody else has."""
    return f"T{next(_serials)}"


def lay_out() -> None:
    """The regions."""
    directory.ensure_region(code=PROVINCE, name="四川省")
    directory.ensure_region(code=CITY, name="成都市", parent=PROVINCE)
    directory.ensure_region(code=DISTRICT, name="锦江区", parent=CITY)
    directory.ensure_region(code=OTHER, name="青羊区", parent=CITY)
    directory.ensure_region(code=ELSEWHERE, name="江门市")


def a_body(region: RegionCode = DISTRICT, name: str = "") -> BodyCode:
    """A body of its own."""
    code = a_code(region)
    directory.ensure_body(code=code, name=name or f"测试机关{code[-6:]}", region=region)
    return code


def someone(body: BodyCode, *roles: Role, name: str = "测试人员", region: RegionCode = CITY) -> Viewer:
    """An officer on duty at a body, in a post with these roles, with a staff number."""
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name=name, number=a_number())
    title = "+".join(sorted(roles))
    directory.appoint(
        officer, directory.ensure_post(body=body, title=title, roles=roles), since=date(2020, 1, 1)
    )
    on_duty = Officer(officer, body, region, frozenset(roles), name)
    return Viewer(account=AccountId(uuid4()), officer=on_duty, shown_as=name)


def two_admins(region: RegionCode = CITY) -> tuple[Viewer, Viewer]:
    """Two administrators of a region, at a body of their own."""
    lay_out()
    body = a_body(region, "数据局")
    return (
        someone(body, Role.ADMIN, name="管理一", region=region),
        someone(body, Role.ADMIN, name="管理二", region=region),
    )
