"""What a deed costs."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.kernel.sql import load


def statements_of(deed: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What a deed comes to, and its statements.

    Those by which a process learns whether anything was published, at most every two seconds, are left out.
    """
    renewals = {load("tongban.catalogue", "mark"), load("tongban.directory", "changed")}
    with CaptureQueriesContext(connection) as captured:
        came_to = deed()
    return came_to, [one["sql"] for one in captured if one["sql"] not in renewals]
