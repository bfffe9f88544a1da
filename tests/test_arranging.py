"""What stands first on the first page is chosen by whoever reads it, and kept where it can be."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.keys import ring

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def city(transactional_db: None) -> None:
    """A city with all of its columns."""
    catalogue.publish([Path(settings.PACKS)], at=NOON)
    catalogue.forget()


def signed_in() -> Client:
    """A browser of somebody with an account."""
    person = ring().person_key("person", str(uuid4()))
    account = identity.open_account(str(uuid4()), "x" * 12, person=person)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def first_on(client: Client) -> str:
    """The part of the first page that its reader arranged; empty without one."""
    _, _, behind = text(client, "/").partition('id="first"')
    return behind.partition("</section>")[0]


def choose(client: Client, *slugs: str) -> int:
    return client.post("/home/arrange", {"first": list(slugs)}).status_code


def test_before_sign_in_the_cookie_keeps_it_beside_what_else_one_likes() -> None:
    client = Client()
    client.post("/preferences", {"size": "24"})
    assert first_on(client) == ""
    assert choose(client, "jobs", "medical") == 302
    assert client.cookies["preferences"].value == "24.f-jobs.f-medical"
    told = first_on(client)
    assert told.index("就业创业") < told.index("看病就医")
    client.post("/preferences", {"size": "18"})
    assert "就业创业" in first_on(client)
    choose(client)
    assert first_on(client) == ""


def test_signed_in_the_account_keeps_it_for_every_device() -> None:
    one = signed_in()
    choose(one, "ageing")
    assert "养老助残" in first_on(one)
    other = Client()
    other.cookies = one.cookies
    other.cookies["preferences"] = "f-jobs"
    assert "养老助残" in first_on(other) and "就业创业" not in first_on(other)
    choose(other)
    assert first_on(one) == "", "nothing is a choice too"


def test_what_the_city_does_not_have_is_passed_over_and_too_much_is_told() -> None:
    client = Client()
    assert choose(client, "登月", "jobs", "jobs") == 302
    assert client.cookies["preferences"].value == "f-jobs"
    client.cookies["preferences"] = "f-no-such-column.f-<script>"
    assert first_on(client) == ""
    many = ("medical", "eating", "home", "driving", "leisure", "learning", "journeys", "ageing", "newborn")
    answer = client.post("/home/arrange", {"first": list(many)})
    assert answer.status_code == 422 and "最多选 8 个" in answer.content.decode()


def test_it_stands_first_in_the_version_for_the_elderly_too() -> None:
    client = Client()
    client.post("/preferences", {"care": "care"})
    choose(client, "jobs")
    assert "就业创业" in first_on(client)
