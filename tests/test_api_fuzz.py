"""Whatever is sent to the API: never a fault of ours, and always an answer that its own description knows."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.city import City, on_monday
from tests.rows import look_of, material_of
from tongban.site.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
EXAMPLES = 10
"""Of each operation; every one is sent by every caller, for to think of it costs more than to send it."""

CALLERS = ("nobody", "applicant", "handler with it")

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
existing: list[dict[str, str]] = []


def aimed(case: Case[Any]) -> Case[Any]:
    """The case, mostly at what exists: behind a number that is none nothing more is tried."""
    kind = case.operation.path.split("/{id}")[0].rpartition("/")[2]
    chance = crc32(repr((case.path_parameters, case.query, case.body)).encode())
    chosen = existing[chance % len(existing)]
    known = chosen | {"id": chosen.get(kind)}
    if case.meta and case.meta.generation.mode.is_positive and chance % 5:
        kept = {"id"} if chance % 2 else set()
        case.path_parameters = {
            name: value if name in kept else known[name]
            for name, value in (case.path_parameters or {}).items()
        }
    return case


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """One city for all that is sent; every request is taken back."""
    with django_db_blocker.unblock(), on_monday():
        city = City()
        existing[:] = [
            {
                "no": number,
                "code": city.world.item,
                "materials": str(material_of(number)),
                "seq": "1",
                "look": str(look_of(number)),
                "queues": city.world.queue,
                "approvals": city.approval,
                "certificate": city.certificate("applicant"),
            }
            for number in city.cases.values()
        ]
        # As Django's own test client does: else each request would close the connection of the test.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield city
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_one_that_was_promised(case: Case[Any], city: City) -> None:
    sent = aimed(case)
    for who in CALLERS:
        token = city.tokens.get(who)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with transaction.atomic():
            sent.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)
