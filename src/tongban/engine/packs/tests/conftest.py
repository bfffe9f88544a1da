"""What the tests of packs start from."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.newcomers import garden_in


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A newcomer's folder: one item, one question of its own."""
    return garden_in(tmp_path)
