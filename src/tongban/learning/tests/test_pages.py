"""The pages of exercises, under the settings that `tongban exercise` runs by."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from sys import modules
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tongban.engine.calendar import SHANGHAI
from tongban.kernel.pages import entrances_of
from tongban.kernel.sql import load
from tongban.learning import queries, urls
from tongban.learning.rules.people import trainer
from tongban.learning.tests.solving import SOLVED, Learner

OWN = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "OFFICERS_BEGIN_AT")


@pytest.fixture(scope="session")
def of_exercises(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the settings of exercises say otherwise than the site's, read in a folder marked for that.

    The folder is this process's own: another may ask at this moment whether the shared one is marked.
    """
    folder = tmp_path_factory.mktemp("exercise")
    (folder / "exercise").touch()
    with pytest.MonkeyPatch.context() as here:
        here.setattr("tongban.site.settings.VAR", folder)
        read = import_module("tongban.learning.settings")
    # Forgotten, so that whoever reads them next is asked for the mark again.
    del modules[read.__name__]
    return {name: getattr(read, name) for name in OWN}


@pytest.fixture
def pages(of_exercises: dict[str, Any], learner: Learner) -> Iterator[Client]:
    """The browser of a learner who has signed in."""
    with override_settings(**of_exercises):
        client = Client()
        assert learner.viewer.officer is not None
        client.force_login(get_user_model().objects.get(officer_id=learner.viewer.officer.id))
        yield client


def said(pages: Client, address: str) -> str:
    answer = pages.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_page_says_who_may_enter_and_lets_nobody_else_in(pages: Client) -> None:
    for pattern in urls.urlpatterns:
        assert entrances_of(pattern.callback), pattern
    for address in ("/exercise", "/exercise/silence", "/exercise/silence/result"):
        assert Client().get(address).status_code == 302
    for address in ("/exercise/silence/begin", "/exercise/silence/check", "/exercise/clock"):
        assert Client().post(address).status_code == 302
        assert pages.get(address).status_code == 405
    assert get_resolver().resolve("/desk/").url_name == "desk"


def test_every_page_says_that_it_is_an_exercise_and_which_moment_it_is(
    pages: Client, learner: Learner
) -> None:
    learner.begin("silence")
    for address in ("/", "/exercise", "/desk/", f"/desk/cases/{learner.number()}", "/ledger"):
        page = said(pages, address)
        assert "练习：这里办的都不算数。" in page
        assert "练习里现在是 3 月 16 日 16:00。" in page
    assert "练习：这里办的都不算数。" in Client().get("/sign-in").content.decode()


def test_the_desk_works_at_the_moment_of_the_exercise_and_what_follows_follows_at_once(
    pages: Client, learner: Learner
) -> None:
    pages.post("/exercise/extension/begin")
    number = learner.number()
    assert "今天到期" in said(pages, "/desk/")
    seen = _version(pages, number)
    pages.post(f"/cases/{number}/acts/extend", {"seen": seen, "extend-text": "核查排在下周二。"})
    story = said(pages, f"/desk/cases/{number}")
    assert "模拟的负责人看过了，已经批准。" in story
    assert "延长办理期限" in story
    assert "3 月 24 日" in story


def _version(pages: Client, number: str) -> str:
    page = said(pages, f"/desk/cases/{number}")
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_who_lets_the_last_day_pass_is_told_what_happened_and_by_which_article(
    pages: Client, learner: Learner
) -> None:
    pages.post("/exercise/silence/begin")
    for _ in "twice":  # Pressed once more than meant: the day that was asked for has come already.
        pages.post("/exercise/clock", {"to": "2026-03-17"})
    assert learner.work.moment == datetime(2026, 3, 17, 9, tzinfo=SHANGHAI)
    told = pages.post("/exercise/silence/check", follow=True).content.decode()
    assert "有不对的地方" in told
    assert "法律把它算作已经受理" in told
    assert "《行政许可法》第三十二条第一款第四项" in told


