"""Jobs: what is told later. Kept in PostgreSQL, so a rolled-back change tells nothing and a committed one is
never forgotten. A job may be told twice and must do its work once."""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

RETRY = RetryStrategy(max_attempts=12, exponential_wait=3)
"""Three seconds, nine, twenty-seven …: over six days until a person must look at a failed job."""


def job(function: Callable[..., None]) -> "Task[..., None, Any]":
    """Make a function a job, named by its module; its arguments are ids, never personal data."""
    return app.task(name=f"{function.__module__}.{function.__name__}", retry=RETRY)(function)
