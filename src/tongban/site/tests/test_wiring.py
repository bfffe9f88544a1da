"""What was sealed is told as jobs, in the transaction that sealed it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tongban.kernel.ids import CaseId, EventId, QueueId
from tongban.kernel.jobs import job
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.site import wiring


@job
def first(case_id: int) -> None:
    """Does nothing."""


@job
def second(case_id: int) -> None:
    """Does nothing."""


def sealed(case: int, told: str) -> ledger.Sealed:
    return ledger.Sealed(case, EventId(case), CaseId(case), QueueId("q"), "other", told, "{}")


def jobs() -> list[tuple[str, int]]:
    rows = run(
        "select task_name, (args ->> 'case_id')::int from procrastinate_jobs"
        f" where task_name like '{__name__}.%' order by id"
    )
    return [(name.rpartition(".")[2], case) for name, case in rows]


@pytest.fixture(autouse=True)
def _reactions(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(wiring, "REACTIONS", {"trial.begun": [first], "trial.done": [first, second]})


def test_every_listener_of_an_event_gets_a_job() -> None:
    wiring.tell([sealed(1, "trial.begun"), sealed(2, "trial.done"), sealed(3, "trial.unheard")])
    assert sorted(jobs()) == [("first", 1), ("first", 2), ("second", 2)]


def test_many_events_cost_one_statement_a_kind_of_job() -> None:
    with CaptureQueriesContext(connection) as asked:
        wiring.tell([sealed(case, "trial.begun") for case in range(50)])
    assert len(jobs()) == 50
    assert len(asked) == 1


def test_what_is_rolled_back_is_never_told() -> None:
    with transaction.atomic():
        wiring.tell([sealed(1, "trial.begun")])
        transaction.set_rollback(True)
    assert jobs() == []