def test_what_was_solved_is_said_and_the_next_is_offered(pages: Client, learner: Learner) -> None:
    pages.post("/exercise/already-held/begin")
    assert "还没有办完" in pages.post("/exercise/already-held/check", follow=True).content.decode()
    SOLVED["already-held"](learner)
    told = pages.post("/exercise/already-held/check", follow=True).content.decode()
    assert "办对了" in told
    assert "下一个：" in told
    assert "做对了" in said(pages, "/exercise")


@pytest.mark.parametrize(
    ("method", "address", "data", "status"),
    [
        ("get", "/exercise/moon", {}, 404),
        ("post", "/exercise/moon/begin", {}, 404),
        ("get", "/exercise/refusal/result", {}, 409),
        ("post", "/exercise/refusal/check", {}, 409),
        ("post", "/exercise/clock", {"to": "2020-01-01"}, 302),
        ("post", "/exercise/clock", {"to": "明天"}, 302),
        ("post", "/exercise/clock", {}, 302),
    ],
)
def test_what_is_not_there_is_told_and_moves_nothing(
    pages: Client, learner: Learner, method: str, address: str, data: dict[str, str], status: int
) -> None:
    stood = learner.begin("ordinary").work.moment
    assert getattr(pages, method)(address, data).status_code == status
    assert learner.work.moment == stood


RENEWALS = {load("tongban.catalogue", "mark"), load("tongban.directory", "changed")}
"""Asked every few seconds in a process, not for a page."""

FRAME = 3
"""Of every page of a learner: the session, the account, where the clock stands."""


def test_what_the_pages_cost(pages: Client, learner: Learner) -> None:
    learner.begin("overtaking")
    of_two_cases_for_list_and_ways, again_and_findings = 4, 4
    for address, own in (
        ("/exercise", 1),
        ("/exercise/overtaking", 1 + of_two_cases_for_list_and_ways),
        ("/exercise/silence", 1),
        ("/exercise/overtaking/result", 2 + again_and_findings),
    ):
        said(pages, address)
        with CaptureQueriesContext(connection) as captured:
            said(pages, address)
        asked = [one["sql"] for one in captured.captured_queries if one["sql"] not in RENEWALS]
        assert len(asked) == FRAME + own, [sql[:90] for sql in asked]


def test_who_teaches_sees_how_each_gets_on_and_what_went_wrong_and_ranks_nobody(
    of_exercises: dict[str, Any], pages: Client, learner: Learner, two: tuple[Learner, Learner]
) -> None:
    assert pages.get("/exercise/learners").status_code == 403
    for slug in ("silence", "already-held", "silence"):
        pages.post(f"/exercise/{slug}/begin")
    pages.post("/exercise/clock", {"to": "2026-03-17"})
    for _ in "asked twice, it is wrong once":
        pages.post("/exercise/silence/check")
    pages.post("/exercise/already-held/begin")
    SOLVED["already-held"](learner)
    pages.post("/exercise/already-held/check")
    teacher = trainer()
    assert teacher.officer is not None
    told = queries.class_of(teacher)
    [row] = [one for one in told.learners if one.office == learner.office]
    tried = {one.exercise.slug: (one.times, one.solved) for one in row.tried if one.times}
    assert tried["already-held"][1] and not tried["silence"][1]
    silence = next(one for one in told.exercises if one.exercise.slug == "silence")
    assert silence.wrong[0][0].law[0].article == "第三十二条第一款第四项"
    assert [one.office.nth for one in told.learners] == sorted(one.office.nth for one in told.learners)
    client = Client()
    client.force_login(get_user_model().objects.get(officer_id=teacher.officer.id))
    assert client.get("/exercise").headers["Location"] == "/exercise/learners"
    assert "做得怎么样" in said(client, "/exercise/learners")
    assert client.post("/exercise/silence/begin").status_code == 403
    with CaptureQueriesContext(connection) as captured:
        said(client, "/exercise/learners")
    asked = [one["sql"] for one in captured.captured_queries if one["sql"] not in RENEWALS]
    attempts_and_bodies = 2
    assert len(asked) == FRAME + attempts_and_bodies
