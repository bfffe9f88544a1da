"""A small city: one province, city and district; two bodies."""

from collections.abc import Iterator
from datetime import date

import pytest

from tongban.directory import api as directory
from tongban.kernel.ids import BodyCode, RegionCode

MARKET = BodyCode("11510104MB0000001A")
HEALTH = BodyCode("11510100MB0000002B")
DISTRICT = RegionCode("510104")
CITY = RegionCode("510100")
MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
FRIDAY = date(2026, 3, 6)


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def city(db: None) -> None:
    directory.ensure_region(code=RegionCode("510000"), name="四川省")
    directory.ensure_region(code=CITY, name="成都市", parent=RegionCode("510000"))
    directory.ensure_region(code=DISTRICT, name="锦江区", parent=CITY)
    directory.ensure_body(code=MARKET, name="锦江区市场监督管理局", region=DISTRICT)
    directory.ensure_body(code=HEALTH, name="成都市卫生健康委员会", region=CITY)
