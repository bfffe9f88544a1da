"""What several tests of the command share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.cli.tests.served_log import LEAVES, City, log_of, serving


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[City]:
    log = log_of(tmp_path / "served", LEAVES)
    with serving(log.root) as url:
        yield City(log, url, tmp_path / "state" / "city.json", capsys)
