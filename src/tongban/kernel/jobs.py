"""Jobs: what is told later. Kept in PostgreSQL, so a rolled-back change tells nothing and a committed one is
never forgotten. A job may be told twice and must do its work once."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task


class Retry(BaseRetryStrategy):
    """A job that fails is tried again after three seconds, nine, twenty-seven …: over six days until a person
    must look at it. A database that is away is no fault of the job: then again in a second, without end."""

    FAULTS = RetryStrategy(max_attempts=12, exponential_wait=3)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None to give up."""
        if isinstance(exception, OperationalError | InterfaceError):
            return RetryDecision(retry_in={"seconds": 1})
        return self.FAULTS.get_retry_decision(exception=exception, job=job)


def later(name: str, **ids: Any) -> None:
    """Have the job of that name done, once the transaction that asks for it is committed. One statement."""
    app.configure_task(name).defer(**ids)


def job(function: Callable[..., None]) -> "Task[..., None, Any]":
    """Make a function a job, named by its module; its arguments are ids, never personal data."""

    @wraps(function)
    def on_a_connection_of_its_own(*args: Any, **named: Any) -> None:
        try:
            function(*args, **named)
        finally:
            # Kept, it would fail every later job of its thread once it had died. A transaction needs it.
            if not connection.in_atomic_block:
                connection.close()

    name = f"{function.__module__}.{function.__name__}"
    return app.task(name=name, retry=Retry())(on_a_connection_of_its_own)
