"""One demonstration for all tests here: to live through half a year takes longest."""

from collections.abc import Iterator

import pytest

from tests.demonstration.city import CASES, LIVED_WITHIN, City
from tongban.cli.tests.test_demo import demo, empty_folder, free_port, words_until_ready


@pytest.fixture(scope="package")
def city() -> Iterator[City]:
    """The city with its half year behind it."""
    with empty_folder() as var:
        port = free_port()
        process = demo(var, port, cases=CASES)
        words_until_ready(process, seconds=LIVED_WITHIN)
        yield City(var, port)
        process.terminate()
        process.communicate(timeout=60)
