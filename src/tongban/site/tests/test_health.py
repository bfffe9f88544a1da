"""Health tells whoever runs the installation whether it can serve, and how far sealing is behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tongban.site import health


def test_a_process_that_lives_says_so_without_the_database() -> None:
    answer = Client().get("/health/live")
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"live": True}, "no-store")


@pytest.mark.django_db
def test_a_process_that_can_serve_says_so_in_two_statements() -> None:
    Client().get("/health/ready")
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/health/ready")
    told = answer.json()
    assert (answer.status_code, told["ready"], len(asked)) == (200, True, 2)
    assert set(told["sealer"]) == {"pending", "behind_seconds", "sealed_at"}
    assert told["sealer"]["behind_seconds"] >= timedelta(0).total_seconds()


@pytest.mark.django_db
def test_a_database_of_an_earlier_version_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    health._migrations_waiting.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where id = (select max(id) from django_migrations)")
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "site.not-migrated")
    assert answer["Content-Type"] == "application/problem+json"
    assert health._migrations_waiting.cache_info().currsize == 0


def test_a_lost_database_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: Any) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "run", lost)
    answer = Client(raise_request_exception=False).get("/health/ready")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "site.away", "5")
