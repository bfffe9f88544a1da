"""What stands first on the first page is chosen by whoever reads it, and kept where it can be."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tongban.cases.tests.test_draft_pages import browser, text
from tongban.cases.tests.world import MONDAY, World, a_resident, a_world
from tongban.catalogue import api as catalogue


@pytest.fixture
def world(transactional_db: None) -> World:
    """A city with all of its columns."""
    catalogue.publish([Path(settings.PACKS)], at=MONDAY)
    return a_world()


def first_on(client: Client) -> str:
    """The part of the first page that its reader arranged; empty without one."""
    _, _, behind = text(client, "/").partition('id="first"')
    return behind.partition("</section>")[0]


def choose(client: Client, *slugs: str) -> int:
    return client.post("/home/arrange", {"first": list(slugs)}).status_code


def test_before_sign_in_the_cookie_keeps_it_beside_what_else_one_likes(world: World) -> None:
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


def test_signed_in_the_account_keeps_it_for_every_device(world: World) -> None:
    who = a_resident()
    one = browser(who)
    choose(one, "ageing")
    assert "养老助残" in first_on(one)
    other = Client()
    other.cookies = one.cookies
    other.cookies["preferences"] = "f-jobs"
    assert "养老助残" in first_on(other) and "就业创业" not in first_on(other)
    choose(other)
    assert first_on(one) == "", "nothing is a choice too"


def test_what_the_city_does_not_have_is_passed_over_and_too_much_is_told(world: World) -> None:
    client = Client()
    assert choose(client, "登月", "jobs", "jobs") == 302
    assert client.cookies["preferences"].value == "f-jobs"
    client.cookies["preferences"] = "f-no-such-column.f-<script>"
    assert first_on(client) == ""
    many = ("medical", "eating", "home", "driving", "leisure", "learning", "journeys", "ageing", "newborn")
    answer = client.post("/home/arrange", {"first": list(many)})
    assert answer.status_code == 422 and "最多选 8 个" in answer.content.decode()


def test_it_stands_first_in_the_version_for_the_elderly_too(world: World) -> None:
    client = Client()
    client.post("/preferences", {"care": "care"})
    choose(client, "jobs")
    assert "就业创业" in first_on(client)
